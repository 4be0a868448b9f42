import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Skeleton } from "@aparte/ui/skeleton.tsx";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus, QrCode } from "lucide-react";
import { useState, type ReactNode } from "react";
import { changeCard } from "../../layout/card-focus.ts";
import { Card } from "../../layout/card.tsx";
import { Failure } from "../../layout/trouble.tsx";
import { useServices } from "../../platform/services.tsx";
import { EndDialog } from "./end-dialog.tsx";
import { JoinItem } from "./join-item.tsx";
import { joinsQuery, type Join, type Joins } from "./joins-query.ts";
import { MakeDialog } from "./make-dialog.tsx";
import { TurnedAwayCard } from "./turned-away-card.tsx";

const cardId = "joins";

/** Links and QR codes by which people agree with a message of their own: how many did, and what proved nothing. */
export function JoinsPage(): ReactNode {
  const joins = useQuery(joinsQuery(useServices()));
  if (joins.isError) return <Failure error={joins.error} onRetry={() => void joins.refetch()} />;
  if (joins.isPending) return <Skeleton className="h-96 w-full" />;
  return (
    <div className="flex flex-col gap-4">
      <JoinsCard joins={joins.data} />
      {joins.data.turnedAway.length > 0 ? <TurnedAwayCard turnedAway={joins.data.turnedAway} /> : null}
    </div>
  );
}

type Task = { readonly task: "make" } | { readonly task: "end"; readonly join: Join };

function JoinsCard({ joins }: { readonly joins: Joins }): ReactNode {
  const { t } = useWords();
  const services = useServices();
  const client = useQueryClient();
  const [task, setTask] = useState<Task | null>(null);
  const [done, setDone] = useState<"made" | "ended" | null>(null);
  const ask = (asked: Task): void => {
    setDone(null);
    setTask(asked);
  };
  const finish = async (what: "made" | "ended"): Promise<void> => {
    await client.invalidateQueries(joinsQuery(services));
    changeCard(cardId, () => {
      setDone(what);
      setTask(null);
    });
  };
  return (
    <Card
      id={cardId}
      title={t("console.joins.title")}
      icon={<QrCode aria-hidden="true" size={18} />}
      actions={
        <Button tone="brand" onClick={() => ask({ task: "make" })}>
          <Plus aria-hidden="true" size={16} />
          {t("console.joins.new")}
        </Button>
      }
    >
      <p className="max-w-prose text-muted">{t("console.joins.text")}</p>
      <p role="status" className="text-sm empty:hidden">
        {done === null ? "" : t(`console.joins.${done}`)}
      </p>
      {joins.joins.length === 0 ? <p className="text-muted">{t("console.joins.none")}</p> : null}
      <ul className="grid gap-4 empty:hidden xl:grid-cols-2">
        {joins.joins.map((join) => (
          <JoinItem key={join.id} join={join} onEnd={() => ask({ task: "end", join })} />
        ))}
      </ul>
      {task?.task === "make" ? (
        <MakeDialog ours={joins.ours} onClose={() => setTask(null)} onDone={() => void finish("made")} />
      ) : null}
      {task?.task === "end" ? (
        <EndDialog join={task.join} onClose={() => setTask(null)} onDone={() => void finish("ended")} />
      ) : null}
    </Card>
  );
}
