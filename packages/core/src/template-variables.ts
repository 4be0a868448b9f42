import type { TemplateButton, TemplateShape } from "./template.ts";

/** Where in a template a hole stands. */
export type Spot = {
  readonly part: "header" | "body" | "offer" | "button";
  /** Index of the button that holds it; null elsewhere. */
  readonly button: number | null;
  /** Index of the carousel card that holds it; null elsewhere. */
  readonly card: number | null;
};

/**
 * What a hole takes: words; the id of a file; a place as `writePlace` spells it; a time in ISO 8601.
 */
export type VariableKind = "text" | "file" | "location" | "time";

/** One hole in a template. `key` is unique in it: `body.first_name`, `header.media`, `button0.1`, `card1.body.1`. */
export type TemplateVariable = Spot & {
  readonly key: string;
  readonly kind: VariableKind;
  readonly name: string;
  readonly example: string | null;
};

export const variablePattern = /\{\{\s*([a-z0-9_]+)\s*\}\}/g;

/** A spot of the template itself, or of one of its cards. */
export function spot(part: Spot["part"], more: { readonly button?: number; readonly card?: number | null } = {}): Spot {
  return { part, button: more.button ?? null, card: more.card ?? null };
}

export function variableKey({ part, button, card }: Spot, name: string): string {
  const place = part === "button" ? `button${button ?? 0}` : part;
  return `${card === null ? "" : `card${card}.`}${place}.${name}`;
}

/** Every variable of a template in reading order: header, offer, body, buttons, then card by card; each once per spot. */
export function templateVariables(shape: TemplateShape): TemplateVariable[] {
  const holes = [
    ...headerHoles(shape),
    ...(shape.offer?.expires ? [{ ...spot("offer"), kind: "time" as const, name: "ends" }] : []),
    ...textHoles(shape.body, spot("body")),
    ...buttonHoles(shape.buttons, null),
    ...shape.cards.flatMap((card, index) => [
      { ...spot("header", { card: index }), kind: "file" as const, name: "media" },
      ...textHoles(card.body ?? "", spot("body", { card: index })),
      ...buttonHoles(card.buttons, index),
    ]),
  ];
  const found = new Map(holes.map((hole) => [variableKey(hole, hole.name), hole]));
  return [...found].map(([key, hole]) => ({ ...hole, key, example: shape.examples[key] ?? null }));
}

type Hole = Spot & { readonly kind: VariableKind; readonly name: string };

function headerHoles({ header, headerMedia }: TemplateShape): Hole[] {
  if (headerMedia === "LOCATION") return [{ ...spot("header"), kind: "location", name: "location" }];
  if (headerMedia !== null) return [{ ...spot("header"), kind: "file", name: "media" }];
  return textHoles(header ?? "", spot("header"));
}

function textHoles(text: string, where: Spot): Hole[] {
  return [...text.matchAll(variablePattern)].map((match) => ({ ...where, kind: "text", name: match[1] ?? "" }));
}

function buttonHoles(buttons: readonly TemplateButton[], card: number | null): Hole[] {
  return buttons.flatMap((button, index): Hole[] => {
    const where = spot("button", { button: index, card });
    if (button.type === "url") return textHoles(button.url, where);
    return button.type === "copy_code" ? [{ ...where, kind: "text", name: "code" }] : [];
  });
}
