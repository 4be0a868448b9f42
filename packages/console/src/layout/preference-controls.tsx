import { locales } from "@aparte/i18n/i18n.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Field, Select } from "@aparte/ui/field.tsx";
import type { ReactNode } from "react";
import { themes, usePreferences } from "../platform/preferences.tsx";

/** A language is named in itself, so that its readers find it. */
const localeNames = { en: "English", fr: "Français" };

/** Language and theme of the console on this machine. */
export function PreferenceControls(): ReactNode {
  const { t } = useWords();
  const { locale, theme, chooseLocale, chooseTheme } = usePreferences();
  return (
    <section aria-label={t("options.appearance")} className="grid grid-cols-2 gap-2">
      <Field label={t("options.language")}>
        {(control) => (
          <Select
            {...control}
            value={locale}
            onChange={(event) => chooseLocale(locales.find((one) => one === event.target.value) ?? locale)}
          >
            {locales.map((one) => (
              <option key={one} value={one}>
                {localeNames[one]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t("options.theme")}>
        {(control) => (
          <Select
            {...control}
            value={theme}
            onChange={(event) => chooseTheme(themes.find((one) => one === event.target.value) ?? theme)}
          >
            {themes.map((one) => (
              <option key={one} value={one}>
                {t(`console.theme.${one}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </section>
  );
}
