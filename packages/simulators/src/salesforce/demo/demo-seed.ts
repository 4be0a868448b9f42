import type { Org } from "../org.ts";
import { insertRecord } from "../records/save-record.ts";
import type { Write } from "../records/write.ts";
import { DEMO_ADMIN_ID } from "./demo-ids.ts";
import { DEMO_ACCOUNTS, DEMO_CONTACTS, DEMO_LEADS } from "./demo-people.ts";
import { DEMO_SETUP } from "./demo-setup.ts";
import { DEMO_WORK } from "./demo-work.ts";

/** When the demo records were created. */
const CREATED = Date.UTC(2026, 8, 14, 8, 30);

/** Fills an org with the people, companies, deals and cases of the demo. */
export function seedDemo(org: Org): void {
  const write: Write = {
    org,
    userId: DEMO_ADMIN_ID,
    at: CREATED,
    method: "",
    url: "",
    client: undefined,
    allowDuplicates: true,
    unit: {},
  };
  for (const { object, id, values } of [
    ...DEMO_SETUP,
    ...DEMO_ACCOUNTS,
    ...DEMO_CONTACTS,
    ...DEMO_LEADS,
    ...DEMO_WORK,
  ]) {
    insertRecord(write, org.schema.object(object), values, id);
  }
}
