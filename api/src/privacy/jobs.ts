import { fingerprints } from "../contacts/fingerprint.ts";
import type { Deps } from "../platform/context.ts";
import { consumeEvents } from "../platform/events.ts";
import { startLoop, type Loop } from "../platform/loop.ts";
import { erasePerson } from "./erase.ts";
import { workOnExport } from "./export-jobs.ts";
import { purgeDue } from "./purge.ts";

const idleMs = 2_000;
/** The night is looked for this often. */
const nightIdleMs = 5_000;

/** Forgets people whose erasure somebody asked for, makes copies of people's data, and purges at night. */
export function startPrivacyWorkers(deps: Deps): Loop[] {
  const fingerprint = fingerprints(deps);
  const erasures = startLoop(
    "privacy",
    deps.log,
    () =>
      consumeEvents(deps.database, "privacy", async (tx, events) => {
        for (const { name, workspaceId, payload, at, id } of events) {
          if (name !== "contact.erasure_asked") continue;
          await erasePerson(tx, { workspaceId, ...payload, at: new Date(at).toISOString(), id }, fingerprint);
        }
      }),
    idleMs,
  );
  const exports = startLoop("privacy.exports", deps.log, () => workOnExport(deps), idleMs);
  const purge = startLoop("privacy.purge", deps.log, () => purgeDue(deps), nightIdleMs);
  deps.wake.on("aparte_events", () => {
    erasures.wake();
    exports.wake();
  });
  return [erasures, exports, purge];
}
