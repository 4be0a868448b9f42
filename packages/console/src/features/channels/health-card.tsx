import { useWords } from "@aparte/i18n/words-context.tsx";
import { useMutation } from "@tanstack/react-query";
import { HeartPulse, RefreshCw } from "lucide-react";
import type { ReactNode } from "react";
import { ActionButton } from "../../layout/action-button.tsx";
import { Card } from "../../layout/card.tsx";
import { StateLabel } from "../../layout/state-label.tsx";
import { Failure, Refused } from "../../layout/trouble.tsx";
import { useMember } from "../../platform/member-context.tsx";
import { useServices } from "../../platform/services.tsx";
import type { ChannelDetail } from "./detail-query.ts";
import { HealthItem } from "./health-item.tsx";
import type { NumberTask } from "./number-dialog.tsx";

/** The six checks of a number, in the order in which they should be mended. */
export function HealthCard(props: {
  readonly id: string;
  readonly channelId: string;
  readonly detail: ChannelDetail;
  /** What was just done here; empty for nothing. */
  readonly status: string;
  readonly onTask: (task: NumberTask) => void;
  /** Reads everything again. */
  readonly onCheck: () => void;
}): ReactNode {
  const { t } = useWords();
  const { id, channelId, detail, status, onTask } = props;
  const wrong = detail.health.filter(({ state }) => state === "problem" || state === "warning");
  const serious = wrong.some(({ state }) => state === "problem");
  return (
    <Card
      id={id}
      title={t("console.number.health")}
      icon={<HeartPulse aria-hidden="true" size={18} />}
      state={
        <StateLabel mood={wrong.length === 0 ? "good" : serious ? "bad" : "waiting"}>
          {t("console.number.health_count", { count: wrong.length })}
        </StateLabel>
      }
      actions={<CheckAgain channelId={channelId} onCheck={props.onCheck} />}
    >
      <p role="status" className="text-sm empty:hidden">
        {status}
      </p>
      <ul className="divide-y divide-line">
        {detail.health.map((view) => (
          <HealthItem
            key={view.check}
            cardId={id}
            channelId={channelId}
            wabaId={detail.ids.wabaId}
            view={view}
            onTask={onTask}
          />
        ))}
      </ul>
    </Card>
  );
}

/** Asks Meta anew. For an admin that lifts a problem that was noted when sending; the next send notes it again if it is there. */
function CheckAgain({ channelId, onCheck }: { readonly channelId: string; readonly onCheck: () => void }): ReactNode {
  const { t } = useWords();
  const { api } = useServices();
  const { role } = useMember();
  const refresh = useMutation({ mutationFn: () => api.channels.refresh.mutate({ channelId }) });
  return (
    <>
      {refresh.data?.ok === false ? <Refused code={refresh.data.refused} role="admin" /> : null}
      {refresh.error ? <Failure error={refresh.error} /> : null}
      <p role="status" className="self-center text-sm text-muted empty:hidden">
        {refresh.isPending ? t("console.channels.refreshing") : ""}
        {refresh.data?.ok ? t("console.channels.refreshed") : ""}
      </p>
      <ActionButton busy={refresh.isPending} onPress={() => (role === "admin" ? refresh.mutate() : onCheck())}>
        <RefreshCw aria-hidden="true" size={16} />
        {t("action.check_again")}
      </ActionButton>
    </>
  );
}
