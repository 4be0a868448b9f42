import { useWords } from "@aparte/i18n/words-context.tsx";
import { Skeleton } from "@aparte/ui/skeleton.tsx";
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { changeCard } from "../../layout/card-focus.ts";
import { Failure, Refused } from "../../layout/trouble.tsx";
import { useMember } from "../../platform/member-context.tsx";
import { useServices } from "../../platform/services.tsx";
import { AccountCard } from "./account-card.tsx";
import { detailQuery, type ChannelDetail } from "./detail-query.ts";
import { HealthCard } from "./health-card.tsx";
import { NewsCard } from "./news-card.tsx";
import { NumberDialog, type NumberTask } from "./number-dialog.tsx";
import { StandingCard } from "./standing-card.tsx";
import { VersionNotice } from "./version-notice.tsx";

/** How one number stands at Meta, what is wrong with it, and the ways to mend it. */
export function NumberPage({ channelId }: { readonly channelId: string }): ReactNode {
  const { role } = useMember();
  const detail = useQuery(detailQuery(useServices(), channelId));
  if (detail.isError) return <Failure error={detail.error} onRetry={() => void detail.refetch()} />;
  if (detail.isPending) return <Skeleton className="h-96 w-full" />;
  if (!detail.data.ok) return <Refused code={detail.data.refused} role={role} />;
  return <NumberDetail channelId={channelId} detail={detail.data.detail} onCheck={() => void detail.refetch()} />;
}

const healthId = "health";

function NumberDetail(props: {
  readonly channelId: string;
  readonly detail: ChannelDetail;
  readonly onCheck: () => void;
}): ReactNode {
  const { t } = useWords();
  const { channelId, detail } = props;
  const [task, setTask] = useState<NumberTask | null>(null);
  const [done, setDone] = useState<NumberTask | null>(null);
  const ask = (asked: NumberTask): void => {
    setDone(null);
    setTask(asked);
  };
  return (
    <div className="flex flex-col gap-4">
      <VersionNotice version={detail.version} />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,5fr)_minmax(0,4fr)]">
        <HealthCard
          id={healthId}
          channelId={channelId}
          detail={detail}
          status={done === null ? "" : t(`console.number.${done}_done`)}
          onTask={ask}
          onCheck={props.onCheck}
        />
        <div className="flex min-w-0 flex-col gap-4">
          <StandingCard id="standing" channelId={channelId} detail={detail} onTask={ask} />
          <AccountCard id="account" detail={detail} />
        </div>
      </div>
      <NewsCard id="news" news={detail.news} />
      {task === null ? null : (
        <NumberDialog
          task={task}
          channelId={channelId}
          ids={detail.ids}
          onClose={() => setTask(null)}
          onDone={() =>
            changeCard(healthId, () => {
              setDone(task);
              setTask(null);
            })
          }
        />
      )}
    </div>
  );
}
