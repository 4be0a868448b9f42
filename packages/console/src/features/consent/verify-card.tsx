import { dateAndTime } from "@aparte/chat/when.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { useMutation } from "@tanstack/react-query";
import { Link2 } from "lucide-react";
import type { ReactNode } from "react";
import { ActionButton } from "../../layout/action-button.tsx";
import { Card } from "../../layout/card.tsx";
import { StateLabel } from "../../layout/state-label.tsx";
import { Failure } from "../../layout/trouble.tsx";
import { useServices } from "../../platform/services.tsx";

/** Problems that are listed; the count tells of the rest. */
const mostShown = 20;

/** Reads the whole ledger and tells whether it is what was written down. */
export function VerifyCard(): ReactNode {
  const { t, locale } = useWords();
  const { api } = useServices();
  const verify = useMutation({ mutationFn: () => api.consent.verify.query() });
  const result = verify.data;
  return (
    <Card
      id="verify"
      title={t("console.consent.verify")}
      icon={<Link2 aria-hidden="true" size={18} />}
      state={
        result && !verify.isPending ? (
          <StateLabel mood={result.problemCount === 0 ? "good" : "bad"}>
            {t(result.problemCount === 0 ? "console.consent.holds" : "console.consent.broken")}
          </StateLabel>
        ) : null
      }
    >
      <p className="max-w-prose text-muted">{t("console.consent.verify_text")}</p>
      <div role="status" className="flex flex-col gap-2 empty:hidden">
        {verify.isPending ? <p>{t("console.consent.verifying")}</p> : null}
        {result && !verify.isPending ? (
          <>
            <p>{t("console.consent.verified", { count: result.entries, problems: result.problemCount })}</p>
            {result.anchor === null ? null : (
              <p className="text-sm text-muted">
                {t("console.consent.anchored", {
                  count: result.anchor.seq,
                  date: dateAndTime(result.anchor.at, locale),
                })}
              </p>
            )}
            <ul className="list-disc space-y-1 ps-5 empty:hidden">
              {result.problems.slice(0, mostShown).map(({ seq, kind }, index) => (
                <li key={index}>{t("console.consent.problem", { seq, kind })}</li>
              ))}
            </ul>
          </>
        ) : null}
      </div>
      {verify.error ? <Failure error={verify.error} /> : null}
      <ActionButton className="self-start" busy={verify.isPending} onPress={() => verify.mutate()}>
        {t("console.consent.verify_now")}
      </ActionButton>
    </Card>
  );
}
