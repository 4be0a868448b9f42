import type { Reason } from "@aparte/core/send-decision.ts";
import { useLaterWords } from "@aparte/i18n/words-context.tsx";
import type { ReactNode } from "react";
import { dateAndTime } from "../when.ts";

/** Reasons in the words in which the API refuses, each with the way out and, where it ends by itself, when. */
export function ReasonList({ reasons }: { readonly reasons: readonly Reason[] }): ReactNode {
  const { t, locale } = useLaterWords();
  if (reasons.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1 ps-5.5 text-sm text-muted">
      {reasons.map(({ code, facts, until }) => (
        <li key={code} data-reason={code}>
          {t(`error.${code}`, facts)} {t(`fix.${code}`, facts)}
          {until === null ? null : ` ${t("consent.passes", { date: dateAndTime(until, locale) })}`}
        </li>
      ))}
    </ul>
  );
}
