import type { Platform } from "./platform.ts";

type Json = Record<string, unknown>;
type Sent = {
  readonly name: string;
  readonly language: { readonly code: string };
  readonly components?: readonly Json[];
};

/** Meta's own sample of a handle, for platforms to compare with nothing. */
const REVIEW_MS = 60_000;

/**
 * Makes and approves the template that a message fills in: a header of the kind that it brings, a body with as many
 * variables, the buttons that it names. A template that the account has already is left as it is.
 */
export async function provideTemplate(platform: Platform, account: string, sent: Sent): Promise<void> {
  const { name, language, components = [] } = sent;
  const path = `/${account}/message_templates`;
  const { data } = await platform.get(`${path}?name=${name}&language=${language.code}&limit=1`);
  if (Array.isArray(data) && data.length > 0) return;
  const buttons = components.filter(({ type }) => lower(type) === "button").map((button) => buttonOf(button));
  await platform.post(path, {
    name,
    language: language.code,
    category: "MARKETING",
    components: [
      ...components.filter(({ type }) => lower(type) === "header").map((header) => headerOf(header)),
      bodyOf(components.find(({ type }) => lower(type) === "body")),
      ...(buttons.length === 0 ? [] : [{ type: "BUTTONS", buttons }]),
    ],
  });
  await platform.steer("clock", { advance_ms: REVIEW_MS });
}

function headerOf(header: Json): Json {
  const format = String(parametersOf(header)[0]?.type).toUpperCase();
  const example = format === "TEXT" ? { header_text: ["Sale"] } : { header_handle: ["4::aW1hZ2UvanBlZw=="] };
  return { type: "HEADER", format, ...(format === "TEXT" ? { text: "Our {{1}}" } : {}), example };
}

function bodyOf(body: Json | undefined): Json {
  const count = body === undefined ? 0 : parametersOf(body).length;
  const texts = Array.from({ length: count }, (_, index) => `and then there is {{${index + 1}}}`);
  const text = ["Dear customer, thank you for your trust", ...texts, "as you asked us for."].join(" ");
  return { type: "BODY", text, ...(count === 0 ? {} : { example: { body_text: [texts.map(() => "sample")] } }) };
}

function buttonOf({ sub_type, index }: Json): Json {
  const text = `Button ${String(index)}`;
  const kinds: Record<string, Json> = {
    quick_reply: { type: "QUICK_REPLY", text },
    url: { type: "URL", text, url: "https://example.com/{{1}}", example: ["https://example.com/a"] },
    flow: { type: "FLOW", text, flow_name: "visit", flow_action: "navigate", navigate_screen: "WELCOME_SCREEN" },
    catalog: { type: "CATALOG", text: "View catalog" },
    copy_code: { type: "COPY_CODE", example: "SAVE25" },
  };
  const kind = kinds[lower(sub_type)];
  if (kind === undefined) throw new Error(`No template is made with a button of the kind ${String(sub_type)}.`);
  return kind;
}

const parametersOf = ({ parameters }: Json): Json[] => (Array.isArray(parameters) ? (parameters as Json[]) : []);
const lower = (word: unknown): string => String(word).toLowerCase();
