import { useWords } from "@aparte/i18n/words-context.tsx";
import type { ReactNode } from "react";
import { Choice } from "../../layout/choice.tsx";
import { FormField } from "../../layout/form-field.tsx";
import type { PolicyForm } from "./policy-controls.tsx";
import { weekDays } from "./policy-values.ts";

const choices = {
  marketing: ["marketing_by_country", "marketing_own"],
  utility: ["utility_own", "utility_always"],
} as const;

/** When messages of a kind may arrive: as the kind is treated, or in hours of the firm's own, day by day. */
export function QuietHours(props: { readonly form: PolicyForm; readonly kind: keyof typeof choices }): ReactNode {
  const { t } = useWords();
  const { form, kind } = props;
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <Choice
        legend={t(`console.policy.${kind}`)}
        options={choices[kind].map((value) => ({
          value,
          label: t(`console.policy.${value}`),
          text: t(`console.policy.${value}_text`),
        }))}
        value={`${kind}_${form.values[kind]}`}
        onChange={(value) => form.set(kind, value.slice(kind.length + 1))}
      />
      {form.values[kind] === "own" ? <Week {...props} /> : null}
    </div>
  );
}

function Week({ form, kind }: { readonly form: PolicyForm; readonly kind: keyof typeof choices }): ReactNode {
  const { t, locale } = useWords();
  const dayName = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" });
  return (
    <div role="group" aria-label={t(`console.policy.${kind}_own`)} className="flex flex-col gap-2">
      <p className="text-sm text-muted">{t("console.policy.day_hint")}</p>
      <div className="grid gap-x-4 gap-y-2 sm:grid-cols-2">
        {weekDays.map((day) => (
          <FormField
            key={day}
            form={form}
            name={`${kind}.${day}`}
            // 5 January 1970 was a Monday.
            label={dayName.format(Date.UTC(1970, 0, 5 + day))}
            wrong={t("console.policy.day_wrong")}
            required={false}
            autoComplete="off"
          />
        ))}
      </div>
    </div>
  );
}
