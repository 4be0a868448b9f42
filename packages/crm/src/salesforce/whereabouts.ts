import { sameRecord, type CrmRecordRef, type RecordType } from "@aparte/core/crm-record.ts";
import type { CrmApp, CrmSession } from "../adapter.ts";
import type { CrmResult } from "../outcome.ts";
import type { Whereabouts } from "../record.ts";
import { isIdOf, longId, refOf } from "./ids.ts";
import { objects } from "./objects.ts";
import { select, soql } from "./query.ts";
import { recordBody, valuesOf, type Values } from "./record-body.ts";

/** The fields that tell what became of a record; shared with the reading of changes. */
export function fateFields(type: RecordType): readonly string[] {
  return [
    "Id",
    "IsDeleted",
    ...(objects[type].canMerge ? ["MasterRecordId"] : []),
    ...(type === "lead" ? ["IsConverted", "ConvertedContactId", "ConvertedAccountId"] : []),
  ];
}

/**
 * What these fields say. Of two merged records the one that lost lies in the bin and names the other; a converted lead is
 * still there and names its contact, or the Person Account that it became.
 */
export function fateOf(ref: CrmRecordRef, values: Values): Whereabouts {
  const into = (name: string): CrmRecordRef | null => refOf(ref.account, values.get(name) ?? "");
  if (values.get("IsDeleted") === "true") {
    const winner = into("MasterRecordId");
    return { ref, state: winner ? "merged" : "deleted", into: winner };
  }
  if (values.get("IsConverted") !== "true") return { ref, state: "live", into: null };
  return { ref, state: "converted", into: into("ConvertedContactId") ?? into("ConvertedAccountId") };
}

/** Reads past the bin. What was emptied out of it is `unknown`, as is what the person who connected may not see. */
export async function locate(
  app: CrmApp,
  session: CrmSession,
  refs: readonly CrmRecordRef[],
): Promise<CrmResult<{ found: Whereabouts[] }>> {
  const [first] = refs;
  if (first === undefined) return { outcome: "done", found: [] };
  const ids = refs.filter(({ type, id }) => isIdOf(type, id)).map(({ id }) => longId(id));
  if (ids.length === 0) return { outcome: "done", found: refs.map((ref) => ({ ref, state: "unknown", into: null })) };
  const fields = fateFields(first.type).join(", ");
  const query = `SELECT ${fields} FROM ${objects[first.type].name} WHERE Id IN ${soql`${ids}`}`;
  const rows = await select(app, session, { query, row: recordBody, withDeleted: true });
  if (rows.outcome !== "done") return rows;
  const byId = new Map(rows.value.map((row) => [longId(row.Id ?? ""), valuesOf(row)]));
  const found = refs.map((ref): Whereabouts => {
    const values = byId.get(longId(ref.id));
    return values ? fateOf(ref, values) : { ref, state: "unknown", into: null };
  });
  return { outcome: "done", found };
}

/** Those of the records that can be written to, in their order. */
export async function stillThere(
  app: CrmApp,
  session: CrmSession,
  refs: readonly CrmRecordRef[],
): Promise<CrmResult<{ records: CrmRecordRef[] }>> {
  const live: CrmRecordRef[] = [];
  for (const ofType of Map.groupBy(refs, ({ type }) => type).values()) {
    const located = await locate(app, session, ofType);
    if (located.outcome !== "done") return located;
    live.push(...located.found.filter(({ state }) => state === "live").map(({ ref }) => ref));
  }
  return { outcome: "done", records: refs.filter((ref) => live.some((other) => sameRecord(other, ref))) };
}
