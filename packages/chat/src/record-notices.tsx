import type { RepairView } from "@aparte/core/crm-health.ts";
import type { RecordSignal } from "@aparte/core/crm-match.ts";
import type { SyncView } from "@aparte/core/record-view.ts";
import type { Outcome } from "@aparte/core/result.ts";
import { useLaterWords } from "@aparte/i18n/words-context.tsx";
import { Banner } from "@aparte/ui/banner.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { TriangleAlert } from "lucide-react";
import { useState, type ReactNode } from "react";
import { crmTitles } from "./crm-name.ts";
import { dateAndTime } from "./when.ts";

export type RecordNoticesProps = {
  readonly signals: readonly RecordSignal[];
  readonly sync: SyncView;
  /** How the CRM is called that the copy goes to. */
  readonly crm: string;
  /** Writes the person's entries again; absent where nobody can. */
  readonly repair: (() => Promise<Outcome<RepairView>>) | undefined;
};

/** What the CRM says against messages, and a copy that does not reach it. */
export function RecordNotices({ signals, sync, crm, repair }: RecordNoticesProps): ReactNode {
  const { t } = useLaterWords();
  return (
    <>
      {signals.map(({ crm: from, kind, field }) => (
        <Banner key={`${from} ${kind} ${field}`} tone="warning" icon={<TriangleAlert aria-hidden="true" size={16} />}>
          {t(`people.signal_${kind}`, { crm: crmTitles[from], field })}
        </Banner>
      ))}
      {sync.state === "failed" ? <SyncFailed {...{ sync, crm, repair }} /> : null}
    </>
  );
}

type Repaired =
  | { readonly state: "untried" | "running" | "failed" }
  | { readonly state: "asked"; readonly count: number };

function SyncFailed({ sync, crm, repair }: Omit<RecordNoticesProps, "signals">): ReactNode {
  const { t, locale } = useLaterWords();
  const [repaired, setRepaired] = useState<Repaired>({ state: "untried" });
  const run = async (): Promise<void> => {
    if (!repair || repaired.state === "running") return;
    setRepaired({ state: "running" });
    const outcome = await repair().catch(() => null);
    setRepaired(outcome?.ok ? { state: "asked", count: outcome.count } : { state: "failed" });
  };
  const { lastSyncedAt } = sync;
  return (
    <Banner tone="warning" icon={<TriangleAlert aria-hidden="true" size={16} />}>
      <p className="font-semibold">{t(`error.${sync.reason ?? "crm.unreachable"}`)}</p>
      <p>{t("sync.failed_text", { crm })}</p>
      {lastSyncedAt ? <p>{t("sync.synced", { crm, date: dateAndTime(lastSyncedAt, locale) })}</p> : null}
      {repair ? (
        <Button tone="link" unavailable={repaired.state === "running"} onClick={() => void run()}>
          {t("people.repair", { crm })}
        </Button>
      ) : null}
      <p role="status">{repairWords(repaired, t)}</p>
    </Banner>
  );
}

function repairWords(repaired: Repaired, t: ReturnType<typeof useLaterWords>["t"]): string {
  if (repaired.state === "asked") return t("people.repaired", { count: repaired.count });
  return repaired.state === "failed" ? t("people.failed") : "";
}
