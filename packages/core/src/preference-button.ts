import { spot, variableKey } from "./template-variables.ts";
import type { TemplateButton, TemplateShape } from "./template.ts";

/**
 * Where the preference pages of an installation stand: `<public address>/preferences/`. A button whose address is this and
 * one variable is the preference button; its value is the token of whoever the message goes to.
 */
export function preferencePageOf(publicAddress: string): string {
  return `${publicAddress.replace(/\/+$/u, "")}/preferences/`;
}

/** The address of a preference button, as Meta wants a dynamic one: a fixed part, then one variable (Meta, "Template components"). */
export function preferenceUrl(page: string): string {
  return `${page}{{1}}`;
}

/** Whether a button with this address leads everyone to their own preference page. */
export function isPreferenceUrl(url: string, page: string): boolean {
  return url.startsWith(page) && /^\{\{\s*[a-z0-9_]+\s*\}\}$/u.test(url.slice(page.length));
}

/** Keys of the values that are people's tokens: `button0.1`, `card1.button0.1`. Empty for most templates. */
export function preferenceKeys({ buttons, cards }: Pick<TemplateShape, "buttons" | "cards">, page: string): string[] {
  const keysOf = (list: readonly TemplateButton[], card: number | null) =>
    list.flatMap((button, index) => {
      if (button.type !== "url" || !isPreferenceUrl(button.url, page)) return [];
      const name = button.url.slice(page.length).replaceAll(/[{}\s]/gu, "");
      return [variableKey(spot("button", { button: index, card }), name)];
    });
  return [...keysOf(buttons, null), ...cards.flatMap((card, index) => keysOf(card.buttons, index))];
}

/**
 * The template as people fill it in and as it is shown: the preference button leads to `page` and has no hole, so that
 * nobody is asked for a token and no bubble holds one.
 */
export function withoutPreferenceHoles<Shape extends Pick<TemplateShape, "buttons" | "cards">>(
  shape: Shape,
  page: string,
): Shape {
  const close = (button: TemplateButton): TemplateButton =>
    button.type === "url" && isPreferenceUrl(button.url, page) ? { ...button, url: page } : button;
  return {
    ...shape,
    buttons: shape.buttons.map(close),
    cards: shape.cards.map((card) => ({ ...card, buttons: card.buttons.map(close) })),
  };
}
