import type { Refusal } from "../graph/refusal.ts";
import { brokenRule, missingExample } from "./broken-rule.ts";
import type { TemplateSubcode } from "./broken-rule.ts";
import type { TemplateComponent } from "./model.ts";
import { variablesOf } from "./variables.ts";

export type Format = "NAMED" | "POSITIONAL";
type Body = Extract<TemplateComponent, { type: "BODY" }>;
type Header = Extract<TemplateComponent, { type: "HEADER" }>;
type Example = Record<string, unknown> | undefined;

const LONGEST_HEADER = 60;
const LONGEST_FOOTER = 60;
const MOST_EMOJI = 10;
const EMOJI = /\p{Extended_Pictographic}(?:\u200d\p{Extended_Pictographic})*/gu;

/** A body: its length (1,024, less in offers and on cards), white space, emoji, variables and their examples. */
export function checkBody({ text, example }: Body, format: Format, longest: number): Refusal | undefined {
  const variables = variablesOf(text);
  const bad = (message: string) => brokenRule(2388072, message);
  if (text.trim() === "") return bad("The body is empty.");
  if (text.length > longest) return tooLong("body", longest);
  if (/\n{3,}| {5,}|\t/u.test(text)) return bad("The body has tabs, or too many line breaks or spaces in a row.");
  if ((text.match(EMOJI)?.length ?? 0) > MOST_EMOJI) return bad(`The body has more than ${MOST_EMOJI} emoji.`);
  const named = checkNames(2388072, text, format);
  if (named !== undefined) return named;
  if (/^\s*\{\{|\}\}\s*[.!?]?\s*$/u.test(text)) {
    return brokenRule(2388299, "Variables can't be at the start or end of the body.");
  }
  const words = text.split(/\s+/u).filter((word) => !word.includes("{{")).length;
  if (variables.length > 0 && (words < 2 * variables.length + 1 || /\}\}\s*\{\{/u.test(text))) {
    return brokenRule(2388293, "Use fewer variables or a longer text.");
  }
  return checkExample("body", variables, example, format);
}

/** A header of text: 60 characters without formatting, one variable at most, with an example. */
export function checkTextHeader({ text, example }: Header, format: Format): Refusal | undefined {
  const bad = (message: string) => brokenRule(2388047, message);
  if (text === undefined || text.trim() === "") return bad("A text header needs a text.");
  if (text.length > LONGEST_HEADER) return tooLong("header", LONGEST_HEADER);
  if (/[\n*_~`]|\p{Extended_Pictographic}/u.test(text.replaceAll(/\{\{[^{}]*\}\}/gu, ""))) {
    return bad("A header has no line breaks, formatting or emoji.");
  }
  const variables = variablesOf(text);
  if (variables.length > 1) return bad("A header can have one variable.");
  return checkNames(2388047, text, format) ?? checkExample("header", variables, example, format);
}

/** A footer: 60 characters without variables. */
export function checkFooter(text: string | undefined): Refusal | undefined {
  if (text === undefined) return undefined;
  if (text.length > LONGEST_FOOTER) return tooLong("footer", LONGEST_FOOTER);
  return text.trim() === "" || variablesOf(text).length > 0
    ? brokenRule(2388073, "A footer has text without variables.")
    : undefined;
}

/** A part of a template that is longer than it may be. */
export function tooLong(place: string, longest: number): Refusal {
  return brokenRule(2388040, `The ${place} has more than ${longest} characters.`);
}

/** Positional variables count up from 1; named ones are lower-case words joined by underscores; braces come in pairs. */
function checkNames(subcode: TemplateSubcode, text: string, format: Format): Refusal | undefined {
  const variables = variablesOf(text);
  const fits = (name: string, index: number) =>
    format === "POSITIONAL" ? name === String(index + 1) : /^[a-z][a-z0-9_]*$/u.test(name);
  const odd = variables.find((name, index) => !fits(name, index));
  if (odd !== undefined) return brokenRule(subcode, `The variable {{${odd}}} does not fit the format ${format}.`);
  const rest = text.replaceAll(/\{\{[^{}]*\}\}/gu, "");
  return /\{\{|\}\}/u.test(rest) ? brokenRule(subcode, "A variable has braces that do not match.") : undefined;
}

function checkExample(
  place: "body" | "header",
  variables: string[],
  example: Example,
  format: Format,
): Refusal | undefined {
  const key = format === "NAMED" ? `${place}_text_named_params` : `${place}_text`;
  const given: unknown = example?.[key];
  if (variables.length === 0 && given === undefined) return undefined;
  const fits = format === "NAMED" ? areNamed(given, variables) : areInOrder(given, variables.length, place === "body");
  return fits ? undefined : missingExample(place.toUpperCase());
}

/** One text for each variable; those of a body stand in a list of their own. */
function areInOrder(given: unknown, count: number, nested: boolean): boolean {
  const list: unknown = nested && Array.isArray(given) && Array.isArray(given[0]) ? given[0] : given;
  return Array.isArray(list) && list.length === count && list.every(isText);
}

function areNamed(given: unknown, variables: string[]): boolean {
  if (!Array.isArray(given) || given.length !== variables.length) return false;
  const texts = new Map(given.map((one: { param_name?: unknown; example?: unknown }) => [one.param_name, one.example]));
  return variables.every((name) => isText(texts.get(name)));
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "";
}
