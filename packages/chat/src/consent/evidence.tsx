import type { ConsentEntry } from "@aparte/core/consent.ts";
import { useLaterWords } from "@aparte/i18n/words-context.tsx";
import type { ReactNode } from "react";
import { dateAndTime } from "../when.ts";

/** What was said, when, how, in which words, and who wrote it down. */
export function Evidence({
  entry,
  writer,
}: {
  readonly entry: ConsentEntry;
  readonly writer: string | null;
}): ReactNode {
  const { t, locale } = useLaterWords();
  const { action, method, occurredAt, recordedAt, wording } = entry;
  return (
    <>
      <span>{t("consent.entry", { action, method, date: dateAndTime(occurredAt, locale) })}</span>
      {wording === "" ? null : <bdi className="block">{t("consent.wording_quoted", { wording })}</bdi>}
      {writer === null ? null : (
        <span className="block text-xs">
          {t("consent.written_down", { name: writer, date: dateAndTime(recordedAt, locale) })}
        </span>
      )}
    </>
  );
}
