import { dateAndTime } from "@aparte/chat/when.ts";
import type { ImportView } from "@aparte/core/consent-import.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Dialog } from "@aparte/ui/dialog.tsx";
import { CircleCheck, Undo2 } from "lucide-react";
import { useState, type ReactNode } from "react";
import { ActionButton } from "../../layout/action-button.tsx";
import { Card } from "../../layout/card.tsx";
import { Notice } from "../../layout/notice.tsx";
import { Failure, Refused } from "../../layout/trouble.tsx";
import { ExportButtons } from "./export-buttons.tsx";
import { useImportStep } from "./import-actions.tsx";
import { ImportCounts } from "./import-counts.tsx";

/** What an import gave, the rows that gave nothing, and for a day a way back. */
export function ImportResult({ view, now }: { readonly view: ImportView; readonly now: number }): ReactNode {
  const { t } = useWords();
  const kept = view.counts.quarantined + view.counts.refused + view.counts.kept_opted_out;
  return (
    <>
      <Card id="result" title={t("console.lists.result")} icon={<CircleCheck aria-hidden="true" size={18} />}>
        {view.state === "undone" ? <Notice tone="plain">{t("console.lists.undone")}</Notice> : null}
        <ImportCounts view={view} />
        {kept > 0 ? (
          <div className="flex flex-col gap-2">
            <p className="max-w-prose">{t("console.lists.error_file")}</p>
            <ExportButtons list="import_problems" importId={view.id} of={view.fileName} />
          </div>
        ) : null}
      </Card>
      {view.undoUntil === null ? null : <Undo view={view} until={view.undoUntil} now={now} />}
    </>
  );
}

function Undo({
  view,
  until,
  now,
}: {
  readonly view: ImportView;
  readonly until: string;
  readonly now: number;
}): ReactNode {
  const { t, locale } = useWords();
  const [asks, setAsks] = useState(false);
  const minutes = Math.max(0, Math.floor((Date.parse(until) - now) / 60_000));
  return (
    <Card id="undo" title={t("console.lists.undo")} icon={<Undo2 aria-hidden="true" size={18} />}>
      <p className="max-w-prose">
        {t("console.lists.undo_text", {
          date: dateAndTime(until, locale),
          hours: Math.floor(minutes / 60),
          minutes: minutes % 60,
        })}
      </p>
      <Button className="self-start" onClick={() => setAsks(true)}>
        {t("console.lists.undo_import")}
      </Button>
      {asks ? <UndoDialog view={view} onClose={() => setAsks(false)} /> : null}
    </Card>
  );
}

function UndoDialog({ view, onClose }: { readonly view: ImportView; readonly onClose: () => void }): ReactNode {
  const { t } = useWords();
  const undo = useImportStep((api, input: { readonly id: string }) => api.consent.undoImport.mutate(input));
  return (
    <Dialog title={t("console.lists.undo_title")} onClose={onClose}>
      <div className="flex flex-col gap-3">
        <p>{t("console.lists.undo_sure", { count: view.counts.recorded })}</p>
        {undo.data?.ok === false ? <Refused code="consent.import_closed" role="admin" /> : null}
        {undo.error ? <Failure error={undo.error} /> : null}
        <div className="flex justify-between gap-2 pt-1">
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <ActionButton tone="brand" busy={undo.isPending} onPress={() => undo.mutate({ id: view.id })}>
            {t("console.lists.undo_import")}
          </ActionButton>
        </div>
      </div>
    </Dialog>
  );
}
