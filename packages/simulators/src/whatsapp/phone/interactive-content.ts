import {
  buttonReply,
  contactReply,
  formReply,
  listReply,
  locationReply,
  orderReply,
  permissionReply,
} from "./answers.ts";
import type { Asked } from "./answers.ts";
import type { BubbleButton, Content, ShowMedia } from "./content.ts";
import { field, list, words } from "./read.ts";

/** What an interactive message offers, by its type; `action` is its own object of that name. */
type Offer = (action: unknown, asked: Asked, show: ShowMedia) => Partial<Content>;

const OFFERS: Record<string, Offer> = {
  button: (action, asked) => ({
    buttons: list(action, "buttons").map((button) => replyButton(field(button, "reply"), asked)),
  }),
  list: (action, asked) => ({
    buttons: [{ kind: "list", text: words(action, "button"), rows: rowsOf(action, asked) }],
  }),
  cta_url: (action) => ({ buttons: [urlButton(action)] }),
  flow: (action, asked) => ({
    buttons: [flowButton(words(action, "parameters", "flow_cta"), field(action, "parameters"), asked)],
  }),
  location_request_message: (_action, asked) => ({
    buttons: [{ kind: "location", text: "Send location", message: locationReply(asked) }],
  }),
  request_contact_info: (_action, asked) => ({
    buttons: [{ kind: "contact", text: "Share contact info", message: contactReply(asked) }],
  }),
  call_permission_request: (_action, asked) => ({ buttons: permissionButtons(asked) }),
  voice_call: (action) => ({
    buttons: [{ kind: "call", text: words(action, "parameters", "display_text") || "Call now" }],
  }),
  address_message: (_action, asked) => ({
    buttons: [
      {
        kind: "flow",
        text: "Provide address",
        form: ["name", "address", "city", "pin_code"],
        message: formReply(asked, "address_message", {}),
      },
    ],
  }),
  product: (action, asked) => productOffer(action, [words(action, "product_retailer_id")], asked),
  product_list: (action, asked) => {
    const items = list(action, "sections").flatMap((section) => list(section, "product_items"));
    return productOffer(
      action,
      items.map((item) => words(item, "product_retailer_id")),
      asked,
    );
  },
  catalog_message: (action, asked) => {
    const id = words(action, "parameters", "thumbnail_product_retailer_id") || "product-1";
    return { buttons: [orderButton("View catalog", words(action, "catalog_id") || "catalog", [id], asked)] };
  },
  carousel: (action, asked, show) => ({
    buttons: [],
    cards: list(action, "cards").map((card) => cardContent(card, asked, show)),
  }),
  order_details: (action) => ({
    products: list(action, "parameters", "order", "items").map((item) => ({
      id: words(item, "retailer_id"),
      name: words(item, "name"),
      detail: `${words(item, "quantity")} × ${money(field(item, "amount"))} ${words(action, "parameters", "currency")}`,
    })),
    buttons: [{ kind: "call", text: `Review and pay ${money(field(action, "parameters", "total_amount"))}` }],
  }),
  order_status: (action) => ({
    footer: `Order ${words(action, "parameters", "reference_id")}: ${words(action, "parameters", "order", "status")}`,
    buttons: [],
  }),
};

/** What an interactive message of the business, or an answer of the person to one, says. */
export function interactiveContent(content: unknown, asked: Asked, show: ShowMedia): Content {
  const offer = OFFERS[words(content, "type")];
  if (offer === undefined) return answerContent(content);
  const footer = words(content, "footer", "text");
  return {
    ...headerContent(field(content, "header"), show),
    body: words(content, "body", "text"),
    ...(footer === "" ? {} : { footer }),
    buttons: [],
    ...offer(field(content, "action"), asked, show),
  };
}

