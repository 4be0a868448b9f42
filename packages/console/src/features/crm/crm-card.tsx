import { crmTitles } from "@aparte/chat/crm-name.ts";
import type { CrmName } from "@aparte/core/crm-record.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Dialog } from "@aparte/ui/dialog.tsx";
import { Skeleton } from "@aparte/ui/skeleton.tsx";
import { useQuery } from "@tanstack/react-query";
import { ContactRound } from "lucide-react";
import { useState, type ReactNode } from "react";
import { focusCard } from "../../layout/card-focus.ts";
import { Card } from "../../layout/card.tsx";
import { StateLabel } from "../../layout/state-label.tsx";
import { Failure } from "../../layout/trouble.tsx";
import { useServices } from "../../platform/services.tsx";
import { useMember } from "../../platform/member-context.tsx";
import { ConnectForm } from "./connect-form.tsx";
import { ConnectionItem } from "./connection-item.tsx";
import { connectionsQuery, type CrmConnection } from "./connections-query.ts";
import { permissionReasons } from "./permission-reasons.ts";
import { Permissions } from "./permissions.tsx";
import { ReturnNotice, type ConnectReturn } from "./return-notice.tsx";

const crms = Object.keys(permissionReasons) as readonly CrmName[];

/** The CRMs that records are read from and conversations are copied to. `returned` is how a visit there has ended. */
export function CrmCard(props: {
  readonly id: string;
  readonly returned: ConnectReturn | null;
  readonly onReturnSeen: () => void;
}): ReactNode {
  const connections = useQuery(connectionsQuery(useServices()));
  return (
    <Card id={props.id} title="CRM" icon={<ContactRound aria-hidden="true" size={18} />}>
      {props.returned && connections.data ? (
        <ReturnNotice
          returned={props.returned}
          newest={newestOf(connections.data)}
          onClose={() => {
            focusCard(props.id);
            props.onReturnSeen();
          }}
        />
      ) : null}
      {connections.isError ? <Failure error={connections.error} onRetry={() => void connections.refetch()} /> : null}
      {connections.isPending ? <Skeleton className="h-28 w-full" /> : null}
      {connections.data
        ? crms.map((crm) => (
            <CrmSection
              key={crm}
              crm={crm}
              cardId={props.id}
              connections={connections.data.filter((connection) => connection.crm === crm)}
            />
          ))
        : null}
    </Card>
  );
}

function newestOf(connections: readonly CrmConnection[]): CrmConnection | null {
  return connections.toSorted((a, b) => a.connectedAt.localeCompare(b.connectedAt)).at(-1) ?? null;
}

type SectionProps = {
  readonly crm: CrmName;
  readonly connections: readonly CrmConnection[];
  readonly cardId: string;
};

/** The accounts of one CRM, or the way to the first. */
function CrmSection({ crm, connections, cardId }: SectionProps): ReactNode {
  const { t } = useWords();
  const { role } = useMember();
  const [adding, setAdding] = useState(false);
  const lives = connections.some(({ state }) => state === "connected");
  const titleId = `${cardId}-${crm}`;
  return (
    <section
      aria-labelledby={titleId}
      className="flex flex-col gap-4 border-line not-first-of-type:border-t not-first-of-type:pt-4"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h3 id={titleId} className="font-semibold">
          {crmTitles[crm]}
        </h3>
        <StateLabel mood={lives ? "good" : "neutral"}>
          {t(lives ? "console.crm.state_connected" : "console.crm.state_none")}
        </StateLabel>
        {role === "admin" && connections.length > 0 ? (
          <Button tone="link" className="ms-auto text-sm" onClick={() => setAdding(true)}>
            {t("console.crm.connect_another")}
          </Button>
        ) : null}
      </div>
      {connections.length === 0 ? <NotConnected crm={crm} /> : null}
      {shownOf(connections).map((connection) => (
        <ConnectionItem key={connection.id} connection={connection} cardId={cardId} />
      ))}
      {connections.length > 0 ? (
        <details className="text-sm">
          <summary className="py-0.5 text-muted">{t("console.crm.permissions")}</summary>
          <Permissions crm={crm} />
        </details>
      ) : null}
      {adding ? (
        <Dialog title={t("console.crm.connect", { name: crmTitles[crm] })} onClose={() => setAdding(false)}>
          <ConnectForm crm={crm} onCancel={() => setAdding(false)} />
        </Dialog>
      ) : null}
    </section>
  );
}

/** Those that live and those that ended by themselves; when there is neither, the one that was connected last. */
function shownOf(connections: readonly CrmConnection[]): readonly CrmConnection[] {
  const shown = connections.filter(({ state, problem }) => state === "connected" || problem !== null);
  return shown.length > 0 ? shown : connections.slice(-1);
}

function NotConnected({ crm }: { readonly crm: CrmName }): ReactNode {
  const { t } = useWords();
  const { role } = useMember();
  const name = crmTitles[crm];
  if (role !== "admin") return <p className="text-muted">{t("console.crm.none_for_others", { name })}</p>;
  return (
    <>
      <p className="max-w-prose text-muted">{t("console.crm.none", { name })}</p>
      <ConnectForm crm={crm} onCancel={null} />
    </>
  );
}
