import { MY_DOMAIN, ORG_ID, ORG_NAME } from "../identity.ts";
import type { FieldValue } from "../schema/field.ts";
import { DEMO_ADMIN_ID, DEMO_CONTACT_ID, DEMO_INTEGRATION_ID } from "./demo-ids.ts";

/** A record of the demo org. */
export type DemoRecord = { object: string; id: string; values: Readonly<Record<string, FieldValue>> };

export const DEMO_RECORDS: readonly DemoRecord[] = [
  { object: "Organization", id: ORG_ID, values: { Name: ORG_NAME, InstanceName: MY_DOMAIN, IsSandbox: false } },
  {
    object: "User",
    id: DEMO_ADMIN_ID,
    values: { Username: "admin@demo.test", Email: "admin@demo.test", LastName: "Admin", Name: "Admin", IsActive: true },
  },
  {
    object: "User",
    id: DEMO_INTEGRATION_ID,
    values: {
      Username: "integration@demo.test",
      Email: "integration@demo.test",
      LastName: "Integration",
      Name: "Integration",
      IsActive: true,
    },
  },
  {
    object: "Contact",
    id: DEMO_CONTACT_ID,
    values: {
      FirstName: "Ana",
      LastName: "Souza",
      Name: "Ana Souza",
      Phone: "+55 11 91234-5678",
      OwnerId: DEMO_ADMIN_ID,
    },
  },
];
