import type { CrmHealthView } from "@aparte/core/crm-health.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import type { ReactNode } from "react";
import { StateLabel, type Mood } from "../../layout/state-label.tsx";
import { failedCount, syncStateOf, type SyncState } from "./sync-state.ts";

const moods: Readonly<Record<SyncState, Mood>> = {
  ended: "bad",
  refused: "bad",
  away: "waiting",
  resting: "waiting",
  waiting: "waiting",
  fine: "good",
};

/** How the copy in one CRM account stands, in a word or two. */
export function SyncLabel({ health }: { readonly health: CrmHealthView }): ReactNode {
  const { t } = useWords();
  const state = syncStateOf(health);
  const count = state === "refused" ? failedCount(health) : health.waiting;
  return <StateLabel mood={moods[state]}>{t(`console.crm.sync_${state}`, { count })}</StateLabel>;
}
