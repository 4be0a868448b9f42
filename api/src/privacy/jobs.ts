import { fingerprints } from "../contacts/fingerprint.ts";
import type { Deps } from "../platform/context.ts";
import { startConsumer, type Consumer } from "../platform/consumer.ts";
import { startLoop, type Loop } from "../platform/loop.ts";
import { named } from "../platform/wake.ts";
import { erasePerson } from "./erase.ts";
import { workOnExport } from "./export-jobs.ts";
import { purgeDue } from "./purge.ts";

const idleMs = 2_000;
/** The night is looked for this often. */
const nightIdleMs = 5_000;

/** Forgets people whose erasure somebody asked for, makes copies of people's data, and purges at night. */
export function startPrivacyWorkers(deps: Deps): Loop[] {
  const fingerprint = fingerprints(deps);
  const asked: Consumer<"contact.erasure_asked"> = {
    name: "privacy",
    about: ["contact.erasure_asked"],
    async work(tx, events) {
      for (const { workspaceId, payload, at, id } of events) {
        await erasePerson(tx, { workspaceId, ...payload, at: new Date(at).toISOString(), id }, fingerprint);
      }
    },
  };
  const erasures = startConsumer(deps, asked, idleMs);
  const exports = startLoop("privacy.exports", deps.log, () => workOnExport(deps), idleMs);
  const purge = startLoop("privacy.purge", deps.log, () => purgeDue(deps), nightIdleMs);
  deps.wake.onNews(named(["privacy.export_asked"]), () => exports.wake());
  return [erasures, exports, purge];
}
