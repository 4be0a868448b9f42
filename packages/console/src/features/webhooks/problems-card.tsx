import { dateAndTime } from "@aparte/chat/when.ts";
import type { WordKey } from "@aparte/i18n/i18n.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { useQuery } from "@tanstack/react-query";
import { FileWarning } from "lucide-react";
import type { ReactNode } from "react";
import { Card } from "../../layout/card.tsx";
import { Failure } from "../../layout/trouble.tsx";
import { useServices } from "../../platform/services.tsx";

const problemWords: ReadonlyMap<string, WordKey> = new Map([
  ["not_json", "console.webhooks.problem_not_json"],
  ["too_deep", "console.webhooks.problem_too_deep"],
  ["not_an_object", "console.webhooks.problem_not_an_object"],
  ["projection_failed", "console.webhooks.problem_projection_failed"],
]);

/** Deliveries of WhatsApp's that could not be worked with. Not there at all as long as there is none. For admins. */
export function ProblemsCard({ id }: { readonly id: string }): ReactNode {
  const { t, locale } = useWords();
  const { api } = useServices();
  const problems = useQuery({ queryKey: ["webhooks", "problems"], queryFn: () => api.webhooks.problems.query() });
  if (problems.data?.length === 0 || problems.isPending) return null;
  return (
    <Card id={id} title={t("console.webhooks.problems")} icon={<FileWarning aria-hidden="true" size={18} />}>
      {problems.isError ? <Failure error={problems.error} onRetry={() => void problems.refetch()} /> : null}
      <p className="max-w-prose text-muted">{t("console.webhooks.problems_text")}</p>
      <ul className="divide-y divide-line">
        {problems.data?.map((delivery) => {
          const words = problemWords.get(delivery.problem);
          return (
            <li key={delivery.id} className="flex flex-wrap gap-x-4 gap-y-0.5 py-2 first:pt-0 last:pb-0">
              <span className="min-w-0 grow">{words ? t(words) : delivery.problem}</span>
              <span className="text-muted tabular-nums">
                {t("console.webhooks.problem_size", { number: delivery.id, bytes: delivery.bytes })}
              </span>
              <time dateTime={delivery.receivedAt} className="text-muted">
                {dateAndTime(delivery.receivedAt, locale)}
              </time>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
