import type { Refusal } from "../graph/refusal.ts";
import { brokenRule } from "./broken-rule.ts";
import { checkButtons } from "./button-rules.ts";
import type { TemplateCard } from "./model.ts";
import { checkBody } from "./text-rules.ts";
import type { Format } from "./text-rules.ts";
import { buttonsOf, componentOf } from "./variables.ts";

const CARDS = { fewest: 2, most: 10 } as const;
const MOST_BUTTONS = 2;
const LONGEST_BODY = 160;
const HEADERS = ["IMAGE", "VIDEO", "PRODUCT"];

/** The cards of a carousel: 2 to 10 of the same build, each with a medium or product and one or two buttons. */
export function checkCards(cards: TemplateCard[], format: Format): Refusal | undefined {
  const bad = (message: string) => brokenRule(2388001, message);
  if (cards.length < CARDS.fewest || cards.length > CARDS.most) {
    return bad(`A carousel has ${CARDS.fewest} to ${CARDS.most} cards.`);
  }
  if (new Set(cards.map(buildOf)).size > 1) {
    return bad("All cards of a carousel have the same components: header format, body and kinds of buttons.");
  }
  return cards.map((card) => checkCard(card, format)).find((refused) => refused !== undefined);
}

function checkCard(card: TemplateCard, format: Format): Refusal | undefined {
  const header = componentOf(card, "HEADER");
  if (header === undefined || !HEADERS.includes(header.format)) {
    return brokenRule(2388047, "A card needs a header of an image, a video or a product.");
  }
  const buttons = buttonsOf(card);
  if (buttons.length < 1 || buttons.length > MOST_BUTTONS) {
    return brokenRule(2388001, `A card has 1 or ${MOST_BUTTONS} buttons.`);
  }
  const body = componentOf(card, "BODY");
  return (body === undefined ? undefined : checkBody(body, format, LONGEST_BODY)) ?? checkButtons(buttons);
}

/** What cards must have in common. */
function buildOf(card: TemplateCard): string {
  const header = componentOf(card, "HEADER")?.format ?? "none";
  const body = componentOf(card, "BODY") === undefined ? "no body" : "body";
  return [header, body, ...buttonsOf(card).map(({ type }) => type)].join(" ");
}
