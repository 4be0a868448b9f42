import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Skeleton } from "@aparte/ui/skeleton.tsx";
import { useQuery } from "@tanstack/react-query";
import { Plus, QrCode as QrSign } from "lucide-react";
import { useState, type ReactNode } from "react";
import { changeCard } from "../../layout/card-focus.ts";
import { Card } from "../../layout/card.tsx";
import { Failure, Refused } from "../../layout/trouble.tsx";
import { useMember } from "../../platform/member-context.tsx";
import { useServices } from "../../platform/services.tsx";
import { CodeDialog, type CodeTask } from "./code-dialog.tsx";
import { CodeItem } from "./code-item.tsx";
import { codesQuery } from "./presence-query.ts";

const cardId = "codes";

/** QR codes and short links that open a chat with a message already written. */
export function CodesPage({ channelId }: { readonly channelId: string }): ReactNode {
  const { t } = useWords();
  const { role } = useMember();
  const codes = useQuery(codesQuery(useServices(), channelId));
  const [task, setTask] = useState<CodeTask | null>(null);
  const [done, setDone] = useState<CodeTask["task"] | null>(null);
  const ask = (asked: CodeTask): void => {
    setDone(null);
    setTask(asked);
  };
  if (codes.isError) return <Failure error={codes.error} onRetry={() => void codes.refetch()} />;
  if (codes.isPending) return <Skeleton className="h-64 w-full" />;
  if (!codes.data.ok) return <Refused code={codes.data.refused} role={role} said={codes.data.facts["details"]} />;
  return (
    <Card
      id={cardId}
      title={t("console.codes.title")}
      icon={<QrSign aria-hidden="true" size={18} />}
      actions={
        role === "admin" ? (
          <Button tone="brand" onClick={() => ask({ task: "create" })}>
            <Plus aria-hidden="true" size={16} />
            {t("console.codes.create")}
          </Button>
        ) : null
      }
    >
      <p className="max-w-prose text-muted">{t("console.codes.text")}</p>
      <p role="status" className="text-sm empty:hidden">
        {done === null ? "" : t(`console.codes.${done}_done`)}
      </p>
      {codes.data.value.length === 0 ? <p className="text-muted">{t("console.codes.none")}</p> : null}
      <ul className="grid gap-4 empty:hidden md:grid-cols-2">
        {codes.data.value.map((code) => (
          <CodeItem key={code.code} code={code} onTask={ask} />
        ))}
      </ul>
      {task ? (
        <CodeDialog
          channelId={channelId}
          {...task}
          onClose={() => setTask(null)}
          onDone={() =>
            changeCard(cardId, () => {
              setDone(task.task);
              setTask(null);
            })
          }
        />
      ) : null}
    </Card>
  );
}
