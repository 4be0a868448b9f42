import type { CrmSettings } from "@aparte/core/crm-settings.ts";
import { Skeleton } from "@aparte/ui/skeleton.tsx";
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { Failure } from "../../layout/trouble.tsx";
import { useServices } from "../../platform/services.tsx";
import { settingsQuery, type CrmConnection } from "./connections-query.ts";
import { RulesTest } from "./rules-test.tsx";
import { SettingsForm } from "./settings-form.tsx";

/** What is written to the CRM and on which records: to choose for admins, to read and to try for managers. */
export function SettingsPage({ connection }: { readonly connection: CrmConnection }): ReactNode {
  const query = useQuery(settingsQuery(useServices()));
  const saved = query.data?.find(({ connectionId }) => connectionId === connection.id);
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (!saved || !query.isFetchedAfterMount) return <Skeleton className="h-96 w-full" />;
  return <Settings connection={connection} saved={saved.settings} />;
}

function Settings(props: { readonly connection: CrmConnection; readonly saved: CrmSettings }): ReactNode {
  const { connection, saved } = props;
  const [chosen, setChosen] = useState(saved);
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,5fr)_minmax(0,4fr)]">
      <SettingsForm id="settings" connection={connection} settings={chosen} onChange={setChosen} />
      <div className="lg:sticky lg:top-4">
        <RulesTest id="test" connection={connection} settings={chosen} />
      </div>
    </div>
  );
}
