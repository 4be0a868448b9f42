import { crmTitles } from "@aparte/chat/crm-name.ts";
import type { CrmHealthView } from "@aparte/core/crm-health.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { useMutation } from "@tanstack/react-query";
import { Scale } from "lucide-react";
import { useState, type ReactNode } from "react";
import { ActionButton } from "../../layout/action-button.tsx";
import { Card } from "../../layout/card.tsx";
import { StateLabel } from "../../layout/state-label.tsx";
import { Failure, Refused } from "../../layout/trouble.tsx";
import { useMember } from "../../platform/member-context.tsx";
import { useServices } from "../../platform/services.tsx";
import { Moment } from "./moment.tsx";

type DriftProps = { readonly health: CrmHealthView; readonly now: Date };

/** What the last comparison of our entries with the CRM's has found and mended, and a way to have one at once. */
export function DriftCard({ id, health, now }: DriftProps & { readonly id: string }): ReactNode {
  const { t } = useWords();
  const { api } = useServices();
  const { role } = useMember();
  const { connectionId, drift } = health;
  /** When the last comparison ended as another was asked for; null while none was. */
  const [askedAfter, setAskedAfter] = useState<string | null>(null);
  const before = drift?.at ?? "never";
  const check = useMutation({
    mutationFn: () => api.crm.checkDrift.mutate({ connectionId }),
    onSuccess: ({ ok }) => {
      if (ok) setAskedAfter(before);
    },
  });
  const comparing = check.isPending || askedAfter === before;
  return (
    <Card
      id={id}
      title={t("console.crm.drift")}
      icon={<Scale aria-hidden="true" size={18} />}
      state={drift && !comparing ? <Verdict drift={drift} /> : null}
    >
      <p className="max-w-prose text-muted">{t("console.crm.drift_text", { name: crmTitles[health.crm] })}</p>
      <div role="status" className="empty:hidden">
        {comparing ? <p>{t("console.crm.comparing")}</p> : <LastReport health={health} now={now} />}
      </div>
      {check.data?.ok === false ? <Refused code={check.data.refused} role={role} /> : null}
      {check.error ? <Failure error={check.error} /> : null}
      {health.state === "connected" ? (
        <ActionButton className="self-start" busy={comparing} onPress={() => check.mutate()}>
          {t("console.crm.compare")}
        </ActionButton>
      ) : null}
    </Card>
  );
}

function Verdict({ drift }: { readonly drift: NonNullable<CrmHealthView["drift"]> }): ReactNode {
  const { t } = useWords();
  const { missing, changed, doubled } = drift;
  const differs = missing + changed + doubled > 0;
  return (
    <StateLabel mood={missing > 0 ? "waiting" : "good"}>
      {t(differs ? "console.crm.drift_found" : "console.crm.drift_none")}
    </StateLabel>
  );
}

const findings = ["changed", "doubled", "missing"] as const;

function LastReport({ health, now }: DriftProps): ReactNode {
  const { t } = useWords();
  const { drift } = health;
  if (drift === null) return <p className="text-muted">{t("console.crm.drift_never")}</p>;
  const found = findings.filter((finding) => drift[finding] > 0);
  return (
    <>
      <p>
        {t("console.crm.drift_checked", { count: drift.checked })} <Moment at={drift.at} now={now} />
      </p>
      <ul className="mt-1 list-disc space-y-1 ps-5 empty:hidden">
        {found.map((finding) => (
          <li key={finding}>{t(`console.crm.drift_${finding}`, { count: drift[finding] })}</li>
        ))}
      </ul>
    </>
  );
}
