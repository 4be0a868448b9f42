import { pageLanguages, type PageLanguage } from "@aparte/core/preference-input.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Field, Select } from "@aparte/ui/field.tsx";
import { Skeleton } from "@aparte/ui/skeleton.tsx";
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { Failure } from "../../layout/trouble.tsx";
import { useServices } from "../../platform/services.tsx";
import { TextsForm } from "./texts-form.tsx";
import { textsQuery } from "./texts-query.ts";

const names: Record<PageLanguage, string> = { en: "English", fr: "Français" };

/** The public preference page: what it says in each language, beside what people will see. */
export function PreferencesPage(): ReactNode {
  const { t } = useWords();
  const texts = useQuery(textsQuery(useServices()));
  const [language, setLanguage] = useState<PageLanguage>("en");
  if (texts.isError) return <Failure error={texts.error} onRetry={() => void texts.refetch()} />;
  if (texts.isPending || !texts.isFetchedAfterMount) return <Skeleton className="h-96 w-full" />;
  const saved = texts.data.languages.find((one) => one.language === language);
  return (
    <div className="flex flex-col gap-4">
      <div className="flex max-w-prose flex-col gap-2">
        <p className="text-muted">{t("console.preferences.text")}</p>
        <p className="text-sm">
          {t("console.preferences.button")} <code className="wrap-anywhere">{texts.data.buttonAddress}</code>{" "}
          <span className="text-muted">{t("console.preferences.button_text")}</span>
        </p>
      </div>
      <div className="max-w-60">
        <Field label={t("console.preferences.language")} hint={t("console.preferences.language_text")}>
          {(control) => (
            <Select
              {...control}
              value={language}
              onChange={(event) => setLanguage(pageLanguages.find((one) => one === event.target.value) ?? language)}
            >
              {pageLanguages.map((one) => (
                <option key={one} value={one}>
                  {names[one]}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      {saved ? <TextsForm key={language} saved={saved} onSaved={() => void texts.refetch()} /> : null}
    </div>
  );
}
