import type { Platform } from "./platform.ts";
import type { Find } from "./things.ts";

type Json = Record<string, unknown>;
type Sent = {
  readonly name: string;
  readonly language: { readonly code: string };
  readonly components?: readonly Json[];
};

const REVIEW_MS = 60_000;

/**
 * Makes and approves the template that a message fills in: a header of the kind that it brings, a body with as many
 * variables, the buttons that it names. A template that the account has already is left as it is.
 */
export async function provideTemplate(platform: Platform, find: Find, sent: Sent): Promise<void> {
  const { name, language, components = [] } = sent;
  const path = `/${await find("account")}/message_templates`;
  const { data } = await platform.get(`${path}?name=${name}&language=${language.code}&limit=1`);
  if (Array.isArray(data) && data.length > 0) return;
  const buttons = components.filter(({ type }) => lower(type) === "button").map((button) => buttonOf(button));
  const headers = components.filter(({ type }) => lower(type) === "header").map((header) => headerOf(header, find));
  await platform.post(path, {
    name,
    language: language.code,
    category: "MARKETING",
    components: [
      ...(await Promise.all(headers)),
      bodyOf(components.find(({ type }) => lower(type) === "body")),
      ...(buttons.length === 0 ? [] : [{ type: "BUTTONS", buttons }]),
    ],
  });
  await platform.steer("clock", { advance_ms: REVIEW_MS });
}

async function headerOf(header: Json, find: Find): Promise<Json> {
  const format = lower(parametersOf(header)[0]?.type).toUpperCase();
  if (format === "LOCATION") return { type: "HEADER", format };
  if (format === "TEXT") return { type: "HEADER", format, text: "Our {{1}}", example: { header_text: ["Sale"] } };
  return { type: "HEADER", format, example: { header_handle: [await find(`${format.toLowerCase()}Handle`)] } };
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
