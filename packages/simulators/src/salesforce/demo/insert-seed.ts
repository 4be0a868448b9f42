import type { Org } from "../org.ts";
import { salesforceTime } from "../salesforce-time.ts";
import type { FieldValue } from "../schema/field.ts";
import { DEMO_ADMIN_ID } from "./demo-ids.ts";

/** When the demo records were created. */
const CREATED = Date.UTC(2026, 8, 14, 8, 30);

/** Puts a record into a new org, with what Salesforce itself would set. */
export function insertSeed(
  org: Org,
  object: string,
  { id, values }: { id: string; values: Readonly<Record<string, FieldValue>> },
): void {
  const type = org.schema.object(object);
  const at = salesforceTime(CREATED);
  const defaults = type.fields.flatMap(({ name, defaultValue }) =>
    defaultValue === null ? [] : [[name, defaultValue] as const],
  );
  const system = { CreatedDate: at, LastModifiedDate: at, SystemModstamp: at };
  const people = { CreatedById: DEMO_ADMIN_ID, LastModifiedById: DEMO_ADMIN_ID };
  org.records.put({
    id,
    type,
    values: { ...Object.fromEntries(defaults), Id: id, ...system, ...people, ...values },
    deletedAt: undefined,
  });
}
