import type { CrmHealthView } from "@aparte/core/crm-health.ts";

/** How a connection stands in one word: the words stand under `console.crm.sync_<state>`. */
export type SyncState = "ended" | "refused" | "away" | "resting" | "waiting" | "fine";

/** The worst that is true of it: what somebody has to do comes before what ends by itself. */
export function syncStateOf(
  health: Pick<CrmHealthView, "state" | "failed" | "unreachableSince" | "rests" | "waiting">,
): SyncState {
  if (health.state === "ended") return "ended";
  if (health.failed.length > 0) return "refused";
  if (health.unreachableSince !== null) return "away";
  if (health.rests !== null) return "resting";
  return health.waiting > 0 ? "waiting" : "fine";
}

/** How many entries the CRM refused. */
export function failedCount({ failed }: Pick<CrmHealthView, "failed">): number {
  return failed.reduce((sum, { count }) => sum + count, 0);
}
