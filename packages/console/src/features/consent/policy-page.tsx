import { dateAndTime } from "@aparte/chat/when.ts";
import { defaultPolicy } from "@aparte/core/consent-policy.ts";
import { roleAllows } from "@aparte/core/roles.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Skeleton } from "@aparte/ui/skeleton.tsx";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Failure } from "../../layout/trouble.tsx";
import { useMember } from "../../platform/member-context.tsx";
import { membersQuery } from "../../platform/members-query.ts";
import { useServices } from "../../platform/services.tsx";
import { PolicyFields } from "./policy-fields.tsx";
import { policyQuery, type PolicyView } from "./policy-query.ts";
import { valuesOf } from "./policy-values.ts";

/** How the firm treats consent, hours and frequency, each setting with its consequence: to choose for admins, to read for others. */
export function PolicyPage(): ReactNode {
  const { t } = useWords();
  const query = useQuery(policyQuery(useServices()));
  return (
    <>
      <p className="mb-4 max-w-prose text-muted">{t("console.policy.intro")}</p>
      {query.isError ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data && query.isFetchedAfterMount ? <Policy view={query.data} /> : null}
      {query.isError || (query.data && query.isFetchedAfterMount) ? null : <Skeleton className="h-96 w-full" />}
    </>
  );
}

function Policy({ view }: { readonly view: PolicyView }): ReactNode {
  const { t } = useWords();
  const { role } = useMember();
  return (
    <>
      <p className="mb-4 text-sm text-muted">
        <LastChange changed={view.changed} /> {role === "admin" ? null : t("console.policy.for_admins")}
      </p>
      <PolicyFields initial={valuesOf(view.policy)} defaults={valuesOf(defaultPolicy)} />
    </>
  );
}

function LastChange({ changed }: { readonly changed: PolicyView["changed"] }): ReactNode {
  const { t, locale } = useWords();
  const services = useServices();
  const { role } = useMember();
  const members = useQuery({ ...membersQuery(services), enabled: roleAllows(role, "manager") });
  if (changed === null) return t("console.policy.untouched");
  const date = dateAndTime(changed.at, locale);
  const name = members.data?.find(({ userId }) => userId === changed.by)?.name;
  return name === undefined
    ? t("console.policy.changed_unknown", { date })
    : t("console.policy.changed", { date, name });
}
