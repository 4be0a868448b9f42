import type { CrmField } from "./crm-record.ts";
import { templateVariables } from "./template-variables.ts";
import type { TemplateShape } from "./template.ts";

export type Suggestion = { readonly value: string; readonly source: string };

/** Common names of template variables and the CRM field they mean, where the two are not spelled alike. */
const synonyms: Readonly<Record<string, readonly string[]>> = {
  name: ["firstname", "name"],
  first_name: ["firstname"],
  given_name: ["firstname"],
  last_name: ["lastname"],
  family_name: ["lastname"],
  company_name: ["company"],
  job_title: ["jobtitle"],
};

/**
 * Proposes a value for each variable that is named after a field of the record ("quote_number" is filled from the
 * field "quote_number"). Numbered variables say nothing about their meaning, so nothing is guessed for them.
 */
export function suggestValues(shape: TemplateShape, fields: readonly CrmField[]): Record<string, Suggestion> {
  const byName = new Map(fields.map((field) => [normalise(field.name), field]));
  const suggestions: Record<string, Suggestion> = {};
  for (const variable of templateVariables(shape).filter(({ kind }) => kind === "text")) {
    const names = [variable.name, ...(synonyms[variable.name] ?? [])];
    const field = names.map((name) => byName.get(normalise(name))).find((candidate) => candidate?.value);
    if (field) suggestions[variable.key] = { value: field.value, source: field.label };
  }
  return suggestions;
}

function normalise(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}
