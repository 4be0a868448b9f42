import type { Portal } from "./portal.ts";
import type { CrmRecord } from "./record-store.ts";
import type { Source } from "./source.ts";

/** A write on its way in: the portal it goes to, the call it came by, for the ledger, and who made it. */
export type Write = { portal: Portal; method: string; path: string; by: Source };

/** Writes an accepted change of a record into the ledger, with what it is associated with afterwards. */
export function recordWrite(write: Write, verb: string, record: CrmRecord, facts: Record<string, unknown>): void {
  write.portal.ledger.record(`${record.type.name}.${verb}`, {
    method: write.method,
    path: write.path,
    object_type: record.type.name,
    id: record.id,
    ...facts,
  });
}
