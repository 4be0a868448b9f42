import { fieldOf, sampledVariables, textsOf, type TemplateDefinition } from "./template-definition.ts";
import { templateLimits } from "./template-limits.ts";
import { error, when, type LintRule } from "./template-lint-rule.ts";

/** Anything that is meant as a variable, rightly spelled or not. */
const anyVariable = /\{\{([^{}]*)\}\}/gu;

/** Holes: their spelling, where they may stand, and their samples (Meta, "Template components", parameters). */
export const variableRules = {
  variable_broken: error((definition) =>
    eachText(definition, (text) => /\{\{|\}\}/u.test(text.replaceAll(anyVariable, ""))),
  ),
  variable_name: error((definition) =>
    texts(definition).flatMap(({ field, text, numbered }) => {
      const fits = numbered ? /^[1-9]\d*$/u : /^[a-z][a-z0-9_]*$/u;
      const odd = namesIn(text).find((name) => !fits.test(name));
      return when(odd !== undefined, field, { variable: odd ?? "", format: numbered ? "numbers" : "names" });
    }),
  ),
  variable_sequence: error((definition) =>
    texts(definition).flatMap(({ field, text, numbered }) => {
      const names = [...new Set(namesIn(text))];
      const gap = numbered ? names.findIndex((name, index) => name !== String(index + 1)) : -1;
      return when(gap !== -1, field, { variable: names[gap] ?? "", wanted: String(gap + 1) });
    }),
  ),
  header_variables: error(({ header, authentication }) => {
    const count = header?.type === "text" && authentication === null ? new Set(namesIn(header.text)).size : 0;
    return when(count > templateLimits.headerVariables, "header");
  }),
  variable_edge: error((definition) =>
    eachBody(definition, (text) => /^[\s\p{P}]*\{\{|\}\}[\s\p{P}]*$/u.test(text) && namesIn(text).length > 0),
  ),
  variable_adjacent: error((definition) => eachBody(definition, (text) => /\}\}\s*\{\{/u.test(text))),
  variable_ratio: error((definition) =>
    bodies(definition).flatMap(({ field, text }) => {
      const count = new Set(namesIn(text)).size;
      const words = text.split(/\s+/u).filter((word) => word !== "" && !word.includes("{{")).length;
      return when(count > 0 && words < 2 * count + 1, field, { words: String(2 * count + 1), count: String(count) });
    }),
  ),
  sample_missing: error((definition) =>
    sampledVariables(definition).flatMap((variable) =>
      when((definition.samples[variable.key] ?? "").trim() === "", `samples.${variable.key}`, {
        variable: variable.name,
        field: fieldOf(variable),
      }),
    ),
  ),
  sample_format: error((definition) =>
    sampledVariables(definition).flatMap(({ key, kind }) =>
      when(kind === "text" && /[\n\r\t]| {5,}|\{\{|\}\}/u.test(definition.samples[key] ?? ""), `samples.${key}`),
    ),
  ),
  code_length: error((definition) =>
    sampledVariables(definition).flatMap(({ key, name }) => {
      const tooLong = name === "code" && (definition.samples[key] ?? "").length > templateLimits.code;
      return when(tooLong, `samples.${key}`, { limit: String(templateLimits.code) });
    }),
  ),
} satisfies Record<string, LintRule>;

/** The names between braces, in the order in which they stand; also those that are no names. */
export function namesIn(text: string): string[] {
  return [...text.matchAll(anyVariable)].map((match) => (match[1] ?? "").trim());
}

/** Words with holes, and the addresses of buttons, where the hole is always numbered. */
function texts(definition: TemplateDefinition) {
  const { buttons, cards, parameterFormat } = definition;
  const urls = [
    ...buttons.map((button, index) => ({ field: `buttons.${index}.url`, button })),
    ...cards.flatMap((card, number) =>
      card.buttons.map((button, index) => ({ field: `cards.${number}.buttons.${index}.url`, button })),
    ),
  ].flatMap(({ field, button }) => (button.type === "url" ? [{ field, text: button.url, numbered: true }] : []));
  return [
    ...textsOf(definition).map(({ field, text }) => ({ field, text, numbered: parameterFormat === "POSITIONAL" })),
    ...urls,
  ];
}

function bodies(definition: TemplateDefinition) {
  return textsOf(definition).filter(({ field }) => field !== "header");
}

function eachText(definition: TemplateDefinition, broken: (text: string) => boolean) {
  return texts(definition).flatMap(({ field, text }) => when(broken(text), field));
}

function eachBody(definition: TemplateDefinition, broken: (text: string) => boolean) {
  return bodies(definition).flatMap(({ field, text }) => when(broken(text), field));
}
