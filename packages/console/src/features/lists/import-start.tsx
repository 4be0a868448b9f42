import type { ImportView } from "@aparte/core/consent-import.ts";
import type { StartImportInput } from "@aparte/core/consent-import-input.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Play } from "lucide-react";
import { useState, type ReactNode } from "react";
import { ActionButton } from "../../layout/action-button.tsx";
import { Card } from "../../layout/card.tsx";
import { CheckBox } from "../../layout/check-box.tsx";
import { Notice } from "../../layout/notice.tsx";
import { Failure, Refused } from "../../layout/trouble.tsx";
import { DiscardButton, useImportStep } from "./import-actions.tsx";

/** The last step before anything changes: for consents a person answers for them by name. */
export function ImportStart({ view }: { readonly view: ImportView }): ReactNode {
  const { t } = useWords();
  const [declares, setDeclares] = useState(false);
  const [asked, setAsked] = useState(false);
  const start = useImportStep((api, input: StartImportInput) => api.consent.startImport.mutate(input));
  const isConsents = view.kind === "consents";
  const declaration = t("console.lists.declaration", { count: view.counts.recorded });
  const press = (): void => {
    setAsked(true);
    if (!isConsents || declares) start.mutate({ id: view.id, declaration: isConsents ? declaration : null });
  };
  const gives = view.counts.recorded + view.counts.quarantined;
  return (
    <Card id="start" title={t(`console.lists.start_${view.kind}`)} icon={<Play aria-hidden="true" size={18} />}>
      <p className="max-w-prose">{t(`console.lists.start_text_${view.kind}`)}</p>
      {isConsents ? (
        <CheckBox
          checked={declares}
          onChange={setDeclares}
          label={<span className="max-w-prose">{declaration}</span>}
        />
      ) : null}
      {asked && isConsents && !declares ? (
        <div role="alert">
          <Notice tone="warning">{t("console.lists.declare_first")}</Notice>
        </div>
      ) : null}
      {start.data?.ok === false ? <Refused code="consent.import_closed" role="admin" /> : null}
      {start.error ? <Failure error={start.error} /> : null}
      <div className="flex flex-wrap gap-2">
        {gives > 0 ? (
          <ActionButton tone="brand" busy={start.isPending} onPress={press}>
            {t(`console.lists.start_now_${view.kind}`, { count: view.counts.recorded })}
          </ActionButton>
        ) : (
          <Notice tone="plain">{t("console.lists.gives_nothing")}</Notice>
        )}
        <DiscardButton id={view.id} />
      </div>
    </Card>
  );
}
