import { templateLanguages } from "@aparte/core/template-languages.ts";
import { templateQualities, type ListedTemplate } from "@aparte/core/template-version.ts";
import { templateCategories, templateStatuses } from "@aparte/core/template.ts";

/** What templates can be told apart by, each with the values that it can have, in the order in which they are offered. */
export const facets = {
  status: templateStatuses,
  category: templateCategories,
  language: templateLanguages,
  quality: templateQualities,
} as const;
export type Facet = keyof typeof facets;
export const facetNames = Object.keys(facets) as Facet[];

/** Words that must all stand in the name or the text, in any language; and values, null for all. */
export type TemplateFilter = { readonly search: string } & { readonly [Name in Facet]: string | null };

export const everything: TemplateFilter = { search: "", status: null, category: null, language: null, quality: null };

/** Whether one language of a template has what is asked for; words are looked for elsewhere, in all languages at once. */
export function hasFacets(template: ListedTemplate, filter: TemplateFilter): boolean {
  return facetNames.every((name) => filter[name] === null || template[name] === filter[name]);
}

/** The values that occur, so that no choice leads to nothing. */
export function valuesOf(templates: readonly ListedTemplate[], name: Facet): string[] {
  const values: readonly string[] = facets[name];
  return values.filter((value) => templates.some((template) => template[name] === value));
}
