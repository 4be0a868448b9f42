import { templateVariables } from "@aparte/core/template-variables.ts";
import type { ListedTemplate } from "@aparte/core/template-version.ts";
import { templateStatuses, type TemplateStatus } from "@aparte/core/template.ts";
import { everything, facetNames, hasFacets, type TemplateFilter } from "./template-filter.ts";

/** A template as people speak of it: one name, with its languages inside. */
export type TemplateGroup = {
  readonly name: string;
  /** Never empty. The languages that fit the filter come first, the reader's own before others. */
  readonly variants: readonly [ListedTemplate, ...ListedTemplate[]];
  /** What its languages are at, in the order of `templateStatuses`. */
  readonly statuses: readonly { readonly status: TemplateStatus; readonly languages: readonly string[] }[];
};

/** The templates that fit a filter, by name. `locale` is the reader's language. */
export function templateGroups(
  templates: readonly ListedTemplate[],
  filter: TemplateFilter,
  locale: string,
): TemplateGroup[] {
  const wanted = filter.search.toLowerCase().split(/\s+/u).filter(Boolean);
  const fits = (variants: readonly ListedTemplate[]): boolean => {
    const text = variants.map(textOf).join(" ").toLowerCase();
    return wanted.every((word) => text.includes(word)) && variants.some((template) => hasFacets(template, filter));
  };
  return [...Map.groupBy(templates, ({ name }) => name)]
    .filter(([, variants]) => fits(variants))
    .map(([name, variants]) => groupOf(name, variants, filter, locale))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** The languages of a group whose variables are not those of its first one: a rep who switches would fill in anew. */
export function languagesApart({ variants }: TemplateGroup): string[] {
  const keysOf = ({ shape }: ListedTemplate): string =>
    templateVariables(shape)
      .map(({ key }) => key)
      .toSorted()
      .join(" ");
  const [first] = variants;
  return variants.filter((template) => keysOf(template) !== keysOf(first)).map(({ language }) => language);
}

function groupOf(
  name: string,
  variants: readonly ListedTemplate[],
  filter: TemplateFilter,
  locale: string,
): TemplateGroup {
  const own = locale.split("-")[0];
  const asked = facetNames.some((facet) => filter[facet] !== everything[facet]);
  const rank = (template: ListedTemplate): number =>
    (asked && hasFacets(template, filter) ? 0 : 2) + (template.language.split("_")[0] === own ? 0 : 1);
  const sorted = variants.toSorted((a, b) => rank(a) - rank(b) || (a.language < b.language ? -1 : 1));
  const [first, ...others] = sorted;
  if (first === undefined) throw new Error("A group of templates is never empty");
  return {
    name,
    variants: [first, ...others],
    statuses: templateStatuses
      .map((status) => ({
        status,
        languages: sorted.filter((template) => template.status === status).map(({ language }) => language),
      }))
      .filter(({ languages }) => languages.length > 0),
  };
}

function textOf({ name, shape }: ListedTemplate): string {
  return [name, name.replaceAll("_", " "), shape.header, shape.body, shape.footer].join(" ");
}
