import type { DefinitionButton, TemplateDefinition } from "./template-definition.ts";
import { mostOfKind, templateLimits } from "./template-limits.ts";
import { error, longerThan, when, type LintPlace, type LintRule } from "./template-lint-rule.ts";
import { namesIn } from "./template-lint-variables.ts";

/** Buttons: counts, order, words, addresses and numbers (Meta, "Template components", buttons). */
export const buttonRules = {
  buttons_count: error(({ buttons }) =>
    when(buttons.length > templateLimits.buttons, "buttons", { limit: String(templateLimits.buttons) }),
  ),
  button_kind_count: error((definition) =>
    everyList(definition, (buttons, field) =>
      [...Map.groupBy(buttons, ({ type }) => type)].flatMap(([type, same]) =>
        when(same.length > mostOfKind[type], field, { type, limit: String(mostOfKind[type]) }),
      ),
    ),
  ),
  buttons_order: error(({ buttons }) => {
    const kinds = buttons.map(({ type }) => type === "quick_reply");
    const changes = kinds.filter((kind, index) => index > 0 && kind !== kinds[index - 1]).length;
    return when(changes > 1, "buttons");
  }),
  button_text_missing: error((definition) => everyText(definition, (text, field) => when(text.trim() === "", field))),
  button_text_length: error((definition) =>
    everyText(definition, (text, field) => longerThan(templateLimits.buttonText, field, text)),
  ),
  button_text_plain: error((definition) =>
    everyText(definition, (text, field) => when(/\{\{|\}\}|[\n\r\t]/u.test(text), field)),
  ),
  button_text_unique: error((definition) =>
    everyList(definition, (buttons, field) =>
      buttons.flatMap((button, index) => {
        const text = "text" in button ? button.text.trim() : "";
        const twin = buttons.findIndex((other) => "text" in other && other.text.trim() === text);
        return when(text !== "" && twin !== -1 && twin < index, `${field}.${index}.text`);
      }),
    ),
  ),
  url_invalid: error((definition) => everyUrl(definition, (url, field) => when(!isWebAddress(url), field))),
  url_length: error((definition) => everyUrl(definition, (url, field) => longerThan(templateLimits.url, field, url))),
  url_variable: error((definition) =>
    everyUrl(definition, (url, field) => {
      const count = namesIn(url).length;
      return when(count > 1 || (count === 1 && !url.endsWith("}}")), field);
    }),
  ),
  phone_invalid: error((definition) =>
    everyButton(definition, (button, field) =>
      when(button.type === "phone_number" && !isPhone(button.phone), `${field}.phone`),
    ),
  ),
  flow_missing: error((definition) =>
    everyButton(definition, (button, field) =>
      when(button.type === "flow" && !/^\d+$/u.test(button.flowId), `${field}.flowId`),
    ),
  ),
} satisfies Record<string, LintRule>;

type Places = readonly LintPlace[];

function everyList(
  { buttons, cards }: TemplateDefinition,
  find: (buttons: readonly DefinitionButton[], field: string) => Places,
): Places {
  return [...find(buttons, "buttons"), ...cards.flatMap((card, index) => find(card.buttons, `cards.${index}.buttons`))];
}

function everyButton(definition: TemplateDefinition, find: (button: DefinitionButton, field: string) => Places) {
  return everyList(definition, (buttons, field) =>
    buttons.flatMap((button, index) => find(button, `${field}.${index}`)),
  );
}

function everyText(definition: TemplateDefinition, find: (text: string, field: string) => Places): Places {
  return everyButton(definition, (button, field) => ("text" in button ? find(button.text, `${field}.text`) : []));
}

function everyUrl(definition: TemplateDefinition, find: (url: string, field: string) => Places): Places {
  return everyButton(definition, (button, field) => (button.type === "url" ? find(button.url, `${field}.url`) : []));
}

function isWebAddress(url: string): boolean {
  return /^https?:\/\/[^\s/?#]+/iu.test(url) && !/\s/u.test(url.replaceAll(/\{\{[^{}]*\}\}/gu, ""));
}

function isPhone(phone: string): boolean {
  return phone.length <= templateLimits.phone && /^\+?[1-9]\d{5,18}$/u.test(phone);
}
