import { textsOf, type TemplateDefinition } from "./template-definition.ts";
import { templateLimits } from "./template-limits.ts";
import { error, longerThan, when, type LintRule } from "./template-lint-rule.ts";
import { isTemplateLanguage } from "./template-languages.ts";

const emoji = /\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\u{FE0F}|\u{200D}\p{Extended_Pictographic})*/gu;

/** Name, language, and the words of header, body and footer (Meta, "Template components"). */
export const textRules = {
  name_missing: error(({ name }) => when(name === "", "name")),
  name_characters: error(({ name }) => when(/[^a-z0-9_]/u.test(name), "name")),
  name_length: error(({ name }) => longerThan(templateLimits.name, "name", name)),
  name_taken: error(({ name, language }, { others, changes }) =>
    when(
      others.some((other) => other.name === name && other.language === language && other.id !== changes?.id),
      "name",
      { language },
    ),
  ),
  identity_fixed: error(({ name, language }, { changes }) =>
    changes === null
      ? []
      : [...when(name !== changes.name, "name"), ...when(language !== changes.language, "language")],
  ),
  category_fixed: error(({ category }, { changes }) =>
    when(changes?.status === "APPROVED" && category !== changes.category, "category"),
  ),
  language_unknown: error(({ language }) => when(!isTemplateLanguage(language), "language")),
  header_missing: error((definition) => when(headerOf(definition)?.trim() === "", "header")),
  header_length: error((definition) => longerThan(templateLimits.header, "header", headerOf(definition))),
  header_formatting: error((definition) =>
    when(/[\n\r\t*_~`]|\p{Extended_Pictographic}/u.test(withoutVariables(headerOf(definition) ?? "")), "header"),
  ),
  body_missing: error(({ body, authentication }) => when(authentication === null && body.trim() === "", "body")),
  body_length: error(({ body, offer, cards }) => [
    ...longerThan(offer ? templateLimits.offerBody : templateLimits.body, "body", body),
    ...cards.flatMap((card, index) => longerThan(templateLimits.cardBody, `cards.${index}.body`, card.body)),
  ]),
  card_body_empty: error(({ cards }) =>
    cards.flatMap(({ body }, index) => when(body !== null && body.trim() === "", `cards.${index}.body`)),
  ),
  spacing: error((definition) =>
    textsOf(definition).flatMap(({ field, text }) => when(/\n{3,}| {5,}|\t|\r/u.test(text), field)),
  ),
  emoji_count: error(({ body }) => {
    const count = (body.match(emoji) ?? []).length;
    return when(count > templateLimits.bodyEmoji, "body", { limit: String(templateLimits.bodyEmoji) });
  }),
  footer_missing: error(({ footer }) => when(footer !== null && footer.trim() === "", "footer")),
  footer_length: error(({ footer }) => longerThan(templateLimits.footer, "footer", footer)),
  footer_variable: error(({ footer }) => when(/\{\{|\}\}/u.test(footer ?? ""), "footer")),
  content_taken: error(({ name, body, footer, authentication }, { others }) => {
    const twin = others.find(
      (other) => other.name !== name && other.shape.body === body && other.shape.footer === footer,
    );
    return when(authentication === null && body.trim() !== "" && twin !== undefined, "body", {
      template: twin?.name ?? "",
    });
  }),
} satisfies Record<string, LintRule>;

function headerOf({ header, authentication }: TemplateDefinition): string | null {
  return header?.type === "text" && authentication === null ? header.text : null;
}

/** Underscores in the names of variables are no formatting. */
function withoutVariables(text: string): string {
  return text.replaceAll(/\{\{[^{}]*\}\}/gu, "");
}
