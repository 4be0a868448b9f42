import type { Authentication, DefinitionCard, TemplateDefinition } from "./template-definition.ts";
import { templateLimits, ttlRange } from "./template-limits.ts";
import { error, longerThan, when, type LintRule } from "./template-lint-rule.ts";

/** Limited-time offers, carousels, authentication and time to live: which parts go together, and their bounds. */
export const partRules = {
  offer_text: error(({ offer }) => [
    ...when(offer !== null && offer.text.trim() === "", "offer.text", { limit: String(templateLimits.offer) }),
    ...longerThan(templateLimits.offer, "offer.text", offer?.text ?? null),
  ]),
  offer_category: error(({ offer, category }) => when(offer !== null && category !== "MARKETING", "category")),
  offer_header: error(({ offer, header }) =>
    when(offer !== null && header !== null && !(header.type === "media" && isPicture(header.media)), "header"),
  ),
  offer_footer: error(({ offer, footer }) => when(offer !== null && footer !== null, "footer")),
  offer_buttons: error(({ offer, buttons }) =>
    when(
      offer !== null &&
        !(
          buttons.some(({ type }) => type === "copy_code") &&
          buttons.every(({ type }) => type === "copy_code" || type === "url")
        ),
      "buttons",
    ),
  ),
  cards_count: error(({ cards }) =>
    when(cards.length > 0 && outside(cards.length, templateLimits.cards), "cards", boundsOf(templateLimits.cards)),
  ),
  cards_category: error(({ cards, category }) => when(cards.length > 0 && category !== "MARKETING", "category")),
  cards_alone: error(({ cards, header, footer, buttons, offer }) =>
    when(cards.length > 0 && (header !== null || footer !== null || buttons.length > 0 || offer !== null), "cards"),
  ),
  card_buttons: error(({ cards }) =>
    cards.flatMap(({ buttons }, index) => {
      const usable = buttons.every(({ type }) => cardButtons.has(type));
      const field = `cards.${index}.buttons`;
      return when(!usable || outside(buttons.length, templateLimits.cardButtons), field);
    }),
  ),
  cards_alike: error(({ cards }) =>
    cards.flatMap((card, index) => when(index > 0 && outline(card) !== outline(cards[0]), `cards.${index}`)),
  ),
  authentication_parts: error((definition) =>
    when((definition.authentication !== null) !== (definition.category === "AUTHENTICATION"), "category"),
  ),
  authentication_alone: error((definition) =>
    when(definition.authentication !== null && hasOwnParts(definition), "body"),
  ),
  expires_range: error(({ authentication }) => {
    const minutes = authentication?.expiresMinutes ?? null;
    const bounds = templateLimits.expiresMinutes;
    return when(minutes !== null && outside(minutes, bounds), "authentication.expiresMinutes", boundsOf(bounds));
  }),
  otp_text: error(({ authentication }) => [
    ...when(authentication?.buttonText?.trim() === "", "authentication.buttonText"),
    ...longerThan(templateLimits.buttonText, "authentication.buttonText", authentication?.buttonText ?? null),
  ]),
  otp_apps: error(({ authentication }) => {
    if (authentication === null || authentication.otpType === "copy_code") return [];
    const { apps } = authentication;
    return when(apps.length === 0 || apps.length > templateLimits.apps || !apps.every(isApp), "authentication.apps");
  }),
  zero_tap_terms: error(({ authentication }) =>
    when(authentication?.otpType === "zero_tap" && !authentication.zeroTapTerms, "authentication.zeroTapTerms"),
  ),
  ttl_range: error(({ ttlSeconds, category }) =>
    when(ttlSeconds !== null && outside(ttlSeconds, ttlRange[category]), "ttlSeconds", boundsOf(ttlRange[category])),
  ),
} satisfies Record<string, LintRule>;

const cardButtons: ReadonlySet<string> = new Set(["quick_reply", "url", "phone_number"]);

type Bounds = { readonly least: number; readonly most: number };

function outside(value: number, { least, most }: Bounds): boolean {
  return !Number.isInteger(value) || value < least || value > most;
}

function boundsOf({ least, most }: Bounds) {
  return { least: String(least), most: String(most) };
}

function isPicture(media: string): boolean {
  return media === "IMAGE" || media === "VIDEO";
}

/** What all cards of a carousel must share: their kind of picture, a body or none, and the kinds of their buttons. */
function outline(card: DefinitionCard | undefined): string {
  return JSON.stringify([card?.headerMedia, card?.body === null, card?.buttons.map(({ type }) => type)]);
}

function hasOwnParts({ header, body, footer, buttons, cards, offer }: TemplateDefinition): boolean {
  return header !== null || body !== "" || footer !== null || offer !== null || buttons.length + cards.length > 0;
}

/** Android's package name; the hash of the signing key has 11 characters (Meta, "Authentication templates"). */
function isApp({ packageName, signatureHash }: Authentication["apps"][number]): boolean {
  return /^[a-zA-Z]\w*(?:\.[a-zA-Z]\w*)+$/u.test(packageName) && /^[\w+/=]{11}$/u.test(signatureHash);
}
