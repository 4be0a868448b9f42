import { useWords } from "@aparte/i18n/words-context.tsx";
import { Field, Select, TextInput } from "@aparte/ui/field.tsx";
import type { ReactNode, Ref } from "react";
import { languageName } from "./language-chips.tsx";
import { facetNames, facets, valuesOf, type Facet, type TemplateFilter } from "./template-filter.ts";
import type { ListedTemplate } from "./templates-query.ts";

/** What to look for. Only values that occur are offered. */
export function TemplateFilters(props: {
  readonly filter: TemplateFilter;
  readonly templates: readonly ListedTemplate[];
  readonly searchBox: Ref<HTMLInputElement>;
  readonly onFilter: (filter: TemplateFilter) => void;
}): ReactNode {
  const { t } = useWords();
  const { filter, templates, searchBox, onFilter } = props;
  return (
    <div role="search" className="grid grid-cols-2 gap-3 sm:grid-cols-4">
      <div className="col-span-2 sm:col-span-4">
        <Field label={t("template.search")}>
          {(control) => (
            <TextInput
              {...control}
              ref={searchBox}
              type="search"
              autoComplete="off"
              value={filter.search}
              onChange={(event) => onFilter({ ...filter, search: event.target.value })}
            />
          )}
        </Field>
      </div>
      {facetNames.map((name) => (
        <FacetField
          key={name}
          name={name}
          values={valuesOf(templates, name)}
          chosen={filter[name]}
          onChoose={(value) => onFilter({ ...filter, [name]: value })}
        />
      ))}
    </div>
  );
}

const labels = {
  status: "console.templates.status",
  category: "console.templates.category",
  language: "template.language",
  quality: "console.templates.quality",
} as const;

function FacetField(props: {
  readonly name: Facet;
  readonly values: readonly string[];
  readonly chosen: string | null;
  readonly onChoose: (value: string | null) => void;
}): ReactNode {
  const { t } = useWords();
  const { name, values, chosen, onChoose } = props;
  const word = useFacetWord(name);
  return (
    <Field label={t(labels[name])}>
      {(control) => (
        <Select {...control} value={chosen ?? ""} onChange={(event) => onChoose(event.target.value || null)}>
          <option value="">{t("console.templates.any_status")}</option>
          {values.map((value) => (
            <option key={value} value={value}>
              {word(value)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

/** A value of a facet in words. */
function useFacetWord(name: Facet): (value: string) => string {
  const { t, locale } = useWords();
  return (value) => {
    if (name === "language") return languageName(value, locale);
    const status = facets.status.find((known) => known === value);
    const category = facets.category.find((known) => known === value);
    const quality = facets.quality.find((known) => known === value);
    if (name === "status" && status) return t(`template.status_${status}`);
    if (name === "category" && category) return t(`template.category_${category}`);
    return quality ? t(`console.templates.quality_${quality}`) : value;
  };
}
