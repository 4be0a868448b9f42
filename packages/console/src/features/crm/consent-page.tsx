import { Skeleton } from "@aparte/ui/skeleton.tsx";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Failure } from "../../layout/trouble.tsx";
import { useServices } from "../../platform/services.tsx";
import { healthQuery, type CrmConnection } from "./connections-query.ts";
import { ErasuresCard } from "./erasures-card.tsx";
import { MirrorCard } from "./mirror-card.tsx";
import { RestrictCard } from "./restrict-card.tsx";

/** What the CRM knows of consent, what it may change of it, and who wants to be forgotten. */
export function ConsentPage({ connection }: { readonly connection: CrmConnection }): ReactNode {
  const query = useQuery(healthQuery(useServices()));
  const health = query.data?.find(({ connectionId }) => connectionId === connection.id);
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (!health) return <Skeleton className="h-96 w-full" />;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <MirrorCard id="mirror" health={health} now={new Date(query.dataUpdatedAt)} />
      <div className="flex min-w-0 flex-col gap-4">
        <RestrictCard id="restrict" crm={connection.crm} />
        <ErasuresCard id="erasures" health={health} />
      </div>
    </div>
  );
}
