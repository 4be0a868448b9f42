import { dateAndTime } from "@aparte/chat/when.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { useQuery } from "@tanstack/react-query";
import { FileQuestionMark } from "lucide-react";
import type { ReactNode } from "react";
import { Card } from "../../layout/card.tsx";
import { Failure } from "../../layout/trouble.tsx";
import { useServices } from "../../platform/services.tsx";

/** What WhatsApp reported and nothing acts on yet. Not there at all as long as there is none. For admins. */
export function UnknownCard({ id }: { readonly id: string }): ReactNode {
  const { t, locale } = useWords();
  const { api } = useServices();
  const unknown = useQuery({ queryKey: ["webhooks", "unknown"], queryFn: () => api.webhooks.unknown.query() });
  if (unknown.data?.length === 0 || unknown.isPending) return null;
  return (
    <Card id={id} title={t("console.webhooks.title")} icon={<FileQuestionMark aria-hidden="true" size={18} />}>
      {unknown.isError ? <Failure error={unknown.error} onRetry={() => void unknown.refetch()} /> : null}
      <p className="max-w-prose text-muted">{t("console.webhooks.text")}</p>
      <ul className="divide-y divide-line">
        {unknown.data?.map(({ kind, count, lastAt }) => (
          <li key={kind} className="flex flex-wrap gap-x-4 gap-y-0.5 py-2 first:pt-0 last:pb-0">
            <code className="min-w-0 grow font-mono text-sm wrap-anywhere">{kind}</code>
            <span className="tabular-nums">{t("console.webhooks.count", { count })}</span>
            <span className="text-muted">{t("console.webhooks.last", { date: dateAndTime(lastAt, locale) })}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
