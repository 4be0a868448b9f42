import { crmTitles } from "@aparte/chat/crm-name.ts";
import { roleAllows } from "@aparte/core/roles.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Skeleton } from "@aparte/ui/skeleton.tsx";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ViewLinks } from "../../layout/view-links.tsx";
import { Failure, Refused } from "../../layout/trouble.tsx";
import { useMember } from "../../platform/member-context.tsx";
import { useServices } from "../../platform/services.tsx";
import { connectionsQuery, type CrmConnection } from "./connections-query.ts";

const views = [
  { to: "/crm/$connectionId", word: "console.crm.health" },
  { to: "/crm/$connectionId/settings", word: "console.crm.settings" },
  { to: "/crm/$connectionId/consent", word: "console.crm.consent" },
] as const;

/** What stands above every page of one connection: which one it is, and its other pages. For managers and admins. */
export function CrmFrame(props: {
  readonly connectionId: string;
  readonly children: (connection: CrmConnection) => ReactNode;
}): ReactNode {
  const { t } = useWords();
  const { role } = useMember();
  const { connectionId, children } = props;
  const connections = useQuery(connectionsQuery(useServices()));
  const connection = connections.data?.find(({ id }) => id === connectionId);
  const refused = connections.data && (roleAllows(role, "manager") ? null : "identity.not_allowed");
  return (
    <>
      <h1 tabIndex={-1} className="text-xl font-semibold wrap-anywhere">
        {connection && !refused ? `${crmTitles[connection.crm]} · ${connection.accountName}` : "CRM"}
      </h1>
      <p className="min-h-5 wrap-anywhere text-muted">
        {connection && !refused
          ? t("console.crm.account", { id: connection.account, host: connection.uiDomain })
          : null}
      </p>
      {connections.isError ? <Failure error={connections.error} onRetry={() => void connections.refetch()} /> : null}
      {connections.isPending ? <Skeleton className="h-64 w-full" /> : null}
      {refused ? <Refused code={refused} role={role} /> : null}
      {connections.data && !refused && !connection ? <Refused code="crm.not_connected" role={role} /> : null}
      {connection && !refused ? (
        <>
          <ViewLinks label={t("console.crm.views")} views={views} params={{ connectionId }} />
          {children(connection)}
        </>
      ) : null}
    </>
  );
}
