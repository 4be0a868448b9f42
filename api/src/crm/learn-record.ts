import { sameRecord } from "@aparte/core/crm-record.ts";
import type { CrmRecord } from "@aparte/crm/record.ts";
import { isDeepStrictEqual } from "node:util";
import { renameContacts } from "../contacts/service.ts";
import type { Tx } from "../platform/db.ts";
import type { Connection } from "./connections.ts";
import { loadLinks, relink, tellChanged } from "./links.ts";
import { loadRecords, saveRecord, type StoredRecord } from "./records.ts";
import { applySignals } from "./signals.ts";

/**
 * Takes over what a record says now: numbers decide who is linked, a name that we have from it follows, fields that speak against
 * messages take consent back. A record that says what it said before changes nothing, so neither do the echoes of our own writes.
 */
export async function learnRecord(
  tx: Tx,
  connection: Connection,
  record: CrmRecord,
  { now, formerName }: { readonly now: Date; readonly formerName: string | null },
): Promise<void> {
  const [before] = await loadRecords(tx, connection, [record.ref]);
  await saveRecord(tx, connection, record, now);
  const [after] = await loadRecords(tx, connection, [record.ref]);
  if (!after || after.state === "erased") return;
  await relink(tx, connection, after);
  const links = await loadLinks(tx, connection, [record.ref]);
  const own = links.filter(({ role, excluded }) => role === "person" && !excluded).map(({ contactId }) => contactId);
  await renameContacts(tx, connection.workspaceId, own, {
    before: before?.name || formerName,
    now: record.name,
  });
  await applySignals(tx, { connection, record: after, now });
  if (!before || isMoved(before, after) || isSaidAnew(before, after)) await tellChanged(tx, connection, record.ref);
}

/** Whether the record tells something else about when and whether its people may be written to. */
function isSaidAnew(before: StoredRecord, after: StoredRecord): boolean {
  return before.timeZone !== after.timeZone || !isDeepStrictEqual(before.signals, after.signals);
}

/** Whether entries about the record's people may belong elsewhere now, or to somebody else. */
function isMoved(before: StoredRecord, after: StoredRecord): boolean {
  return (
    before.state !== after.state ||
    before.isWhole !== after.isWhole ||
    before.ownerId !== after.ownerId ||
    before.related.length !== after.related.length ||
    after.related.some(
      ({ ref, isOpen, isPrimary }) =>
        !before.related.some(
          (other) => sameRecord(other.ref, ref) && other.isOpen === isOpen && other.isPrimary === isPrimary,
        ),
    )
  );
}