/** A chosen button or row by its title, a form by its answers, a permission in words. */
function answerContent(content: unknown): Content {
  const chosen = field(content, "button_reply") ?? field(content, "list_reply");
  const form = field(content, "nfm_reply");
  const permission = words(content, "call_permission_reply", "response");
  if (chosen !== undefined) return { body: words(chosen, "title"), buttons: [] };
  if (form !== undefined)
    return { header: { kind: "text", text: "Form sent" }, body: formLines(words(form, "response_json")), buttons: [] };
  return { body: permission === "accept" ? "Calls allowed" : "Calls not allowed", buttons: [] };
}

function formLines(json: string): string {
  const answers: unknown = JSON.parse(json);
  return Object.entries(typeof answers === "object" && answers !== null ? answers : {})
    .filter(([key]) => key !== "flow_token")
    .map(([key, value]) => `${key}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join("\n");
}

function headerContent(header: unknown, show: ShowMedia): Partial<Content> {
  const text = words(header, "text");
  if (text !== "") return { header: { kind: "text", text } };
  for (const kind of ["image", "video", "document"] as const) {
    const media = words(header, "type") === kind ? show(kind, field(header, kind)) : undefined;
    if (media !== undefined) return { media };
  }
  return {};
}

function cardContent(card: unknown, asked: Asked, show: ShowMedia): Content {
  const action = field(card, "action");
  const product = words(action, "product_retailer_id");
  const replies = list(action, "buttons").map((button) => replyButton(field(button, "quick_reply"), asked));
  const buttons = replies.length > 0 ? replies : [urlButton(action)];
  return {
    ...headerContent(field(card, "header"), show),
    body: words(card, "body", "text"),
    ...(product === "" ? { buttons } : productOffer(action, [product], asked)),
  };
}

function replyButton(reply: unknown, asked: Asked): BubbleButton {
  const facts = { id: words(reply, "id"), title: words(reply, "title") };
  return { kind: "reply", text: facts.title, message: buttonReply(asked, facts) };
}

function urlButton(action: unknown): BubbleButton {
  return {
    kind: "url",
    text: words(action, "parameters", "display_text"),
    target: words(action, "parameters", "url"),
  };
}

/** The form of a flow: a field for each thing its first screen is given, else one for a name and one for a wish. */
export function flowButton(text: string, parameters: unknown, asked: Asked): BubbleButton {
  const data = field(parameters, "flow_action_payload", "data") ?? field(parameters, "flow_action_data");
  const given = Object.keys(typeof data === "object" && data !== null ? data : {});
  const token = words(parameters, "flow_token") || "unused";
  return {
    kind: "flow",
    text,
    form: given.length > 0 ? given : ["name", "wish"],
    message: formReply(asked, "flow", { flow_token: token }),
  };
}

/** Leave to be called, given or refused. */
export function permissionButtons(asked: Asked): BubbleButton[] {
  return [
    { kind: "reply", text: "Allow calls", message: permissionReply(asked, "accept") },
    { kind: "reply", text: "Not now", message: permissionReply(asked, "reject") },
  ];
}

/** An order of the products that a message shows. */
export function orderButton(text: string, catalogId: string, productIds: string[], asked: Asked): BubbleButton {
  return { kind: "order", text, message: orderReply(asked, catalogId, productIds) };
}

function productOffer(action: unknown, ids: string[], asked: Asked): Pick<Content, "products" | "buttons"> {
  return {
    products: ids.map((id) => ({ id, name: id, detail: "" })),
    buttons: [orderButton(ids.length === 1 ? "Order" : "Order all", words(action, "catalog_id"), ids, asked)],
  };
}

function rowsOf(action: unknown, asked: Asked): NonNullable<BubbleButton["rows"]> {
  return list(action, "sections").flatMap((section) =>
    list(section, "rows").map((row) => {
      const facts = { id: words(row, "id"), title: words(row, "title"), description: words(row, "description") };
      const { title, description } = facts;
      return { section: words(section, "title"), title, description, message: listReply(asked, facts) };
    }),
  );
}

function money(amount: unknown): string {
  const [value, offset] = [Number(field(amount, "value")), Number(field(amount, "offset"))];
  return (value / offset).toFixed(2);
}
