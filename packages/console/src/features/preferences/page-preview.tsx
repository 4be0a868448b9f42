import type { PageLanguage, PreferenceTexts } from "@aparte/core/preference-input.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState, type ReactNode } from "react";
import { CheckBox } from "../../layout/check-box.tsx";
import { Failure } from "../../layout/trouble.tsx";
import { useServices } from "../../platform/services.tsx";
import { previewQuery } from "./texts-query.ts";

/** The very page that people see, with the texts as they are being written. Nothing in it can be pressed. */
export function PagePreview(props: { readonly language: PageLanguage; readonly texts: PreferenceTexts }): ReactNode {
  const { t } = useWords();
  const [after, setAfter] = useState(false);
  const texts = useDeferredValue(props.texts);
  const preview = useQuery(previewQuery(useServices(), { language: props.language, texts, after }));
  return (
    <section aria-label={t("console.preferences.preview")} className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="font-semibold">{t("console.preferences.preview")}</h2>
        <CheckBox label={t("console.preferences.after")} checked={after} onChange={setAfter} />
      </div>
      {preview.isError ? <Failure error={preview.error} onRetry={() => void preview.refetch()} /> : null}
      {preview.data ? (
        <iframe
          inert
          sandbox=""
          title={t("console.preferences.preview")}
          srcDoc={preview.data.html}
          className="h-160 w-full rounded border border-line"
        />
      ) : null}
    </section>
  );
}
