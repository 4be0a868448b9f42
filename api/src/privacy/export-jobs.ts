import { receiveBytes } from "../media/spool.ts";
import type { Deps } from "../platform/context.ts";
import { copyZip } from "./copy-zip.ts";
import { loadSubject } from "./copy-subject.ts";
import { claimExport, placeExport, settleBroken, settleReady, settleRemoved, type ClaimedExport } from "./exports.ts";
import { loadRetention } from "./retention.ts";

const dayMs = 86_400_000;

/** Makes the copy that waits longest, or removes one that is over. Returns whether there may be another one. */
export async function workOnExport(deps: Deps): Promise<boolean> {
  const { system } = deps.database;
  const claimed = await system.transaction((tx) => claimExport(tx, deps.now()));
  if (!claimed) return false;
  try {
    await (claimed.state === "waiting" ? make(deps, claimed) : remove(deps, claimed));
  } catch (error) {
    deps.log.error(
      { err: error, export: claimed.id, state: claimed.state },
      "a copy of a person's data did not succeed",
    );
    await system.transaction((tx) => settleBroken(tx, claimed, deps.now()));
  }
  return true;
}

/** On the disk first, since the store wants to know the size; no part of it stands in memory. */
async function make(deps: Deps, claimed: ClaimedExport): Promise<void> {
  const { system } = deps.database;
  const { workspaceId, contactId, id } = claimed;
  const now = deps.now();
  const subject = await system.transaction((tx) => loadSubject(tx, { workspaceId, contactId }, now));
  if (!subject) return remove(deps, claimed);
  const storeKey = `${workspaceId}/privacy/${id}`;
  const spool = await receiveBytes(await copyZip(deps, subject), Number.MAX_SAFE_INTEGER);
  try {
    await system.transaction((tx) => placeExport(tx, claimed, storeKey));
    await deps.files.put(storeKey, spool.read(), spool.size);
  } finally {
    await spool.close();
  }
  await system.transaction(async (tx) => {
    const { exports: days } = await loadRetention(tx, workspaceId);
    const endsAt = new Date(now.getTime() + days * dayMs).toISOString();
    await settleReady(tx, claimed, { size: spool.size, readyAt: now.toISOString(), endsAt });
  });
}

async function remove(deps: Deps, claimed: ClaimedExport): Promise<void> {
  if (claimed.storeKey !== null) await deps.files.delete(claimed.storeKey);
  await deps.database.system.transaction((tx) => settleRemoved(tx, claimed));
}
