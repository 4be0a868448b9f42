import { locales } from "@aparte/i18n/i18n.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Field, Select } from "@aparte/ui/field.tsx";
import type { ReactNode } from "react";
import { changeSettings, themes, type Settings } from "../../platform/settings.ts";
import { Section } from "./section.tsx";

/** A language is named in itself, so that its readers find it. */
const localeNames = { en: "English", fr: "Français" };

export function Appearance({ settings }: { readonly settings: Settings }): ReactNode {
  const { t } = useWords();
  const themeNames = { auto: t("options.auto"), light: t("options.light"), dark: t("options.dark") };
  return (
    <Section title={t("options.appearance")}>
      <Field label={t("options.language")}>
        {(control) => (
          <Choice
            {...control}
            value={settings.locale}
            options={["auto", ...locales]}
            name={(locale) => (locale === "auto" ? t("options.auto") : localeNames[locale])}
            onChoose={(locale) => void changeSettings({ locale })}
          />
        )}
      </Field>
      <Field label={t("options.theme")}>
        {(control) => (
          <Choice
            {...control}
            value={settings.theme}
            options={themes}
            name={(theme) => themeNames[theme]}
            onChoose={(theme) => void changeSettings({ theme })}
          />
        )}
      </Field>
    </Section>
  );
}

function Choice<Value extends string>(props: {
  readonly id: string;
  readonly value: Value;
  readonly options: readonly Value[];
  readonly name: (value: Value) => string;
  readonly onChoose: (value: Value) => void;
}): ReactNode {
  const choose = (text: string): void => {
    const chosen = props.options.find((option) => option === text);
    if (chosen) props.onChoose(chosen);
  };
  return (
    <Select id={props.id} value={props.value} onChange={(event) => choose(event.target.value)}>
      {props.options.map((option) => (
        <option key={option} value={option}>
          {props.name(option)}
        </option>
      ))}
    </Select>
  );
}
