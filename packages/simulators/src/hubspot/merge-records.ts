import type { CrmRecord } from "./record-store.ts";
import { insertRecord } from "./write-records.ts";
import { recordWrite } from "./write.ts";
import type { Write } from "./write.ts";
import { OBJECT_TYPES } from "./object-types.ts";

/** Properties that tell which record it is: a merged record has its own. */
const OWN_PROPERTIES = [
  "hs_object_id",
  "hs_merged_object_ids",
  "hs_calculated_merged_vids",
  "createdate",
  "hs_lastmodifieddate",
  "lastmodifieddate",
];

/**
 * Makes one record out of two: a third one with an id of its own (since January 2025), the primary's values before the
 * other's, and the associations of both. The old ids lead to it from now on.
 */
export function mergeRecords(write: Write, primary: CrmRecord, merged: CrmRecord): CrmRecord {
  const { portal } = write;
  const formerIds = [primary, merged].flatMap((record) => [
    ...(record.properties["hs_merged_object_ids"]?.split(";") ?? []),
    record.id,
  ]);
  const values: Record<string, string> = { ...merged.properties, ...primary.properties };
  for (const name of OWN_PROPERTIES) delete values[name];
  const at = portal.clock.now();
  const vids = primary.type.name === "contacts" ? { hs_calculated_merged_vids: mergedVids([primary, merged], at) } : {};
  const survivor = insertRecord(portal, primary.type, {
    id: portal.ids.next(),
    values: { ...values, ...vids, hs_merged_object_ids: formerIds.join(";") },
    at,
    by: write.by,
  });
  for (const former of [primary, merged]) {
    portal.associations.move(former, survivor);
    portal.records.remove(former, survivor.id);
  }
  const movedProperties = Object.keys(merged.properties).filter(
    (name) => primary.properties[name] === undefined,
  ).length;
  const ids = { primaryId: primary.id, mergedIds: [merged.id] };
  portal.webhooks.publish({ kind: "merge", record: survivor, by: write.by, ...ids, movedProperties });
  recordWrite(write, "merge", survivor, { merged_ids: [primary.id, merged.id] });
  return survivor;
}

/** `vid:time;…` of everything that went into a contact, older merges included. */
function mergedVids(parts: readonly CrmRecord[], at: number): string {
  const entries = parts.flatMap((part) => [
    ...(part.properties["hs_calculated_merged_vids"]?.split(";") ?? []),
    `${part.id}:${at}`,
  ]);
  return entries.join(";");
}

/** Erases a contact for good, with the activities on its timeline. */
export function eraseRecord(write: Write, contact: CrmRecord): void {
  const { portal } = write;
  for (const type of OBJECT_TYPES.filter((candidate) => candidate.isActivity === true)) {
    for (const { id } of portal.associations.list(contact, type)) {
      const activity = portal.records.find(type, id);
      if (activity === undefined) continue;
      portal.associations.clear(activity);
      portal.records.remove(activity);
    }
  }
  portal.associations.clear(contact);
  portal.records.remove(contact);
  portal.webhooks.publish({ kind: "privacyDeletion", record: contact, by: write.by });
  recordWrite(write, "gdpr_delete", contact, {});
}
