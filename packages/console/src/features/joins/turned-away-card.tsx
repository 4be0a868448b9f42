import type { WordKey } from "@aparte/i18n/i18n.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Card } from "../../layout/card.tsx";
import type { Joins } from "./joins-query.ts";

type TurnedAway = Joins["turnedAway"][number];

const reasons: Readonly<Record<string, WordKey>> = {
  stopped: "console.joins.outcome.stopped",
  unknown: "console.joins.outcome.unknown",
  expired: "console.joins.outcome.expired",
  ended: "console.joins.outcome.ended",
  used: "console.joins.outcome.used",
  other_person: "console.joins.outcome.other_person",
  other_number: "console.joins.outcome.other_number",
};

/** Messages whose code was read and changed nothing, with the reason. */
export function TurnedAwayCard({ turnedAway }: { readonly turnedAway: readonly TurnedAway[] }): ReactNode {
  const { t, locale } = useWords();
  const when = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  return (
    <Card id="turned-away" title={t("console.joins.refused_title")} icon={<CircleAlert aria-hidden="true" size={18} />}>
      <p className="max-w-prose text-muted">{t("console.joins.refused_text")}</p>
      <ul className="flex flex-col divide-y divide-line">
        {turnedAway.map(({ messageId, code, name, source, outcome, at }) => (
          <li key={`${messageId} ${code}`} className="flex flex-wrap gap-x-3 py-2">
            <span className="min-w-0 flex-1 basis-60 wrap-anywhere">
              <strong className="font-semibold">{t(reasons[outcome] ?? "console.joins.outcome.unknown")}</strong>
              {source === null ? null : <> · {source}</>}
            </span>
            <span className="text-sm text-muted">
              {name ?? t("console.joins.somebody")} · {code} · <time dateTime={at}>{when.format(new Date(at))}</time>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
