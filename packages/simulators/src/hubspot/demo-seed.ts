import { ASSOCIATION_TYPES, defaultAssociationType } from "./association-types.ts";
import { DEMO_OWNERS, DEMO_RECORDS } from "./demo-records.ts";
import type { DemoRecord } from "./demo-record.ts";
import { objectType } from "./object-types.ts";
import type { Portal } from "./portal.ts";
import { text } from "./property-definition.ts";
import type { CrmRecord } from "./record-store.ts";
import { IMPORTED } from "./source.ts";
import { insertRecord } from "./write-records.ts";

/** When the demo records were created: long enough ago for the search index to know them. */
const CREATED = Date.UTC(2026, 8, 14, 8, 30);

/** Fills a portal with the people, companies, deals and tickets of the demo. */
export function seedDemo(portal: Portal): void {
  portal.owners = DEMO_OWNERS.map((owner) => ({ ...owner, createdAt: CREATED }));
  const quoteNumber = text("quote_number", "Quote number", {
    hubspotDefined: false,
    groupName: "contactinformation",
    createdAt: CREATED,
    updatedAt: CREATED,
  });
  portal.properties.create(objectType("contacts"), quoteNumber);
  for (const demo of DEMO_RECORDS) {
    const type = objectType(demo.type);
    const record = insertRecord(portal, type, { id: demo.id, values: demo.values, at: CREATED, by: IMPORTED });
    for (const end of demo.associated ?? []) associateSeed(portal, record, end);
  }
}

function associateSeed(
  portal: Portal,
  record: CrmRecord,
  [toName, toId]: NonNullable<DemoRecord["associated"]>[number],
): void {
  const target = portal.records.live(objectType(toName), toId);
  const primary = ASSOCIATION_TYPES.find(
    ({ from, to, label }) => from === record.type.name && to === toName && label === "Primary",
  );
  const type = primary ?? defaultAssociationType(record.type, objectType(toName));
  if (target === undefined || type === undefined) throw new Error(`${record.id} cannot be associated with ${toId}`);
  portal.associations.add(record, target, type);
}
