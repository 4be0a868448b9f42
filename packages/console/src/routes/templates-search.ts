import { facetNames, facets, type Facet } from "../features/templates/template-filter.ts";

/** The address of the templates: what is looked for, whose they are, and which one is shown. */
export type TemplatesSearch = {
  readonly search?: string;
  readonly template?: string;
  /** The channel whose templates are shown. */
  readonly number?: string;
} & { readonly [Name in Facet]?: string };

/** Reads it; what it does not understand is left out. */
export function readTemplatesSearch(raw: Readonly<Record<string, unknown>>): TemplatesSearch {
  const texts = ["search", "template", "number"].flatMap((name) => {
    const value = raw[name];
    return typeof value === "string" && value !== "" ? [[name, value] as const] : [];
  });
  const values = facetNames.flatMap((name) => {
    const known: readonly string[] = facets[name];
    const value = known.find((one) => one === raw[name]);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries([...texts, ...values]);
}
