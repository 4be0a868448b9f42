import { useWords } from "@aparte/i18n/words-context.tsx";
import type { ReactNode } from "react";
import { FormField, FormText } from "../../layout/form-field.tsx";
import type { PolicyForm } from "./policy-controls.tsx";
import { countriesIn, countryLists, wordLists } from "./policy-values.ts";

/** Words of the firm's own, one a line. */
export function OwnWords({ form }: { readonly form: PolicyForm }): ReactNode {
  const { t } = useWords();
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {wordLists.map((name) => (
        <FormText
          key={name}
          form={form}
          name={name}
          label={t(`console.policy.${name}`)}
          hint={t(`console.policy.${name}_text`)}
          wrong={t("console.policy.words_wrong")}
          className="max-h-64 min-h-20"
        />
      ))}
    </div>
  );
}

/** Countries by their codes; what follows names them in full. */
export function Countries({ form }: { readonly form: PolicyForm }): ReactNode {
  const { t, locale } = useWords();
  const names = new Intl.DisplayNames([locale], { type: "region", fallback: "code" });
  const join = new Intl.ListFormat([locale], { type: "disjunction" });
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {countryLists.map((name) => {
        const codes = countriesIn(form.values[name]).filter((code) => /^[A-Z]{2}$/.test(code));
        const countries = join.format(codes.map((code) => names.of(code) ?? code));
        return (
          <FormField
            key={name}
            form={form}
            name={name}
            label={t(`console.policy.${name}`)}
            wrong={t("console.policy.countries_wrong")}
            hint={codes.length > 0 ? t(`console.policy.${name}_set`, { countries }) : t(`console.policy.${name}_none`)}
            required={false}
            autoCapitalize="characters"
          />
        );
      })}
    </div>
  );
}
