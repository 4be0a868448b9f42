import { sql } from "drizzle-orm";
import { fingerprints } from "../contacts/fingerprint.ts";
import type { Deps } from "../platform/context.ts";
import { startLoop, type Loop } from "../platform/loop.ts";
import { named } from "../platform/wake.ts";
import { claimImport, releaseImport, TakenOver, type ClaimedImport } from "./import-claim.ts";
import type { Keys } from "./import-judge.ts";
import { evidencePrints } from "./import-print.ts";
import { undoAll } from "./import-undo.ts";
import { workThrough, type Until } from "./import-work.ts";

const idleMs = 1_000;
const tidyEveryMs = 15_000;
/** A file that nobody started is not kept longer than what was sent by mistake: its people may ask to be forgotten. */
const unstartedHours = 24;
/** For so long rows that gave nothing can be fetched and put right. */
const rowsKeptDays = 30;

/** Checks, runs and undoes imports, one at a time in each process, and lets go of files that are no longer needed. */
export function startImportWorkers(deps: Deps): Loop[] {
  const keys: Keys = { fingerprint: fingerprints(deps), print: evidencePrints(deps) };
  const until = { stopping: false };
  const worker = startLoop("consent.import", deps.log, () => takeOn(deps, keys, until), idleMs);
  deps.wake.onNews(named(["consent.import_changed"]), () => worker.wake());
  return [
    {
      wake: () => worker.wake(),
      stop() {
        until.stopping = true;
        return worker.stop();
      },
    },
    startLoop("consent.import.tidy", deps.log, async () => (await tidyImports(deps), false), tidyEveryMs),
  ];
}

async function takeOn(deps: Deps, keys: Keys, until: Until): Promise<boolean> {
  const claimed = await deps.database.system.transaction(claimImport);
  if (!claimed) return false;
  try {
    await work(deps, claimed, keys, until);
  } catch (error) {
    if (error instanceof TakenOver) return true;
    throw error;
  }
  if (until.stopping) await deps.database.system.transaction((tx) => releaseImport(tx, claimed));
  return true;
}

function work(deps: Deps, claimed: ClaimedImport, keys: Keys, until: Until): Promise<void> {
  return claimed.state === "undoing" ? undoAll(deps, claimed, until) : workThrough(deps, claimed, keys, until);
}

/** Personal data that served its purpose goes: bytes of imports that ended, files that nobody started, old rows. */
export async function tidyImports(deps: Deps): Promise<void> {
  const { system } = deps.database;
  await system.execute(sql`
    update consent_imports set state = 'discarded', sample = '[]', attempts = attempts + 1
    where state in ('checked', 'unreadable') and uploaded_at < now() - make_interval(hours => ${unstartedHours})`);
  const over = await system.execute<{ workspaceId: string; id: string; storeKey: string }>(sql`
    select workspace_id as "workspaceId", id, store_key as "storeKey" from consent_imports
    where store_key is not null and state in ('done', 'undoing', 'undone', 'discarded') limit 100`);
  for (const { workspaceId, id, storeKey } of over) {
    await deps.files.delete(storeKey);
    await system.execute(sql`
      update consent_imports set store_key = null where workspace_id = ${workspaceId} and id = ${id}`);
  }
  await system.execute(sql`
    delete from consent_import_rows r using consent_imports i
    where i.workspace_id = r.workspace_id and i.id = r.import_id and i.finished_at < now() - make_interval(days => ${rowsKeptDays})`);
}
