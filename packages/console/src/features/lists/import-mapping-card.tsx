import {
  dateOrders,
  fieldsOf,
  perRowFields,
  type FieldSource,
  type ImportField,
  type ImportMapping,
  type ImportView,
} from "@aparte/core/consent-import.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Field, Select, TextInput } from "@aparte/ui/field.tsx";
import { Columns3 } from "lucide-react";
import { useState, type ReactNode } from "react";
import { ActionButton } from "../../layout/action-button.tsx";
import { Card } from "../../layout/card.tsx";
import { Notice } from "../../layout/notice.tsx";
import { Failure, Refused } from "../../layout/trouble.tsx";
import { useImportStep, type MapStep } from "./import-actions.tsx";

/** What each column means: as it was recognised, to be corrected. A change has the file checked anew. */
export function ImportMappingCard({ view }: { readonly view: ImportView }): ReactNode {
  const { t } = useWords();
  const [mapping, setMapping] = useState(view.mapping);
  const save = useImportStep((api, step: MapStep) => api.consent.mapImport.mutate(step));
  const changed = JSON.stringify(mapping) !== JSON.stringify(view.mapping);
  const set = (field: ImportField, source: FieldSource): void =>
    setMapping({ ...mapping, fields: { ...mapping.fields, [field]: source } });
  return (
    <Card id="columns" title={t("console.lists.columns")} icon={<Columns3 aria-hidden="true" size={18} />}>
      {view.missing.length > 0 ? (
        <Notice tone="warning">
          {t("console.lists.missing", {
            fields: view.missing.map((field) => t(`console.lists.field_${field}`)).join(", "),
          })}
        </Notice>
      ) : null}
      <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2 xl:grid-cols-3">
        {fieldsOf[view.kind].fields.map((field) => (
          <SourceField
            key={field}
            field={field}
            columns={view.columns}
            source={mapping.fields[field] ?? null}
            onChange={(source) => set(field, source)}
          />
        ))}
        <Reading mapping={mapping} onChange={setMapping} />
      </div>
      {save.data?.ok === false ? <Refused code="consent.import_closed" role="admin" /> : null}
      {save.error ? <Failure error={save.error} /> : null}
      {changed ? (
        <ActionButton
          className="self-start"
          busy={save.isPending}
          onPress={() => save.mutate({ id: view.id, mapping: withoutEmpty(mapping) })}
        >
          {t("console.lists.check_again")}
        </ActionButton>
      ) : null}
    </Card>
  );
}

/** A value for all rows that was not written comes from nowhere. */
function withoutEmpty(mapping: ImportMapping): ImportMapping {
  const fields = Object.entries(mapping.fields).map(([field, from]) =>
    from && "value" in from && from.value.trim() === "" ? [field, null] : [field, from],
  );
  return { ...mapping, fields: Object.fromEntries(fields) };
}

function SourceField(props: {
  readonly field: ImportField;
  readonly columns: readonly string[];
  readonly source: FieldSource;
  readonly onChange: (source: FieldSource) => void;
}): ReactNode {
  const { t } = useWords();
  const { field, columns, source, onChange } = props;
  const isValue = source !== null && "value" in source;
  const chosen = source === null ? "" : "column" in source ? String(source.column) : "value";
  const choose = (value: string): void => {
    if (value === "") return onChange(null);
    onChange(value === "value" ? { value: "" } : { column: Number(value) });
  };
  const label = t(`console.lists.field_${field}`);
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <Field label={label}>
        {(control) => (
          <Select {...control} value={chosen} onChange={(event) => choose(event.target.value)}>
            <option value="">{t("console.lists.nowhere")}</option>
            {columns.map((name, column) => (
              <option key={column} value={column}>
                {name || t("console.import.column", { number: column + 1 })}
              </option>
            ))}
            {perRowFields.includes(field) ? null : <option value="value">{t("console.lists.same_for_all")}</option>}
          </Select>
        )}
      </Field>
      {isValue ? (
        <TextInput
          aria-label={t("console.lists.value_of", { field: label })}
          value={source.value}
          onChange={(event) => onChange({ value: event.target.value })}
        />
      ) : null}
    </div>
  );
}

/** How numbers and dates are read. */
function Reading(props: {
  readonly mapping: ImportMapping;
  readonly onChange: (mapping: ImportMapping) => void;
}): ReactNode {
  const { t } = useWords();
  const { mapping, onChange } = props;
  return (
    <>
      <Field label={t("console.lists.country")} hint={t("console.lists.country_hint")}>
        {(control) => (
          <TextInput
            {...control}
            maxLength={2}
            autoCapitalize="characters"
            value={mapping.country ?? ""}
            onChange={(event) => {
              const country = event.target.value.toUpperCase().replaceAll(/[^A-Z]/g, "");
              onChange({ ...mapping, country: country === "" ? null : country });
            }}
          />
        )}
      </Field>
      <Field label={t("console.lists.date_order")}>
        {(control) => (
          <Select
            {...control}
            value={mapping.dateOrder}
            onChange={(event) =>
              onChange({ ...mapping, dateOrder: event.target.value === "month_first" ? "month_first" : "day_first" })
            }
          >
            {dateOrders.map((order) => (
              <option key={order} value={order}>
                {t(`console.lists.${order}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </>
  );
}
