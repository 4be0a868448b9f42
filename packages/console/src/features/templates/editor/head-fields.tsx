import { templateLanguages } from "@aparte/core/template-languages.ts";
import { templateCategories } from "@aparte/core/template.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Select, TextInput } from "@aparte/ui/field.tsx";
import { useMemo, type ReactNode } from "react";
import { languageName } from "../language-chips.tsx";
import { CheckedField } from "./checked-field.tsx";
import { withCategory } from "./definition-change.ts";
import { useEditor } from "./editor-context.tsx";

/** Name, language and category: what a template is. */
export function HeadFields(): ReactNode {
  const { t } = useWords();
  const { definition, change, existing } = useEditor();
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <div className="sm:col-span-2">
        <CheckedField
          field="name"
          label={t("console.templates.edit_name")}
          hint={existing ? t("console.templates.edit_name_fixed") : t("console.templates.edit_name_hint")}
        >
          {(control) => (
            <TextInput
              {...control}
              required
              readOnly={existing}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              value={definition.name}
              onChange={(event) => change({ name: asName(event.target.value) })}
            />
          )}
        </CheckedField>
      </div>
      <CategoryField />
      <LanguageField />
    </div>
  );
}

function CategoryField(): ReactNode {
  const { t } = useWords();
  const { definition, replace, categoryFixed } = useEditor();
  return (
    <CheckedField
      field="category"
      label={t("console.templates.category")}
      hint={t(`console.templates.category_hint_${definition.category}`)}
    >
      {(control) => (
        <Select
          {...control}
          value={definition.category}
          onChange={(event) => {
            const category = templateCategories.find((known) => known === event.target.value);
            if (category) replace(withCategory(definition, category));
          }}
        >
          {templateCategories
            .filter((category) => !categoryFixed || category === definition.category)
            .map((category) => (
              <option key={category} value={category}>
                {t(`template.category_${category}`)}
              </option>
            ))}
        </Select>
      )}
    </CheckedField>
  );
}

function LanguageField(): ReactNode {
  const { t, locale } = useWords();
  const { definition, change, existing } = useEditor();
  const options = useMemo(
    () =>
      templateLanguages
        .map((code) => ({ code, name: languageName(code, locale) }))
        .toSorted((a, b) => a.name.localeCompare(b.name, locale)),
    [locale],
  );
  return (
    <CheckedField field="language" label={t("template.language")}>
      {(control) => (
        <Select {...control} value={definition.language} onChange={(event) => change({ language: event.target.value })}>
          {options
            .filter(({ code }) => !existing || code === definition.language)
            .map(({ code, name }) => (
              <option key={code} value={code}>
                {`${name} (${code})`}
              </option>
            ))}
        </Select>
      )}
    </CheckedField>
  );
}

/** What is typed as a name, in the letters that names have: "Visit reminder" is "visit_reminder". */
function asName(typed: string): string {
  return typed
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, "_");
}
