import { roleAllows } from "@aparte/core/roles.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Skeleton } from "@aparte/ui/skeleton.tsx";
import { useQuery } from "@tanstack/react-query";
import { Coins } from "lucide-react";
import type { ReactNode } from "react";
import { Card } from "../../layout/card.tsx";
import { Notice } from "../../layout/notice.tsx";
import { Failure, Refused } from "../../layout/trouble.tsx";
import { useMember } from "../../platform/member-context.tsx";
import { useServices } from "../../platform/services.tsx";
import { RateImport } from "./rate-import.tsx";
import { RateTable } from "./rate-table.tsx";

/** The rate card that estimates are made of: to read for managers, to replace for admins. */
export function PricingPage(): ReactNode {
  const { t } = useWords();
  const { role } = useMember();
  return (
    <>
      <h1 tabIndex={-1} className="mb-4 text-xl font-semibold">
        {t("console.pricing.title")}
      </h1>
      {roleAllows(role, "manager") ? <RateCards /> : <Refused code="identity.not_allowed" role={role} />}
    </>
  );
}

function RateCards(): ReactNode {
  const { t } = useWords();
  const { api } = useServices();
  const { role } = useMember();
  const rates = useQuery({ queryKey: ["pricing", "rates"], queryFn: () => api.pricing.rates.query() });
  return (
    <div className="flex flex-col gap-4">
      <Notice tone="plain">{t("console.pricing.estimate")}</Notice>
      {role === "admin" ? <RateImport id="import" /> : null}
      <Card id="rates" title={t("console.pricing.rates")} icon={<Coins aria-hidden="true" size={18} />}>
        {rates.isError ? <Failure error={rates.error} onRetry={() => void rates.refetch()} /> : null}
        {rates.isPending ? <Skeleton className="h-40 w-full" /> : null}
        {rates.data?.length === 0 ? <p className="text-muted">{t("console.pricing.none")}</p> : null}
        {rates.data && rates.data.length > 0 ? <RateTable rates={rates.data} /> : null}
      </Card>
    </div>
  );
}
