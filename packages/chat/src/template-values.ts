import { suggestValues, type Suggestion } from "@aparte/core/autofill.ts";
import type { CrmField } from "@aparte/core/crm-record.ts";
import { bubbleParts } from "@aparte/core/template-render.ts";
import { spot, templateVariables, type TemplateVariable } from "@aparte/core/template-variables.ts";
import type { TemplateShape } from "@aparte/core/template.ts";
import { withoutFormatting } from "./formatted-text.ts";

/** One field of the template form: a hole, what fills it, and where that came from. */
export type ValueField = {
  readonly variable: TemplateVariable;
  readonly value: string;
  /** What the record proposes; null when it has nothing. */
  readonly suggestion: Suggestion | null;
  /** A person wrote over the suggestion. */
  readonly edited: boolean;
};

/** The fields of a template: what a person typed (`typed`, by variable key) wins over what the record proposes. */
export function valueFields(
  shape: TemplateShape,
  fields: readonly CrmField[],
  typed: Readonly<Record<string, string>>,
): ValueField[] {
  const suggestions = suggestValues(shape, fields);
  return templateVariables(shape).map((variable) => {
    const suggestion = suggestions[variable.key] ?? null;
    const value = typed[variable.key] ?? suggestion?.value ?? "";
    return { variable, value, suggestion, edited: suggestion !== null && value !== suggestion.value };
  });
}

/** A template's text in one line, as it would read with what the record proposes: to recognise it in a list. */
export function snippetOf(shape: TemplateShape, fields: readonly CrmField[]): string {
  const parts = bubbleParts(shape.body, spot("body"), valuesOf(valueFields(shape, fields, {})));
  const text = parts.map((part) =>
    part.kind === "missing" ? `⟨${variableLabel(part.name) ?? part.name}⟩` : part.text,
  );
  return withoutFormatting(text.join(""));
}

/** The values as the API takes them, by variable key. */
export function valuesOf(fields: readonly ValueField[]): Record<string, string> {
  return Object.fromEntries(fields.map((field) => [field.variable.key, field.value]));
}

/** A variable's name for people: "order_number" is "Order number". Null for a numbered one, which says nothing. */
export function variableLabel(name: string): string | null {
  if (/^\d+$/.test(name)) return null;
  const text = name.replaceAll("_", " ").trim();
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
