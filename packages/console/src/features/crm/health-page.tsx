import { Skeleton } from "@aparte/ui/skeleton.tsx";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Failure } from "../../layout/trouble.tsx";
import { useServices } from "../../platform/services.tsx";
import { healthQuery, type CrmConnection } from "./connections-query.ts";
import { DriftCard } from "./drift-card.tsx";
import { FailedCard } from "./failed-card.tsx";
import { LimitsCard } from "./limits-card.tsx";
import { SyncCard } from "./sync-card.tsx";

/** How the copy in one CRM account stands, what is wrong with it, and the ways to mend it. */
export function HealthPage({ connection }: { readonly connection: CrmConnection }): ReactNode {
  const query = useQuery(healthQuery(useServices()));
  const health = query.data?.find(({ connectionId }) => connectionId === connection.id);
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (!health) return <Skeleton className="h-96 w-full" />;
  const now = new Date(query.dataUpdatedAt);
  return (
    <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,5fr)_minmax(0,4fr)]">
      <div className="flex min-w-0 flex-col gap-4">
        <SyncCard id="sync" connection={connection} health={health} now={now} />
        <FailedCard id="failed" connection={connection} health={health} />
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        <LimitsCard id="limits" health={health} />
        <DriftCard id="drift" health={health} now={now} />
      </div>
    </div>
  );
}
