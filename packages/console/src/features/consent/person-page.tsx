import { useWords } from "@aparte/i18n/words-context.tsx";
import { Skeleton } from "@aparte/ui/skeleton.tsx";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Failure, Refused } from "../../layout/trouble.tsx";
import { useTitle } from "../../layout/use-title.ts";
import { useMember } from "../../platform/member-context.tsx";
import { useServices } from "../../platform/services.tsx";
import { LedgerCard } from "./ledger-card.tsx";
import { personQuery } from "./person-query.ts";
import { RecordCard } from "./record-card.tsx";
import { StateCard } from "./state-card.tsx";

/** One person's consent: what they allow, the evidence behind it, and a way to write down what they say. */
export function PersonPage({ contactId }: { readonly contactId: string }): ReactNode {
  const { t } = useWords();
  const { role } = useMember();
  const query = useQuery(personQuery(useServices(), contactId));
  const person = query.data?.ok ? query.data.person : null;
  const name = person?.name ?? person?.number ?? t("console.consent.somebody");
  useTitle(t("console.consent.of", { name }));
  return (
    <>
      <h1 tabIndex={-1} className="text-xl font-semibold wrap-anywhere">
        {t("console.consent.of", { name })}
      </h1>
      <p className="min-h-5 text-muted">{person?.name ? person.number : null}</p>
      {query.isError ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isPending ? <Skeleton className="h-96 w-full" /> : null}
      {query.data?.ok === false ? <Refused code={query.data.refused} role={role} /> : null}
      {person ? (
        <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,5fr)_minmax(0,4fr)]">
          <div className="flex min-w-0 flex-col gap-4">
            <StateCard contactId={contactId} person={person} now={new Date(query.dataUpdatedAt)} />
            <LedgerCard person={person} />
          </div>
          <RecordCard contactId={contactId} person={person} />
        </div>
      ) : null}
    </>
  );
}
