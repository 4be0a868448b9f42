import { crmTitles } from "@aparte/chat/crm-name.ts";
import { dateAndTime } from "@aparte/chat/when.ts";
import type { CrmHealthView } from "@aparte/core/crm-health.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Skeleton } from "@aparte/ui/skeleton.tsx";
import { useQuery } from "@tanstack/react-query";
import { ExternalLink, UserX } from "lucide-react";
import { useState, type ReactNode } from "react";
import { changeCard } from "../../layout/card-focus.ts";
import { Card } from "../../layout/card.tsx";
import { StateLabel } from "../../layout/state-label.tsx";
import { Failure } from "../../layout/trouble.tsx";
import { useMember } from "../../platform/member-context.tsx";
import { useServices } from "../../platform/services.tsx";
import { erasuresQuery, type Erasure } from "./connections-query.ts";
import { ErasureDialog } from "./erasure-dialog.tsx";

/** People who want to be forgotten, as a field of the CRM says: an admin agrees to each. */
export function ErasuresCard({ id, health }: { readonly id: string; readonly health: CrmHealthView }): ReactNode {
  const { t } = useWords();
  const { role } = useMember();
  const { crm, incoming } = health;
  const count = incoming.erasuresAsked;
  return (
    <Card
      id={id}
      title={t("console.crm.erasures")}
      icon={<UserX aria-hidden="true" size={18} />}
      state={
        <StateLabel mood={count > 0 ? "waiting" : "neutral"}>{t("console.crm.erasures_count", { count })}</StateLabel>
      }
    >
      <p className="max-w-prose text-muted">{t(`console.crm.erasures_text_${crm}`)}</p>
      {role === "admin" ? <Wishes cardId={id} health={health} /> : null}
      {role !== "admin" && count > 0 ? <p>{t("console.crm.erasures_for_admins")}</p> : null}
    </Card>
  );
}

function Wishes({ cardId, health }: { readonly cardId: string; readonly health: CrmHealthView }): ReactNode {
  const { t, locale } = useWords();
  const [asked, setAsked] = useState<Erasure | null>(null);
  const [forgotten, setForgotten] = useState(false);
  const wishes = useQuery(erasuresQuery(useServices()));
  if (wishes.isError) return <Failure error={wishes.error} onRetry={() => void wishes.refetch()} />;
  if (wishes.isPending) return <Skeleton className="h-16 w-full" />;
  const own = wishes.data.filter(({ connectionId }) => connectionId === health.connectionId);
  return (
    <>
      <p role="status" className="text-sm empty:hidden">
        {forgotten ? t("console.crm.forgotten") : ""}
      </p>
      <ul className="divide-y divide-line empty:hidden">
        {own.map((wish) => (
          <li
            key={`${wish.record.ref.type} ${wish.record.ref.id}`}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2.5 first:pt-0 last:pb-0"
          >
            <div className="min-w-0">
              <a
                href={wish.record.url}
                target="_blank"
                rel="noreferrer"
                className="font-semibold wrap-anywhere underline underline-offset-2"
              >
                <bdi>{wish.record.name}</bdi>
                <ExternalLink aria-hidden="true" size={13} className="ms-1 inline" />
                <span className="sr-only">{t("console.new_tab")}</span>
              </a>
              <p className="text-sm text-muted">
                {t("console.crm.erasure_said", { field: wish.field, date: dateAndTime(wish.since, locale) })}
              </p>
            </div>
            <Button onClick={() => setAsked(wish)}>
              {t("console.crm.forget")}
              <span className="sr-only">{wish.record.name}</span>
            </Button>
          </li>
        ))}
      </ul>
      {asked ? (
        <ErasureDialog
          wish={asked}
          name={crmTitles[health.crm]}
          onClose={() => setAsked(null)}
          onDone={() =>
            changeCard(cardId, () => {
              setForgotten(true);
              setAsked(null);
            })
          }
        />
      ) : null}
    </>
  );
}
