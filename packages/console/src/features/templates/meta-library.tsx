import { templateLanguages } from "@aparte/core/template-languages.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Field, Select, TextInput } from "@aparte/ui/field.tsx";
import { Skeleton } from "@aparte/ui/skeleton.tsx";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState, type ReactNode } from "react";
import { Failure, Refused } from "../../layout/trouble.tsx";
import { useServices } from "../../platform/services.tsx";
import { languageName } from "./language-chips.tsx";
import { LibraryItem } from "./library-item.tsx";
import { TakeDialog, type LibraryTemplate } from "./take-dialog.tsx";

/** What WhatsApp itself offers: approved at once, with words that cannot be changed. */
export function MetaLibrary({ channelId }: { readonly channelId: string }): ReactNode {
  const { t, locale } = useWords();
  const { api } = useServices();
  const [language, setLanguage] = useState(locale.startsWith("fr") ? "fr" : "en_US");
  const [typed, setTyped] = useState("");
  const [taken, setTaken] = useState<LibraryTemplate | null>(null);
  const search = useDeferredValue(typed.trim());
  const library = useQuery({
    queryKey: ["templates", channelId, "library", language, search],
    queryFn: () => api.templates.library.query({ channelId, language, search }),
    placeholderData: keepPreviousData,
  });
  return (
    <section aria-labelledby="meta-library" className="flex flex-col gap-3">
      <h2 id="meta-library" className="text-lg font-semibold">
        {t("console.templates.meta_library")}
      </h2>
      <p className="max-w-prose text-muted">{t("console.templates.meta_library_text")}</p>
      <Search language={language} onLanguage={setLanguage} typed={typed} onType={setTyped} />
      {library.isPending ? <Skeleton className="h-64 w-full" /> : null}
      {library.isError ? <Failure error={library.error} onRetry={() => void library.refetch()} /> : null}
      {library.data?.ok === false ? <Refused code={library.data.refused} role="admin" /> : null}
      {library.data?.ok ? (
        <>
          <p role="status" className="text-sm text-muted">
            {t("console.templates.found", { count: library.data.templates.length })}
          </p>
          <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
            {library.data.templates.map((template) => (
              <LibraryItem
                key={template.name}
                title={template.name}
                category={template.category}
                shape={template.shape}
                action={<Button onClick={() => setTaken(template)}>{t("console.templates.take")}</Button>}
              />
            ))}
          </ul>
        </>
      ) : null}
      {taken ? <TakeDialog channelId={channelId} template={taken} onClose={() => setTaken(null)} /> : null}
    </section>
  );
}

function Search(props: {
  readonly language: string;
  readonly onLanguage: (language: string) => void;
  readonly typed: string;
  readonly onType: (typed: string) => void;
}): ReactNode {
  const { t, locale } = useWords();
  const { language, onLanguage, typed, onType } = props;
  return (
    <div role="search" className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_minmax(160px,240px)]">
      <Field label={t("template.search")}>
        {(control) => (
          <TextInput
            {...control}
            type="search"
            autoComplete="off"
            value={typed}
            onChange={(event) => onType(event.target.value)}
          />
        )}
      </Field>
      <Field label={t("template.language")}>
        {(control) => (
          <Select {...control} value={language} onChange={(event) => onLanguage(event.target.value)}>
            {templateLanguages.map((code) => (
              <option key={code} value={code}>
                {languageName(code, locale)}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </div>
  );
}
