import type { TemplateStatus } from "@aparte/core/template.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Field, Select, TextInput } from "@aparte/ui/field.tsx";
import type { ReactNode, Ref } from "react";
import type { TemplateFilter } from "./template-groups.ts";

/** What to look for. `statuses` are those that occur. */
export function TemplateFilters(props: {
  readonly filter: TemplateFilter;
  readonly statuses: readonly TemplateStatus[];
  readonly searchBox: Ref<HTMLInputElement>;
  readonly onFilter: (filter: TemplateFilter) => void;
}): ReactNode {
  const { t } = useWords();
  const { filter, statuses, searchBox, onFilter } = props;
  return (
    <div role="search" className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_minmax(160px,220px)]">
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
      <Field label={t("console.templates.status")}>
        {(control) => (
          <Select
            {...control}
            value={filter.status ?? ""}
            onChange={(event) =>
              onFilter({ ...filter, status: statuses.find((status) => status === event.target.value) ?? null })
            }
          >
            <option value="">{t("console.templates.any_status")}</option>
            {statuses.map((status) => (
              <option key={status} value={status}>
                {t(`template.status_${status}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </div>
  );
}
