import { sql } from "drizzle-orm";
import type { Deps } from "../platform/context.ts";
import { startConsumer } from "../platform/consumer.ts";
import { startLoop, type Loop } from "../platform/loop.ts";
import { named } from "../platform/wake.ts";
import { expireConsents } from "./expire.ts";
import { startImportWorkers } from "./import-jobs.ts";
import { sealEntries } from "./seal.ts";
import { mergedStates } from "./states.ts";
import { anchorLedger } from "./verify.ts";

const idleMs = 1_000;
const anchorIdleMs = 5_000;
const expiryIdleMs = 5_000;

/**
 * Seals the ledger as it grows, writes down once a day, outside of the database, how far it reached, keeps the lists in step
 * with people who turn out to be one, and tells when a consent has run out.
 */
export function startConsentWorkers(deps: Deps): Loop[] {
  const sealer = startLoop("consent.seal", deps.log, () => sealEntries(deps.database, deps.vault), idleMs);
  deps.wake.onNews(named(["consent.changed"]), () => sealer.wake());
  const states = startConsumer(deps, mergedStates, idleMs);
  const anchor = startLoop("consent.anchor", deps.log, async () => (await anchorDue(deps), false), anchorIdleMs);
  const expiry = startLoop("consent.expiry", deps.log, () => expireConsents(deps), expiryIdleMs);
  return [sealer, states, anchor, expiry, ...startImportWorkers(deps)];
}

/** Chains that were not written down for a day. One that does not hold is looked at again the next day. */
async function anchorDue(deps: Deps): Promise<void> {
  const chains = await deps.database.system.execute<{ workspaceId: string }>(sql`
    update consent_heads set anchored_at = now()
    where anchored_at is null or anchored_at < now() - interval '1 day'
    returning workspace_id as "workspaceId"`);
  for (const { workspaceId } of chains) {
    if (await anchorLedger(deps, workspaceId)) continue;
    deps.log.error(
      { workspace: workspaceId },
      "the consent ledger is not what was written down: verify it in the console",
    );
  }
}
