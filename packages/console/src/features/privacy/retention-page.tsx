import { useWords } from "@aparte/i18n/words-context.tsx";
import { Skeleton } from "@aparte/ui/skeleton.tsx";
import { useQuery } from "@tanstack/react-query";
import { CalendarClock } from "lucide-react";
import type { ReactNode } from "react";
import { Card } from "../../layout/card.tsx";
import { Failure } from "../../layout/trouble.tsx";
import { useServices } from "../../platform/services.tsx";
import { retentionQuery } from "./privacy-query.ts";
import { RetentionItem } from "./retention-item.tsx";

/** How long each kind of data is kept; what is older goes at night. */
export function RetentionPage(): ReactNode {
  const { t } = useWords();
  const query = useQuery(retentionQuery(useServices()));
  return (
    <Card id="retention" title={t("console.privacy.retention")} icon={<CalendarClock aria-hidden="true" size={18} />}>
      <p className="max-w-prose text-muted">{t("console.privacy.retention_text")}</p>
      {query.isError ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isPending ? <Skeleton className="h-96 w-full" /> : null}
      <ul className="divide-y divide-line empty:hidden">
        {query.data?.map((item) => (
          <RetentionItem key={item.kind} item={item} />
        ))}
      </ul>
    </Card>
  );
}
