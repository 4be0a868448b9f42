import { consentMethods, consentPurposes } from "@aparte/core/consent.ts";
import type { OptOutFilter } from "@aparte/core/consent-lists.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Field, Select, TextInput } from "@aparte/ui/field.tsx";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { channelsQuery } from "../../platform/channels-query.ts";
import { useServices } from "../../platform/services.tsx";

/** Which opt-outs to show. */
export function OptOutFilters(props: {
  readonly filter: OptOutFilter;
  readonly onFilter: (filter: OptOutFilter) => void;
}): ReactNode {
  const { t } = useWords();
  const { filter, onFilter } = props;
  const channels = useQuery(channelsQuery(useServices()));
  const purposes = consentPurposes.map((value) => ({ value, label: t(`consent.purpose_${value}`) }));
  const methods = consentMethods.map((value) => ({ value, label: t(`console.lists.by_${value}`) }));
  const numbers = channels.data?.map(({ id, displayPhoneNumber }) => ({ value: id, label: displayPhoneNumber })) ?? [];
  return (
    <div role="search" className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
      <div className="sm:col-span-2 lg:col-span-3">
        <Field label={t("console.lists.search")}>
          {(control) => (
            <TextInput
              {...control}
              type="search"
              autoComplete="off"
              value={filter.search}
              onChange={(event) => onFilter({ ...filter, search: event.target.value.slice(0, 200) })}
            />
          )}
        </Field>
      </div>
      <OneOf
        label={t("console.lists.purpose")}
        options={purposes}
        value={filter.purpose}
        onChoose={(purpose) => onFilter({ ...filter, purpose })}
      />
      <OneOf
        label={t("console.lists.method")}
        options={methods}
        value={filter.method}
        onChoose={(method) => onFilter({ ...filter, method })}
      />
      <OneOf
        label={t("console.lists.said_to")}
        options={numbers}
        value={filter.channelId}
        onChoose={(channelId) => onFilter({ ...filter, channelId })}
      />
      <Day label={t("console.lists.from")} value={filter.from} onChoose={(from) => onFilter({ ...filter, from })} />
      <Day label={t("console.lists.to")} value={filter.to} onChoose={(to) => onFilter({ ...filter, to })} />
    </div>
  );
}

function OneOf<Value extends string>(props: {
  readonly label: string;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly value: Value | null;
  readonly onChoose: (value: Value | null) => void;
}): ReactNode {
  const { t } = useWords();
  const { label, options, value, onChoose } = props;
  return (
    <Field label={label}>
      {(control) => (
        <Select
          {...control}
          value={value ?? ""}
          onChange={(event) => onChoose(options.find((option) => option.value === event.target.value)?.value ?? null)}
        >
          <option value="">{t("console.lists.any")}</option>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

function Day(props: {
  readonly label: string;
  readonly value: string | null;
  readonly onChoose: (value: string | null) => void;
}): ReactNode {
  return (
    <Field label={props.label}>
      {(control) => (
        <TextInput
          {...control}
          type="date"
          value={props.value ?? ""}
          onChange={(event) => props.onChoose(event.target.value || null)}
        />
      )}
    </Field>
  );
}
