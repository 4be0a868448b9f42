import type { OptOutFilter } from "@aparte/core/consent-lists.ts";
import { roleAllows } from "@aparte/core/roles.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Skeleton } from "@aparte/ui/skeleton.tsx";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { FileDown, History, OctagonX } from "lucide-react";
import { useDeferredValue, useState, type ReactNode } from "react";
import { Card } from "../../layout/card.tsx";
import { Failure, Refused } from "../../layout/trouble.tsx";
import { useMember } from "../../platform/member-context.tsx";
import { useServices } from "../../platform/services.tsx";
import { ExportButtons } from "./export-buttons.tsx";
import { ImportsList } from "./imports-list.tsx";
import { optOutsQuery } from "./lists-query.ts";
import { OptOutFilters } from "./opt-out-filters.tsx";
import { OptOutTable } from "./opt-out-table.tsx";
import { StopMany } from "./stop-many.tsx";

const everybody: OptOutFilter = { search: "", purpose: null, method: null, channelId: null, from: null, to: null };

/** Who does not want messages: to look through for managers, to add to and to fetch for administrators. */
export function OptOutsPage(): ReactNode {
  const { t } = useWords();
  const { role } = useMember();
  if (!roleAllows(role, "manager")) return <Refused code="identity.not_allowed" role={role} />;
  return (
    <div className="flex flex-col gap-4">
      <OptOuts />
      {role === "admin" ? (
        <div className="grid items-start gap-4 xl:grid-cols-2">
          <StopMany id="stop" />
          <div className="flex min-w-0 flex-col gap-4">
            <Card id="lists" title={t("console.lists.stop_lists")} icon={<History aria-hidden="true" size={18} />}>
              <ImportsList kind="opt_outs" />
            </Card>
            <Card
              id="export"
              title={t("console.lists.export_opt_outs")}
              icon={<FileDown aria-hidden="true" size={18} />}
            >
              <p className="max-w-prose text-muted">{t("console.lists.export_text")}</p>
              <ExportButtons list="opt_outs" of={t("console.lists.export_opt_outs")} />
            </Card>
          </div>
        </div>
      ) : null}
    </div>
  );
}

function OptOuts(): ReactNode {
  const { t } = useWords();
  const [filter, setFilter] = useState(everybody);
  // What is typed stands in its field at once; the list follows.
  const wanted = useDeferredValue(filter);
  const list = useInfiniteQuery({ ...optOutsQuery(useServices(), wanted), placeholderData: keepPreviousData });
  const found = list.data?.pages.flatMap(({ optOuts }) => optOuts) ?? [];
  return (
    <Card id="opt-outs" title={t("console.lists.opt_outs")} icon={<OctagonX aria-hidden="true" size={18} />}>
      <p className="max-w-prose text-muted">{t("console.lists.opt_outs_text")}</p>
      <OptOutFilters filter={filter} onFilter={setFilter} />
      {list.isError ? <Failure error={list.error} onRetry={() => void list.refetch()} /> : null}
      {list.isPending ? <Skeleton className="h-40 w-full" /> : null}
      {list.isSuccess && found.length === 0 ? <p role="status">{t("console.lists.nobody")}</p> : null}
      {found.length > 0 ? <OptOutTable optOuts={found} /> : null}
      {list.hasNextPage ? (
        <Button className="self-center" unavailable={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("console.lists.more")}
        </Button>
      ) : null}
    </Card>
  );
}
