import { templateStatuses, type TemplateStatus, type TemplateView } from "@aparte/core/template.ts";

export type TemplateFilter = {
  /** Words that must all stand in the name or the text, in any of its languages. */
  readonly search: string;
  /** Only templates with this status in one language at least; null for all. */
  readonly status: TemplateStatus | null;
};

/** A template as people speak of it: one name, with its languages inside. */
export type TemplateGroup = {
  readonly name: string;
  /** Never empty. With a status filter, the languages that have this status come first. */
  readonly variants: readonly [TemplateView, ...TemplateView[]];
  /** What its languages are at, in the order of `templateStatuses`. */
  readonly statuses: readonly { readonly status: TemplateStatus; readonly languages: readonly string[] }[];
};

/** The templates that fit a filter, by name. `locale` is the reader's language, which comes first in a group. */
export function templateGroups(
  templates: readonly TemplateView[],
  filter: TemplateFilter,
  locale: string,
): TemplateGroup[] {
  const wanted = filter.search.toLowerCase().split(/\s+/u).filter(Boolean);
  const fits = (variants: readonly TemplateView[]): boolean => {
    const text = variants.map(textOf).join(" ").toLowerCase();
    return (
      wanted.every((word) => text.includes(word)) &&
      (filter.status === null || variants.some(({ status }) => status === filter.status))
    );
  };
  return [...Map.groupBy(templates, ({ name }) => name)]
    .filter(([, variants]) => fits(variants))
    .map(([name, variants]) => groupOf(name, variants, filter.status, locale))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** The statuses that occur, each once, in the order of `templateStatuses`. */
export function statusesOf(templates: readonly TemplateView[]): TemplateStatus[] {
  return templateStatuses.filter((status) => templates.some((template) => template.status === status));
}

function groupOf(
  name: string,
  variants: readonly TemplateView[],
  status: TemplateStatus | null,
  locale: string,
): TemplateGroup {
  const own = locale.split("-")[0];
  const rank = (template: TemplateView): number =>
    (template.status === status ? 0 : 2) + (template.language.split("_")[0] === own ? 0 : 1);
  const sorted = variants.toSorted((a, b) => rank(a) - rank(b) || (a.language < b.language ? -1 : 1));
  const [first, ...others] = sorted;
  if (first === undefined) throw new Error("A group of templates is never empty");
  return {
    name,
    variants: [first, ...others],
    statuses: statusesOf(variants).map((one) => ({
      status: one,
      languages: sorted.filter((template) => template.status === one).map(({ language }) => language),
    })),
  };
}

function textOf({ name, shape }: TemplateView): string {
  return [name, name.replaceAll("_", " "), shape.header, shape.body, shape.footer].join(" ");
}
