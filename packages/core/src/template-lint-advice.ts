import { mentionsOptOut } from "./opt-out-words.ts";
import { isPreferenceUrl } from "./preference-button.ts";
import { sampledVariables, textsOf, type TemplateDefinition } from "./template-definition.ts";
import { warning, when, type LintRule } from "./template-lint-rule.ts";
import { templateVariables } from "./template-variables.ts";

/**
 * Words that sell, as stems, in the languages that our customers write most. Meta approves a "utility" template that
 * promotes something as marketing (Meta, "Template categorization", 9 April 2025).
 */
const promotional =
  /(?<![\p{L}\p{N}])(?:discount|sale|sales|promo|promotion|promotional|coupon|voucher|offer|offers|deal|deals|gift|giveaway|free|bonus|shop now|buy now|soldes|solde|promos|offre|offres|réduction|réductions|remise|remises|cadeau|gratuit|gratuite|bon d[’']achat|rabatt|angebot|angebote|gutschein|gratis|oferta|ofertas|descuento|rebaja|rebajas|desconto|promoção|sconto|sconti)(?![\p{L}\p{N}])|[-–]?\d+\s?%/giu;

/** Services that hide where a link leads; reviewers reject them (Meta, "Template review", common rejection reasons). */
const hiddenLink =
  /(?<![\w.-])(?:bit\.ly|tinyurl\.com|t\.co|goo\.gl|ow\.ly|is\.gd|buff\.ly|rebrand\.ly|cutt\.ly|shorturl\.at|wa\.me)\//iu;

/** What Meta may accept and a person should still look at. */
export const adviceRules = {
  category_guess: warning((definition) => {
    const found = definition.category === "UTILITY" ? sellingWords(definition) : [];
    return when(found.length > 0, "category", { words: found.join(", ") });
  }),
  opt_out_missing: warning(({ category, footer, offer, buttons, cards, body }, { preferencePage }) => {
    const all = [...buttons, ...cards.flatMap((card) => card.buttons)];
    const replies = all.filter(({ type }) => type === "quick_reply");
    const isWayOut = all.some((button) => button.type === "url" && isPreferenceUrl(button.url, preferencePage));
    // Carousels and offers have no footer.
    const place = cards.length > 0 || offer !== null ? "body" : "footer";
    const said = [
      place === "body" ? body : (footer ?? ""),
      ...replies.map((reply) => ("text" in reply ? reply.text : "")),
    ];
    return when(category === "MARKETING" && !isWayOut && !said.some(mentionsOptOut), place);
  }),
  url_shortener: warning((definition) =>
    [...textsOf(definition), ...addressesOf(definition)].flatMap(({ field, text }) => {
      const [link] = hiddenLink.exec(text) ?? [];
      return when(link !== undefined, field, { link: link ?? "" });
    }),
  ),
  variables_differ: warning((definition, { others }) => {
    if (definition.name === "" || definition.authentication) return [];
    const own = namesOf(sampledVariables(definition));
    const other = others.find(
      ({ name, language, status, shape }) =>
        name === definition.name &&
        language !== definition.language &&
        status !== "REJECTED" &&
        namesOf(templateVariables(shape).filter(({ kind }) => kind !== "location" && kind !== "time")) !== own,
    );
    return when(other !== undefined, "body", { language: other?.language ?? "" });
  }),
} satisfies Record<string, LintRule>;

/** The words of a definition that promote something, each once, as they are written. */
export function sellingWords(definition: TemplateDefinition): string[] {
  const texts = [...textsOf(definition).map(({ text }) => text), definition.footer ?? ""];
  const found = texts.flatMap((text) => [...text.matchAll(promotional)].map(([word]) => word.toLowerCase()));
  return [...new Set(found)];
}

function addressesOf({ buttons, cards }: TemplateDefinition) {
  const all = [
    ...buttons.map((button, index) => ({ field: `buttons.${index}.url`, button })),
    ...cards.flatMap((card, number) =>
      card.buttons.map((button, index) => ({ field: `cards.${number}.buttons.${index}.url`, button })),
    ),
  ];
  return all.flatMap(({ field, button }) => (button.type === "url" ? [{ field, text: button.url }] : []));
}

/** The variables of a template as one word, to compare with another language's. */
function namesOf(variables: readonly { readonly key: string }[]): string {
  return variables
    .map(({ key }) => key)
    .toSorted()
    .join(" ");
}
