import type { Template, TemplateButton, TemplateComponent } from "./model.ts";

const VARIABLE = /\{\{\s*([^{}]*?)\s*\}\}/gu;

/** The distinct variables of a text in the order in which they appear. */
export function variablesOf(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(VARIABLE), ([, name = ""]) => name))];
}

/** The text with its variables filled in; one without a value stays as it is. */
export function fillIn(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(VARIABLE, (whole: string, name: string) => values[name] ?? whole);
}

/** The component of a kind, if the template has one. */
export function componentOf<K extends TemplateComponent["type"]>(
  template: Pick<Template, "components">,
  type: K,
): Extract<TemplateComponent, { type: K }> | undefined {
  return template.components.find((part): part is Extract<TemplateComponent, { type: K }> => part.type === type);
}

/** The buttons of a template, in their order. */
export function buttonsOf(template: Pick<Template, "components">): TemplateButton[] {
  return componentOf(template, "BUTTONS")?.buttons ?? [];
}
