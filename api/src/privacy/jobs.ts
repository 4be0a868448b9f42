import { fingerprints } from "../contacts/fingerprint.ts";
import type { Deps } from "../platform/context.ts";
import { consumeEvents } from "../platform/events.ts";
import { startLoop, type Loop } from "../platform/loop.ts";
import { erasePerson } from "./erase.ts";

const idleMs = 2_000;

/** Forgets people whose erasure somebody asked for. */
export function startPrivacyWorkers(deps: Deps): Loop[] {
  const fingerprint = fingerprints(deps);
  const loop = startLoop(
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
  deps.wake.on("aparte_events", () => loop.wake());
  return [loop];
}
