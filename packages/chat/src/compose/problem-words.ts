import type { ContentProblem } from "@aparte/core/content-rules.ts";
import type { WordKey, Words } from "@aparte/i18n/i18n.ts";

/** What each field is called, by its path without the places in its lists. */
const fields = {
  text: "content.field.text",
  file: "content.field.file",
  caption: "content.field.caption",
  fileName: "content.field.file_name",
  latitude: "content.field.latitude",
  longitude: "content.field.longitude",
  name: "content.field.name",
  cards: "content.field.cards",
  "cards.name": "content.field.name",
  "cards.birthday": "content.field.birthday",
  emoji: "content.field.emoji",
  header: "content.field.header",
  body: "content.field.body",
  footer: "content.field.footer",
  button: "content.field.button",
  buttons: "content.field.buttons",
  "buttons.title": "content.field.button",
  url: "content.field.url",
  sections: "content.field.rows",
  rows: "content.field.rows",
  "sections.title": "content.field.section",
  "sections.rows.title": "content.field.row_title",
  "sections.rows.description": "content.field.row_description",
} as const satisfies Record<string, WordKey>;

/** A problem in plain words, with its field: "Button text: Fill this in." */
export function problemWords(problem: ContentProblem, words: Words): string {
  return `${fieldWords(problem.field, words)}: ${ruleWords(problem, words)}`;
}

/** The rule alone, for beside its field. */
export function ruleWords({ rule, limit }: ContentProblem, { t }: Words): string {
  return t(`content.rule.${rule}`, { limit: limit ?? "" });
}

function fieldWords(path: string, { t }: Words): string {
  const name = path.replaceAll(/\.\d+/g, "");
  return t(isField(name) ? fields[name] : "content.field.other");
}

function isField(name: string): name is keyof typeof fields {
  return Object.hasOwn(fields, name);
}
