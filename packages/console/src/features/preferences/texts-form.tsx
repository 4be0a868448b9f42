import {
  preferenceTextLimits,
  preferenceTextNames,
  type PageLanguage,
  type PreferenceTextName,
  type PreferenceTextsInput,
} from "@aparte/core/preference-input.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { SlidersHorizontal } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Card } from "../../layout/card.tsx";
import { EntryForm } from "../../layout/entry-form.tsx";
import { FormText } from "../../layout/form-field.tsx";
import { checkInput } from "../../platform/check-input.ts";
import { useMember } from "../../platform/member-context.tsx";
import { useServices } from "../../platform/services.tsx";
import { useForm, type Form } from "../../platform/use-form.ts";
import { PagePreview } from "./page-preview.tsx";
import { textsOf, textValues } from "./text-values.ts";
import type { SavedTexts } from "./texts-query.ts";

/** The texts of one language: to write for admins, to read for managers. What is left empty keeps our words. */
export function TextsForm(props: { readonly saved: SavedTexts; readonly onSaved: () => void }): ReactNode {
  const { t } = useWords();
  const { api } = useServices();
  const { role } = useMember();
  const { saved, onSaved } = props;
  const [done, setDone] = useState<Readonly<Record<string, string>> | null>(null);
  const form: Form<PreferenceTextName> = useForm({
    initial: textValues(saved.texts),
    check: (values) => checkInput("preferenceTextsInput", { language: saved.language, texts: textsOf(values) }),
    send: (input: PreferenceTextsInput) => api.consent.savePreferenceTexts.mutate(input),
    onDone: () => {
      setDone(form.values);
      onSaved();
    },
  });
  const marked = { ...form, invalid: form.invalid.map((path) => path.replace(/^texts\./, "")) };
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,400px)]">
      <Card id="texts" title={t("console.preferences.texts")} icon={<SlidersHorizontal aria-hidden="true" size={18} />}>
        {role === "admin" ? (
          <EntryForm
            form={marked}
            submit={t("console.profile.save")}
            busy={t("console.profile.saving")}
            role={role}
            status={done === form.values ? t("console.preferences.saved") : ""}
          >
            {preferenceTextNames.map((name) => (
              <FormText
                key={name}
                form={marked}
                name={name}
                label={t(`console.preferences.${name}`)}
                hint={<Hint name={name} language={saved.language} ours={saved.ours[name]} />}
                limit={preferenceTextLimits[name]}
                wrong={t("console.preferences.too_long")}
                className="max-h-60 min-h-9"
              />
            ))}
          </EntryForm>
        ) : (
          <p className="text-muted">{t("console.profile.for_admins")}</p>
        )}
      </Card>
      <div className="lg:sticky lg:top-4">
        <PagePreview language={saved.language} texts={textsOf(form.values)} />
      </div>
    </div>
  );
}

/** What the text is for, and what stands there while nobody wrote one. */
function Hint(props: {
  readonly name: PreferenceTextName;
  readonly language: PageLanguage;
  readonly ours: string;
}): ReactNode {
  const { t } = useWords();
  const { name, language, ours } = props;
  return (
    <>
      {t(`console.preferences.${name}_text`)} {t("console.preferences.ours")} <q lang={language}>{ours}</q>
    </>
  );
}
