import { refuseTemplate } from "../graph/refusal.ts";
import type { Refusal } from "../graph/refusal.ts";
import type { TemplateButton, TemplateComponent } from "./model.ts";
import { buttonsOf, componentOf, variablesOf } from "./variables.ts";

type Format = "NAMED" | "POSITIONAL";
type Body = Extract<TemplateComponent, { type: "BODY" }>;
type Header = Extract<TemplateComponent, { type: "HEADER" }>;

const LONGEST = { header: 60, body: 1024, footer: 60 } as const;
const MOST_OF_A_KIND: Partial<Record<TemplateButton["type"], number>> = {
  QUICK_REPLY: 10,
  URL: 2,
  PHONE_NUMBER: 1,
  COPY_CODE: 1,
};
const MOST_BUTTONS = 10;
const LONGEST_CODE = 20;

/**
 * Meta's rules for the content of a template: limits, placement of variables, examples, buttons. The refusal is code
 * 100 with the subcode of the rule and words for whoever writes templates.
 */
export function checkRules(components: TemplateComponent[], format: Format): Refusal | undefined {
  const template = { components };
  const body = componentOf(template, "BODY");
  if (body === undefined) return refuseTemplate(2388072, "Body format is incorrect", "A template needs a body.");
  const header = componentOf(template, "HEADER");
  return (
    checkBody(body, format) ??
    (header === undefined ? undefined : checkHeader(header, format)) ??
    checkFooter(componentOf(template, "FOOTER")?.text) ??
    checkButtons(buttonsOf(template))
  );
}

function checkBody(body: Body, format: Format): Refusal | undefined {
  const { text, example } = body;
  const variables = variablesOf(text);
  const badBody = (message: string) => refuseTemplate(2388072, "Body format is incorrect", message);
  if (text.trim() === "") return badBody("The body is empty.");
  if (text.length > LONGEST.body) return tooLong("body", LONGEST.body);
  if (/\n{3,}| {5,}|\t/u.test(text)) return badBody("The body has tabs, or too many line breaks or spaces in a row.");
  const named = checkNames("body", variables, format);
  if (named !== undefined) return named;
  if (/^\s*\{\{|\}\}\s*[.!?]?\s*$/u.test(text)) {
    return refuseTemplate(
      2388299,
      "Leading or trailing variable",
      "Variables can't be at the start or end of the body.",
    );
  }
  const words = text.split(/\s+/u).filter((word) => !word.includes("{{")).length;
  if (variables.length > 0 && (words < 2 * variables.length + 1 || /\}\}\s*\{\{/u.test(text))) {
    return refuseTemplate(2388293, "Too many variables for its length", "Use fewer variables or a longer text.");
  }
  return exampleCount(example, "body", format) === variables.length
    ? undefined
    : badBody("The body needs one example for each variable.");
}

function checkHeader({ format: kind, text, example }: Header, format: Format): Refusal | undefined {
  const badHeader = (message: string) => refuseTemplate(2388047, "Header format is incorrect", message);
  if (kind === "LOCATION") return undefined;
  if (kind !== "TEXT") {
    const handles = example?.header_handle;
    return Array.isArray(handles) && handles.length === 1
      ? undefined
      : badHeader("A media header needs one example handle.");
  }
  if (text === undefined || text.trim() === "") return badHeader("A text header needs a text.");
  if (text.length > LONGEST.header) return tooLong("header", LONGEST.header);
  if (/[\n*_~`]|\p{Extended_Pictographic}/u.test(text))
    return badHeader("A header has no line breaks, formatting or emoji.");
  const variables = variablesOf(text);
  if (variables.length > 1) return badHeader("A header can have one variable.");
  return (
    checkNames("header", variables, format) ??
    (exampleCount(example, "header", format) === variables.length
      ? undefined
      : badHeader("The header needs an example."))
  );
}

function checkFooter(text: string | undefined): Refusal | undefined {
  if (text === undefined) return undefined;
  if (text.length > LONGEST.footer) return tooLong("footer", LONGEST.footer);
  return text.trim() === "" || variablesOf(text).length > 0
    ? refuseTemplate(2388073, "Footer format is incorrect", "A footer has text without variables.")
    : undefined;
}

/** Positional variables count up from 1; named ones are lower-case words joined by underscores. */
function checkNames(place: string, variables: string[], format: Format): Refusal | undefined {
  const fits = (name: string, index: number) =>
    format === "POSITIONAL" ? name === String(index + 1) : /^[a-z][a-z0-9_]*$/u.test(name);
  const odd = variables.find((name, index) => !fits(name, index));
  if (odd === undefined) return undefined;
  return refuseTemplate(
    place === "body" ? 2388072 : 2388047,
    `${place === "body" ? "Body" : "Header"} format is incorrect`,
    `The variable {{${odd}}} does not fit the format ${format}.`,
  );
}

function exampleCount(example: Record<string, unknown> | undefined, place: "body" | "header", format: Format): number {
  const given = example?.[format === "NAMED" ? `${place}_text_named_params` : `${place}_text`];
  if (!Array.isArray(given)) return 0;
  const list: unknown = format === "POSITIONAL" && Array.isArray(given[0]) ? given[0] : given;
  return Array.isArray(list) ? list.length : 0;
}

function checkButtons(buttons: TemplateButton[]): Refusal | undefined {
  const bad = (message: string) => refuseTemplate(2388001, "Message template cannot be created", message);
  if (buttons.length > MOST_BUTTONS) return bad(`A template has at most ${MOST_BUTTONS} buttons.`);
  for (const [type, most] of Object.entries(MOST_OF_A_KIND)) {
    const count = buttons.filter((button) => button.type === type).length;
    if (count > most) return bad(`A template has at most ${most} buttons of type ${type}.`);
  }
  const kinds = buttons.map(({ type }) => type === "QUICK_REPLY");
  const changes = kinds.filter((kind, index) => index > 0 && kind !== kinds[index - 1]).length;
  if (changes > 1) return bad("Quick replies must stand together.");
  const texts = buttons.map(({ text }) => text);
  if (new Set(texts).size < texts.length) return bad("Two buttons have the same text.");
  const reason = buttons.map(reasonAgainst).find((found) => found !== undefined);
  return reason === undefined ? undefined : bad(reason);
}

function reasonAgainst({ type, text, url, phone_number, example }: TemplateButton): string | undefined {
  if (text.trim() === "") return "A button needs a text.";
  if (variablesOf(text).length > 0) return "The text of a button has no variables.";
  if (type === "PHONE_NUMBER" && !phone_number) return "A call button needs a phone number.";
  if (type === "COPY_CODE") {
    const code = Array.isArray(example) ? example[0] : example;
    return code && code.length <= LONGEST_CODE
      ? undefined
      : `A copy-code button needs an example of at most ${LONGEST_CODE} characters.`;
  }
  if (type !== "URL") return undefined;
  if (!url || !/^https?:\/\//u.test(url)) return "A URL button needs a URL.";
  const variables = variablesOf(url);
  if (variables.length > 1 || (variables.length === 1 && !url.endsWith("}}"))) {
    return "The URL of a button has one variable, at its end.";
  }
  return variables.length === 1 && !Array.isArray(example) ? "A URL with a variable needs an example." : undefined;
}

function tooLong(place: string, longest: number): Refusal {
  return refuseTemplate(2388040, "Character limit exceeded", `The ${place} has more than ${longest} characters.`);
}
