import { crmTitles } from "@aparte/chat/crm-name.ts";
import type { CrmHealthView } from "@aparte/core/crm-health.ts";
import { errorRule } from "@aparte/core/errors.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { useMutation } from "@tanstack/react-query";
import { CircleX, Trash2, Wrench } from "lucide-react";
import type { ReactNode } from "react";
import { ActionButton } from "../../layout/action-button.tsx";
import { focusCard } from "../../layout/card-focus.ts";
import { Card } from "../../layout/card.tsx";
import { Failure, fixKey, Refused } from "../../layout/trouble.tsx";
import { useMember } from "../../platform/member-context.tsx";
import { useServices } from "../../platform/services.tsx";
import type { CrmConnection } from "./connections-query.ts";
import { ReconnectButton } from "./reconnect-button.tsx";
import { failedCount } from "./sync-state.ts";

/** Entries that are missing in the CRM: those that it refused, by reason, and those that somebody deleted there. */
export function FailedCard(props: {
  readonly id: string;
  readonly connection: CrmConnection;
  readonly health: CrmHealthView;
}): ReactNode {
  const { t } = useWords();
  const { api } = useServices();
  const { role } = useMember();
  const { id, connection, health } = props;
  const { connectionId, failed, gone } = health;
  const isNone = failed.length === 0 && gone === 0;
  const needsRights = failed.some(({ reason }) => reason === "crm.permission_missing");
  const repair = useMutation({
    mutationFn: (deleted: boolean) => api.crm.repair.mutate({ connectionId, gone: deleted }),
    // The button goes away with what it mends.
    onSuccess: ({ ok }) => {
      if (ok) focusCard(id);
    },
  });
  return (
    <Card id={id} title={t("console.crm.missing")} icon={<Wrench aria-hidden="true" size={18} />}>
      <p role="status" className="text-sm empty:hidden">
        {repair.data?.ok && isNone ? t("console.crm.repairing", { count: repair.data.count }) : ""}
      </p>
      {repair.data?.ok === false ? <Refused code={repair.data.refused} role={role} /> : null}
      {repair.error ? <Failure error={repair.error} /> : null}
      {isNone ? <p className="text-muted">{t("console.crm.missing_none")}</p> : null}
      {failed.length > 0 ? (
        <>
          <Reasons failed={failed} />
          <div className="flex flex-wrap gap-2">
            <ActionButton tone="brand" busy={repair.isPending} onPress={() => repair.mutate(false)}>
              {t("console.crm.repair", { count: failedCount(health) })}
            </ActionButton>
            {role === "admin" && needsRights ? <ReconnectButton connection={connection} tone="plain" /> : null}
          </div>
        </>
      ) : null}
      {gone > 0 ? (
        <div className="flex flex-col items-start gap-3">
          <p className="flex gap-3">
            <Trash2 aria-hidden="true" size={18} className="mt-px shrink-0 text-muted" />
            {t("console.crm.gone", { count: gone, name: crmTitles[health.crm] })}
          </p>
          <ActionButton busy={repair.isPending} onPress={() => repair.mutate(true)}>
            {t("console.crm.write_gone", { count: gone })}
          </ActionButton>
        </div>
      ) : null}
    </Card>
  );
}

/** Why the CRM refused them, what to do about each reason, and who can. */
function Reasons({ failed }: Pick<CrmHealthView, "failed">): ReactNode {
  const { t } = useWords();
  const { role } = useMember();
  return (
    <ul className="divide-y divide-line">
      {failed.map(({ reason, count }) => (
        <li key={reason} className="flex gap-3 py-3 first:pt-0 last:pb-0">
          <CircleX aria-hidden="true" size={18} className="mt-px shrink-0 text-error" />
          <div className="min-w-0 grow">
            <p className="font-semibold">{t(`error.${reason}`)}</p>
            <p className="text-muted">{t(fixKey(reason, role))}</p>
            {errorRule(reason).fixer === "admin" ? (
              <p className="text-sm text-muted">{t(`console.fixer.${role === "admin" ? "you" : "admin"}`)}</p>
            ) : null}
          </div>
          <span className="shrink-0 tabular-nums">{t("console.crm.entries", { count })}</span>
        </li>
      ))}
    </ul>
  );
}
