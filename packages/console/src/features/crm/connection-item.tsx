import { dateAndTime } from "@aparte/chat/when.ts";
import { roleAllows } from "@aparte/core/roles.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import { changeCard } from "../../layout/card-focus.ts";
import { linkLook } from "../../layout/link-look.ts";
import { Notice } from "../../layout/notice.tsx";
import { Trouble } from "../../layout/trouble.tsx";
import { useMember } from "../../platform/member-context.tsx";
import { useServices } from "../../platform/services.tsx";
import { healthQuery, type CrmConnection } from "./connections-query.ts";
import { DisconnectDialog } from "./disconnect-dialog.tsx";
import { ReconnectButton } from "./reconnect-button.tsx";
import { SyncLabel } from "./sync-label.tsx";

/** One connected account, or one that was. */
export function ConnectionItem(props: { readonly connection: CrmConnection; readonly cardId: string }): ReactNode {
  const { t, locale } = useWords();
  const { role } = useMember();
  const { connection, cardId } = props;
  const [leaving, setLeaving] = useState(false);
  const lives = connection.state === "connected";
  return (
    <article aria-label={connection.accountName} className="flex flex-col gap-3">
      <div>
        <p className="text-xl font-semibold wrap-anywhere">{connection.accountName}</p>
        <p className="wrap-anywhere text-muted">
          {t("console.crm.account", { id: connection.account, host: connection.uiDomain })}
        </p>
      </div>
      {lives ? (
        <div>
          <p>{t("console.crm.since", { date: dateAndTime(connection.connectedAt, locale) })}</p>
          {roleAllows(role, "manager") ? <Sync connectionId={connection.id} /> : null}
        </div>
      ) : (
        <Ended connection={connection} />
      )}
      <div className="flex flex-wrap items-end gap-2 empty:hidden">
        {roleAllows(role, "manager") ? (
          <Link to="/crm/$connectionId" params={{ connectionId: connection.id }} className={linkLook}>
            {t("console.crm.open")}
          </Link>
        ) : null}
        {role === "admin" ? <ReconnectButton connection={connection} tone={lives ? "plain" : "brand"} /> : null}
        {role === "admin" && lives ? (
          <Button onClick={() => setLeaving(true)}>{t("console.crm.disconnect")}</Button>
        ) : null}
      </div>
      {leaving ? (
        <DisconnectDialog
          connection={connection}
          onClose={() => setLeaving(false)}
          onDone={() => changeCard(cardId, () => setLeaving(false))}
        />
      ) : null}
    </article>
  );
}

function Sync({ connectionId }: { readonly connectionId: string }): ReactNode {
  const health = useQuery(healthQuery(useServices()));
  const own = health.data?.find((view) => view.connectionId === connectionId);
  return <p className="min-h-5">{own ? <SyncLabel health={own} /> : null}</p>;
}

function Ended({ connection }: { readonly connection: CrmConnection }): ReactNode {
  const { t } = useWords();
  const { role } = useMember();
  return connection.problem ? (
    <Trouble code={connection.problem} role={role} />
  ) : (
    <Notice tone="plain">{t("console.crm.was_disconnected")}</Notice>
  );
}
