import { useWords } from "@aparte/i18n/words-context.tsx";
import { useId, type ReactNode } from "react";
import type { Form } from "../../platform/use-form.ts";
import { FormField } from "../../layout/form-field.tsx";
import { capNames, on, type PolicyField, type switches } from "./policy-values.ts";

export type PolicyForm = Form<PolicyField>;

/** A yes or no, with what follows from it as it stands. */
export function Switch({
  form,
  name,
}: {
  readonly form: PolicyForm;
  readonly name: (typeof switches)[number];
}): ReactNode {
  const { t } = useWords();
  const id = useId();
  const isOn = form.values[name] === on;
  return (
    <label className="forced-edge flex gap-2.5 rounded border border-line px-3 py-2 hover:border-edge has-checked:border-brand has-checked:bg-chosen has-disabled:hover:border-line">
      <input
        type="checkbox"
        name={name}
        aria-labelledby={`${id}-label`}
        aria-describedby={`${id}-text`}
        className="mt-0.5 size-4 shrink-0 accent-brand"
        checked={isOn}
        onChange={(event) => form.set(name, event.target.checked ? on : "")}
      />
      <span className="min-w-0">
        <span id={`${id}-label`} className="block">
          {t(`console.policy.${name}`)}
        </span>
        <span id={`${id}-text`} className="block text-sm text-muted">
          {t(isOn ? `console.policy.${name}_on` : `console.policy.${name}_off`)}
        </span>
      </span>
    </label>
  );
}

/** What follows from a number that may stay open; nothing while it cannot stay as it is. */
function consequence(
  t: ReturnType<typeof useWords>["t"],
  text: string,
  name: "consentMonths" | `cap_${(typeof capNames)[number]}`,
): string | undefined {
  if (text.trim() === "") return t(`console.policy.${name}_none`);
  const count = Number(text);
  return Number.isInteger(count) && count > 0 ? t(`console.policy.${name}_set`, { count }) : undefined;
}

export function Months({ form }: { readonly form: PolicyForm }): ReactNode {
  const { t } = useWords();
  const { consentMonths: text } = form.values;
  return (
    <FormField
      form={form}
      name="consentMonths"
      label={t("console.policy.consentMonths")}
      wrong={t("console.policy.consentMonths_wrong")}
      hint={consequence(t, text, "consentMonths")}
      required={false}
      inputMode="numeric"
      className="max-w-28"
    />
  );
}

export function Caps({ form }: { readonly form: PolicyForm }): ReactNode {
  const { t } = useWords();
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {capNames.map((name) => {
        const text = form.values[`caps.${name}`];
        return (
          <FormField
            key={name}
            form={form}
            name={`caps.${name}`}
            label={t(`console.policy.cap_${name}`)}
            wrong={t("console.policy.cap_wrong")}
            hint={consequence(t, text, `cap_${name}`)}
            required={false}
            inputMode="numeric"
            className="max-w-28"
          />
        );
      })}
    </div>
  );
}

export function Budget({ form }: { readonly form: PolicyForm }): ReactNode {
  const { t, locale } = useWords();
  const amount = Number(form.values["monthlyBudget.amount"].replace(",", "."));
  const currency = form.values["monthlyBudget.currency"].trim().toUpperCase();
  const said = amount > 0 && /^[A-Z]{3}$/.test(currency) ? money(amount, currency, locale) : null;
  return (
    <div className="grid gap-4 sm:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
      <FormField
        form={form}
        name="monthlyBudget.amount"
        label={t("console.policy.budget_amount")}
        wrong={t("console.policy.budget_amount_wrong")}
        hint={said === null ? t("console.policy.budget_none") : t("console.policy.budget_set", { amount: said })}
        required={false}
        inputMode="decimal"
      />
      <FormField
        form={form}
        name="monthlyBudget.currency"
        label={t("console.policy.budget_currency")}
        wrong={t("console.policy.budget_currency_wrong")}
        required={false}
        autoCapitalize="characters"
        maxLength={3}
      />
    </div>
  );
}

function money(amount: number, currency: string, locale: string): string {
  return new Intl.NumberFormat(locale, { style: "currency", currency }).format(amount);
}
