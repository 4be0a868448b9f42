import { crmTitles } from "@aparte/chat/crm-name.ts";
import { dateAndTime } from "@aparte/chat/when.ts";
import type { CrmHealthView } from "@aparte/core/crm-health.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { HeartPulse } from "lucide-react";
import type { ReactNode } from "react";
import { Card } from "../../layout/card.tsx";
import { FactItem, FactList } from "../../layout/fact-list.tsx";
import { Notice } from "../../layout/notice.tsx";
import { Trouble } from "../../layout/trouble.tsx";
import { useMember } from "../../platform/member-context.tsx";
import type { CrmConnection } from "./connections-query.ts";
import { Moment } from "./moment.tsx";
import { ReconnectButton } from "./reconnect-button.tsx";
import { SyncLabel } from "./sync-label.tsx";

type SyncProps = { readonly connection: CrmConnection; readonly health: CrmHealthView; readonly now: Date };

/** Whether entries arrive, what waits, and why. */
export function SyncCard({ id, ...rest }: SyncProps & { readonly id: string }): ReactNode {
  const { t } = useWords();
  const { health, now } = rest;
  const { waiting, oldestWaitingAt, lastSyncedAt, logMode, incoming } = health;
  return (
    <Card
      id={id}
      title={t("console.crm.health")}
      icon={<HeartPulse aria-hidden="true" size={18} />}
      state={<SyncLabel health={health} />}
    >
      <WhyNot {...rest} />
      <FactList>
        <FactItem name={t("console.crm.last_synced")}>
          {lastSyncedAt === null ? t("console.crm.never") : <Moment at={lastSyncedAt} now={now} />}
        </FactItem>
        <FactItem name={t("console.crm.waiting")}>
          <span className="tabular-nums">{t("console.crm.entries", { count: waiting })}</span>
          {oldestWaitingAt === null ? null : (
            <p className="text-sm text-muted">
              {t("console.crm.oldest")} <Moment at={oldestWaitingAt} now={now} />
            </p>
          )}
        </FactItem>
        <FactItem name={t("console.crm.incoming")}>
          {t("console.crm.changes", { count: incoming.changesWaiting })}
          {incoming.pollFailures > 0 ? (
            <p className="text-sm text-on-warning">
              {t("console.crm.poll_failures", { count: incoming.pollFailures })}
            </p>
          ) : null}
        </FactItem>
        <FactItem name={t("console.crm.once")}>
          {t(`console.crm.once_${logMode}`)}
          <p className="text-sm text-muted">{t(`console.crm.once_${logMode}_text`)}</p>
        </FactItem>
      </FactList>
    </Card>
  );
}

/** Why nothing is written at the moment, and what to do about it; nothing while it is. */
function WhyNot({ connection, health }: SyncProps): ReactNode {
  const { t, locale } = useWords();
  const { role } = useMember();
  const name = crmTitles[health.crm];
  if (health.state === "ended") {
    const reconnect = role === "admin" ? <ReconnectButton connection={connection} tone="brand" /> : null;
    if (health.problem !== null) return <Trouble code={health.problem} role={role} actions={reconnect} />;
    return (
      <Notice tone="plain" actions={reconnect}>
        {t("console.crm.was_disconnected")}
      </Notice>
    );
  }
  if (health.unreachableSince !== null) {
    return (
      <Notice tone="warning">
        {t("console.crm.away", { name, date: dateAndTime(health.unreachableSince, locale) })}
      </Notice>
    );
  }
  if (health.rests === null) return null;
  return (
    <Notice tone="warning">
      <p className="font-semibold">{t("console.crm.rests", { date: dateAndTime(health.rests.until, locale) })}</p>
      <p>{t(`crm.rests.${health.rests.why}`)}</p>
    </Notice>
  );
}
