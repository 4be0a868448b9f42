import type { ChannelView } from "@aparte/core/record-view.ts";
import { useLaterWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import type { ReactNode } from "react";
import { Evidence } from "./evidence.tsx";
import { ledgerLines } from "./ledger-lines.ts";
import type { LedgerHistory } from "./use-history.ts";

export type HistoryProps = {
  readonly history: LedgerHistory;
  readonly onAgain: () => void;
  readonly channel: ChannelView;
};

/** All that was ever written down of a person's consent, newest first. */
export function History(props: HistoryProps): ReactNode {
  const { t } = useLaterWords();
  return (
    <details>
      <summary className="min-h-6 cursor-pointer rounded-sm font-semibold">{t("consent.history")}</summary>
      <Entries {...props} />
    </details>
  );
}

function Entries({ history, onAgain, channel }: HistoryProps): ReactNode {
  const { t } = useLaterWords();
  if (history.state === "loading") return <p className="text-sm text-muted">{t("consent.history_loading")}</p>;
  if (history.state === "failed") {
    return (
      <p className="text-sm">
        {t("consent.history_failed")}{" "}
        <Button tone="link" onClick={onAgain}>
          {t("action.try_again")}
        </Button>
      </p>
    );
  }
  const lines = ledgerLines(history.entries);
  if (lines.length === 0) return <p className="text-sm text-muted">{t("consent.history_none")}</p>;
  return (
    <ol className="mt-1 flex flex-col gap-2 border-s border-line ps-3 text-sm text-muted">
      {lines.map(({ entry, purposes, annulled }) => (
        <li key={entry.id}>
          <span className="block font-semibold text-text">
            {purposes.map((purpose) => t(`consent.purpose_${purpose}`)).join(", ")}
          </span>
          <Evidence entry={entry} writer={entry.writer} />
          {entry.channelId === null ? null : (
            <span className="block text-xs">
              {entry.channelId === channel.id
                ? t("consent.number", { number: channel.displayPhoneNumber })
                : t("consent.number_other")}
            </span>
          )}
          {annulled ? <span className="block font-semibold">{t("consent.annulled")}</span> : null}
        </li>
      ))}
    </ol>
  );
}
