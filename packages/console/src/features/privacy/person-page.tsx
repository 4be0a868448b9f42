import { useWords } from "@aparte/i18n/words-context.tsx";
import { Skeleton } from "@aparte/ui/skeleton.tsx";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Notice } from "../../layout/notice.tsx";
import { Failure, Refused } from "../../layout/trouble.tsx";
import { useTitle } from "../../layout/use-title.ts";
import { useMember } from "../../platform/member-context.tsx";
import { useServices } from "../../platform/services.tsx";
import { AccessCard } from "./access-card.tsx";
import { ActsCard } from "./acts-card.tsx";
import { CorrectCard } from "./correct-card.tsx";
import { EraseCard } from "./erase-card.tsx";
import { KeepCard } from "./keep-card.tsx";
import { personQuery, type PrivacyPersonView } from "./privacy-query.ts";
import { ReadsCard } from "./reads-card.tsx";

/** One person's rights: a copy, a correction, a restriction, an erasure, and who of us read what. */
export function PersonPage({ contactId }: { readonly contactId: string }): ReactNode {
  const { t } = useWords();
  const { role } = useMember();
  const query = useQuery({ ...personQuery(useServices(), contactId), enabled: role === "admin" });
  const person = query.data?.ok ? query.data.person : null;
  const name = person?.name ?? person?.number ?? t("console.privacy.somebody");
  useTitle(t("console.privacy.of", { name }));
  return (
    <>
      <h1 tabIndex={-1} className="text-xl font-semibold wrap-anywhere">
        {t("console.privacy.of", { name })}
      </h1>
      <p className="min-h-5 text-muted">{person?.name ? person.number : null}</p>
      {role === "admin" ? null : <Refused code="identity.not_allowed" role={role} />}
      {query.isError ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : null}
      {role === "admin" && query.isPending ? <Skeleton className="h-96 w-full" /> : null}
      {query.data?.ok === false ? <Refused code={query.data.refused} role={role} /> : null}
      {person ? <Cards person={person} /> : null}
    </>
  );
}

function Cards({ person }: { readonly person: PrivacyPersonView }): ReactNode {
  const { t } = useWords();
  return (
    <>
      {person.isErased ? <Notice tone="plain">{t("console.privacy.is_erased")}</Notice> : null}
      <div className="mt-4 grid items-start gap-4 xl:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          {person.isErased ? null : (
            <>
              <AccessCard person={person} />
              <KeepCard person={person} />
              <CorrectCard person={person} />
              <EraseCard person={person} />
            </>
          )}
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <ReadsCard contactId={person.contactId} />
          <ActsCard person={person} />
        </div>
      </div>
    </>
  );
}
