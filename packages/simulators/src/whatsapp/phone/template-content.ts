import type { Template, TemplateButton } from "../templates/model.ts";
import { fillIn, variablesOf } from "../templates/variables.ts";
import { contactReply, quickReply } from "./answers.ts";
import type { Asked } from "./answers.ts";
import type { BubbleButton, Content, ShowMedia } from "./content.ts";
import { flowButton, orderButton, permissionButtons } from "./interactive-content.ts";
import { field, list, words } from "./read.ts";

/** A stored template, or a card of one, and what was sent for it. */
type Filled = { stored: unknown[]; sent: unknown[]; asked: Asked; show: ShowMedia };

/** What a template says with the parameters that it was sent with. */
export function templateContent(template: Template, request: unknown, asked: Asked, show: ShowMedia): Content {
  return filledContent({ stored: template.components, sent: list(request, "components"), asked, show });
}

function filledContent(filled: Filled): Content {
  const { stored, sent, asked, show } = filled;
  const footer = words(componentOf(stored, "FOOTER"), "text");
  const cards = list(componentOf(stored, "CAROUSEL"), "cards");
  const sentCards = list(componentOf(sent, "CAROUSEL"), "cards");
  const permission = componentOf(stored, "CALL_PERMISSION_REQUEST") === undefined ? [] : permissionButtons(asked);
  return {
    ...headerContent(filled),
    ...offerContent(filled),
    body: fill(words(componentOf(stored, "BODY"), "text"), list(componentOf(sent, "BODY"), "parameters")),
    ...(footer === "" ? {} : { footer }),
    buttons: [
      ...list(componentOf(stored, "BUTTONS"), "buttons").map((button, index) =>
        buttonView(button as TemplateButton, parametersOf(sent, index), asked),
      ),
      ...permission,
    ],
    ...(cards.length === 0
      ? {}
      : {
          cards: cards.map((card, index) =>
            filledContent({
              stored: list(card, "components"),
              sent: list(sentCards[index], "components"),
              asked,
              show,
            }),
          ),
        }),
  };
}

function headerContent({ stored, sent, show, asked }: Filled): Partial<Content> {
  const header = componentOf(stored, "HEADER");
  const parameters = list(componentOf(sent, "HEADER"), "parameters");
  const [parameter] = parameters;
  const format = words(header, "format");
  if (format === "TEXT") return { header: { kind: "text", text: fill(words(header, "text"), parameters) } };
  if (format === "LOCATION") {
    const at = field(parameter, "location");
    return {
      location: {
        latitude: Number(field(at, "latitude")),
        longitude: Number(field(at, "longitude")),
        name: words(at, "name"),
        address: words(at, "address"),
      },
    };
  }
  if (format === "PRODUCT") {
    const id = words(parameter, "product", "product_retailer_id");
    const catalog = words(parameter, "product", "catalog_id");
    return { products: [{ id, name: id, detail: "" }], buttons: [orderButton("Order", catalog, [id], asked)] };
  }
  const kind = ({ IMAGE: "image", VIDEO: "video", GIF: "video", DOCUMENT: "document" } as const)[format];
  const media = kind && show(kind, field(parameter, words(parameter, "type").toLowerCase()));
  return media === undefined ? {} : { media };
}

function offerContent({ stored, sent }: Filled): Partial<Content> {
  const offer = field(componentOf(stored, "LIMITED_TIME_OFFER"), "limited_time_offer");
  if (offer === undefined) return {};
  const [parameter] = list(componentOf(sent, "LIMITED_TIME_OFFER"), "parameters");
  const ends = Number(field(parameter, "limited_time_offer", "expiration_time_ms"));
  return { offer: { text: words(offer, "text"), ...(ends > 0 ? { endsAt: new Date(ends).toISOString() } : {}) } };
}

type View = (button: TemplateButton, parameters: unknown[], asked: Asked) => BubbleButton;

const codeOf = (parameters: unknown[]) => words(parameters[0], "coupon_code") || words(parameters[0], "text");

/** How the buttons of templates look and what they do, by their stored type. */
const BUTTONS: Record<TemplateButton["type"], View> = {
  QUICK_REPLY: ({ text }, parameters, asked) => ({
    kind: "reply",
    text,
    message: quickReply(asked, text, words(parameters[0], "payload") || text),
  }),
  // The button of a one-time password is stored as a link to WhatsApp's own page for it.
  URL: ({ text, url = "" }, parameters) =>
    url.startsWith("https://www.whatsapp.com/otp/")
      ? { kind: "copy", text, target: codeOf(parameters) }
      : { kind: "url", text, target: fill(url, parameters.length === 0 ? [] : [{ text: codeOf(parameters) }]) },
  COPY_CODE: ({ text }, parameters) => ({ kind: "copy", text, target: codeOf(parameters) }),
  PHONE_NUMBER: ({ text, phone_number = "" }) => ({ kind: "call", text, target: phone_number }),
  VOICE_CALL: ({ text }) => ({ kind: "call", text }),
  FLOW: ({ text }, parameters, asked) => flowButton(text, field(parameters[0], "action"), asked),
  CATALOG: ({ text }, parameters, asked) => orderButton(text, "catalog", productsOf(parameters), asked),
  MPM: ({ text }, parameters, asked) => orderButton(text, "catalog", productsOf(parameters), asked),
  SPM: ({ text }, parameters, asked) => orderButton(text, "catalog", productsOf(parameters), asked),
  REQUEST_CONTACT_INFO: ({ text }, _parameters, asked) => ({ kind: "contact", text, message: contactReply(asked) }),
  ORDER_DETAILS: ({ text }) => ({ kind: "call", text }),
};

function buttonView(button: TemplateButton, parameters: unknown[], asked: Asked): BubbleButton {
  return BUTTONS[button.type](button, parameters, asked);
}

function productsOf([parameter]: unknown[]): string[] {
  const action = field(parameter, "action");
  const items = list(action, "sections").flatMap((section) => list(section, "product_items"));
  const ids = items.map((item) => words(item, "product_retailer_id"));
  return ids.length > 0 ? ids : [words(action, "thumbnail_product_retailer_id") || "product-1"];
}

function parametersOf(sent: unknown[], index: number): unknown[] {
  const part = sent.find(
    (each) => words(each, "type").toLowerCase() === "button" && Number(field(each, "index") ?? 0) === index,
  );
  return list(part, "parameters");
}

function componentOf(components: unknown[], type: string): unknown {
  return components.find((part) => words(part, "type").toUpperCase() === type);
}

/** A text with the parameters sent for it, by their names or in their order. */
function fill(text: string, parameters: unknown[]): string {
  const names = variablesOf(text);
  const value = (parameter: unknown) =>
    words(parameter, "text") ||
    words(parameter, "currency", "fallback_value") ||
    words(parameter, "date_time", "fallback_value");
  return fillIn(
    text,
    Object.fromEntries(
      parameters.map((parameter, index) => [
        words(parameter, "parameter_name") || (names[index] ?? ""),
        value(parameter),
      ]),
    ),
  );
}
