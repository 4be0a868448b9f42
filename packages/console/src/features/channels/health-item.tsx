import { dateAndTime } from "@aparte/chat/when.ts";
import type { HealthFinding, HealthView } from "@aparte/core/channel-health.ts";
import type { WordKey, Words } from "@aparte/i18n/i18n.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { clsx } from "clsx";
import { CircleAlert, CircleCheck, CircleQuestionMark, CircleX } from "lucide-react";
import { useId, type ReactNode } from "react";
import { useMember } from "../../platform/member-context.tsx";
import { HealthFix } from "./health-fix.tsx";
import { limitWords } from "./limit-words.ts";
import type { NumberTask } from "./number-dialog.tsx";

const signs = {
  fine: { sign: CircleCheck, colour: "text-live" },
  unknown: { sign: CircleQuestionMark, colour: "text-muted" },
  warning: { sign: CircleAlert, colour: "text-on-warning" },
  problem: { sign: CircleX, colour: "text-error" },
};

/** One check: what was found in plain words, who can mend it, and the way to do so. */
export function HealthItem(props: {
  readonly cardId: string;
  readonly channelId: string;
  readonly wabaId: string;
  readonly view: HealthView;
  readonly onTask: (task: NumberTask) => void;
}): ReactNode {
  const words = useWords();
  const { t } = words;
  const { role } = useMember();
  const title = useId();
  const { view, ...rest } = props;
  const { sign: Sign, colour } = signs[view.state];
  const wrong = view.state === "problem" || view.state === "warning";
  return (
    <li aria-labelledby={title} className="flex gap-3 py-3 first:pt-0 last:pb-0">
      <Sign aria-hidden="true" size={18} className={clsx("mt-px shrink-0", colour)} />
      <div className="flex min-w-0 grow flex-col items-start gap-1">
        <h3 id={title} className="font-semibold">
          {t(`console.check.${view.check}`)} <span className="sr-only">{t(`console.check_state.${view.state}`)}</span>
        </h3>
        <p className={wrong ? undefined : "text-muted"}>{findingWords(view, words)}</p>
        {view.check === "account" && view.details ? (
          <p className="text-sm">
            {t("console.meta_says")} <q lang="en">{view.details}</q>
          </p>
        ) : null}
        {wrong ? (
          <>
            <p className="text-muted">{t(`health_fix.${findingOf(view)}`)}</p>
            {view.fixer === "nobody" ? null : (
              <p className="text-sm text-muted">
                {t(view.fixer === "admin" && role === "admin" ? "console.fixer.you" : `console.fixer.${view.fixer}`)}
              </p>
            )}
            {role === "admin" ? (
              <div className="mt-1 flex flex-col items-start gap-2 empty:hidden">
                <HealthFix {...rest} finding={findingOf(view)} />
              </div>
            ) : null}
          </>
        ) : null}
      </div>
    </li>
  );
}

/** The check judges by a table of its own, so that the pair is one of those that have words. */
function findingOf({ check, finding }: HealthView): Exclude<HealthFinding, `${string}.unknown`> {
  return `${check}.${finding}` as Exclude<HealthFinding, `${string}.unknown`>;
}

function findingWords(view: HealthView, words: Words): string {
  const key: WordKey = view.finding === "fine" ? `health.${view.check}.fine` : `health.${findingOf(view)}`;
  return words.t(key, { details: detailWords(view, words) });
}

/** What a finding tells besides itself, as its sentence takes it. */
function detailWords({ details, finding }: HealthView, words: Words): string {
  if (details === null) return "";
  if (finding === "ends_soon") return dateAndTime(details, words.locale);
  return finding === "not_verified" ? limitWords(details, words) : details;
}
