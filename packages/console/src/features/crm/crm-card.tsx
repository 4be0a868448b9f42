import { useWords } from "@aparte/i18n/words-context.tsx";
import { Skeleton } from "@aparte/ui/skeleton.tsx";
import { useQuery } from "@tanstack/react-query";
import { ContactRound } from "lucide-react";
import type { ReactNode } from "react";
import { focusCard } from "../../layout/card-focus.ts";
import { Card } from "../../layout/card.tsx";
import { StateLabel } from "../../layout/state-label.tsx";
import { Failure } from "../../layout/trouble.tsx";
import { useServices } from "../../platform/services.tsx";
import { useMember } from "../../platform/member-context.tsx";
import { ConnectButton } from "./connect-button.tsx";
import { ConnectionItem } from "./connection-item.tsx";
import { connectionsQuery } from "./connections-query.ts";
import { Permissions } from "./permissions.tsx";
import { ReturnNotice, type ConnectReturn } from "./return-notice.tsx";

/** The CRM that records are read from and conversations are copied to. `returned` is how a visit there has ended. */
export function CrmCard(props: {
  readonly id: string;
  readonly returned: ConnectReturn | null;
  readonly onReturnSeen: () => void;
}): ReactNode {
  const { t } = useWords();
  const connections = useQuery(connectionsQuery(useServices()));
  // One that ended tells why; as soon as another lives, it is history.
  const living = connections.data?.filter((connection) => connection.state === "connected") ?? [];
  const shown = living.length > 0 ? living : (connections.data?.slice(-1) ?? []);
  return (
    <Card
      id={props.id}
      title="HubSpot"
      icon={<ContactRound aria-hidden="true" size={18} />}
      state={
        connections.data ? (
          <StateLabel mood={living.length > 0 ? "good" : "neutral"}>
            {t(living.length > 0 ? "console.crm.state_connected" : "console.crm.state_none")}
          </StateLabel>
        ) : null
      }
    >
      {props.returned ? (
        <ReturnNotice
          returned={props.returned}
          onClose={() => {
            focusCard(props.id);
            props.onReturnSeen();
          }}
        />
      ) : null}
      {connections.isError ? <Failure error={connections.error} onRetry={() => void connections.refetch()} /> : null}
      {connections.isPending ? <Skeleton className="h-28 w-full" /> : null}
      {connections.data?.length === 0 ? <NotConnected /> : null}
      {shown.map((connection) => (
        <ConnectionItem key={connection.id} connection={connection} cardId={props.id} />
      ))}
      {shown.length > 0 ? (
        <details className="text-sm">
          <summary className="py-0.5 text-muted">{t("console.crm.permissions")}</summary>
          <Permissions />
        </details>
      ) : null}
    </Card>
  );
}

function NotConnected(): ReactNode {
  const { t } = useWords();
  const { role } = useMember();
  if (role !== "admin") return <p className="text-muted">{t("console.crm.none_for_others")}</p>;
  return (
    <>
      <p className="max-w-prose text-muted">{t("console.crm.none")}</p>
      <div className="text-sm">
        <p>{t("console.crm.will_ask")}</p>
        <Permissions />
      </div>
      <ConnectButton tone="brand">{t("console.crm.connect")}</ConnectButton>
    </>
  );
}
