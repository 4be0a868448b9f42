import { dateAndTime } from "@aparte/chat/when.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { useState, type ReactNode } from "react";
import { changeCard } from "../../layout/card-focus.ts";
import { Notice } from "../../layout/notice.tsx";
import { Trouble } from "../../layout/trouble.tsx";
import { useMember } from "../../platform/member-context.tsx";
import { ConnectButton } from "./connect-button.tsx";
import type { CrmConnection } from "./connections-query.ts";
import { DisconnectDialog } from "./disconnect-dialog.tsx";

/** One connected account, or the one that was connected last. */
export function ConnectionItem(props: { readonly connection: CrmConnection; readonly cardId: string }): ReactNode {
  const { t, locale } = useWords();
  const { role } = useMember();
  const { connection, cardId } = props;
  const [leaving, setLeaving] = useState(false);
  const lives = connection.state === "connected";
  return (
    <article
      aria-label={connection.accountName}
      className="flex flex-col gap-4 border-line not-first-of-type:border-t not-first-of-type:pt-4"
    >
      <div>
        <p className="text-xl font-semibold wrap-anywhere">{connection.accountName}</p>
        <p className="text-muted">{t("console.crm.account", { id: connection.account, host: connection.uiDomain })}</p>
      </div>
      {lives ? (
        <p>{t("console.crm.since", { date: dateAndTime(connection.connectedAt, locale) })}</p>
      ) : (
        <Ended connection={connection} />
      )}
      {role === "admin" ? (
        <div className="flex flex-wrap gap-2">
          <ConnectButton tone={lives ? "plain" : "brand"}>{t("console.crm.reconnect")}</ConnectButton>
          {lives ? <Button onClick={() => setLeaving(true)}>{t("console.crm.disconnect")}</Button> : null}
        </div>
      ) : null}
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

function Ended({ connection }: { readonly connection: CrmConnection }): ReactNode {
  const { t } = useWords();
  const { role } = useMember();
  return connection.problem ? (
    <Trouble code={connection.problem} role={role} />
  ) : (
    <Notice tone="plain">{t("console.crm.was_disconnected")}</Notice>
  );
}
