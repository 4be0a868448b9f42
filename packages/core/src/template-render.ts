import { readPlace } from "./template-values.ts";
import { spot, variableKey, variablePattern, type Spot } from "./template-variables.ts";
import type { Bubble, TemplateButton, TemplateShape } from "./template.ts";

type Values = Readonly<Record<string, string>>;

/** A piece of a bubble while it is being composed: fixed words, a filled value, or a hole. */
export type BubblePart =
  | { readonly kind: "words"; readonly text: string }
  | { readonly kind: "value"; readonly text: string; readonly key: string }
  | { readonly kind: "missing"; readonly name: string; readonly key: string };

/** Splits one text of a template into words, values and holes. An empty value counts as missing. */
export function bubbleParts(text: string, where: Spot, values: Values): BubblePart[] {
  const parts: BubblePart[] = [];
  let end = 0;
  for (const match of text.matchAll(variablePattern)) {
    if (match.index > end) parts.push({ kind: "words", text: text.slice(end, match.index) });
    const name = match[1] ?? "";
    const key = variableKey(where, name);
    const value = values[key] ?? "";
    parts.push(value === "" ? { kind: "missing", name, key } : { kind: "value", text: value, key });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ kind: "words", text: text.slice(end) });
  return parts;
}

/** The bubble exactly as it will leave. Call it with complete values: a hole keeps its braces. */
export function renderTemplate(shape: TemplateShape, values: Values): Bubble {
  const value = (where: Spot, name: string): string | null => values[variableKey(where, name)] || null;
  const place = value(spot("header"), "location");
  return {
    header: shape.header === null ? null : fill(shape.header, spot("header"), values),
    headerMedia: shape.headerMedia,
    headerFile: value(spot("header"), "media"),
    headerLocation: place === null ? null : readPlace(place),
    offer: shape.offer && { text: shape.offer.text, endsAt: value(spot("offer"), "ends") },
    body: fill(shape.body, spot("body"), values),
    footer: shape.footer,
    buttons: fillButtons(shape.buttons, null, values),
    cards: shape.cards.map((card, index) => ({
      headerMedia: card.headerMedia,
      headerFile: value(spot("header", { card: index }), "media"),
      body: card.body === null ? null : fill(card.body, spot("body", { card: index }), values),
      buttons: fillButtons(card.buttons, index, values),
    })),
  };
}

function fillButtons(buttons: readonly TemplateButton[], card: number | null, values: Values): Bubble["buttons"] {
  return buttons.map((button, index) => ({
    text: button.text,
    url: button.type === "url" ? fill(button.url, spot("button", { button: index, card }), values) : null,
  }));
}

function fill(text: string, where: Spot, values: Values): string {
  return bubbleParts(text, where, values)
    .map((part) => (part.kind === "missing" ? `{{${part.name}}}` : part.text))
    .join("");
}
