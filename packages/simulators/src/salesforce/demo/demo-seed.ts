import type { Org } from "../org.ts";
import { insertSeed } from "./insert-seed.ts";
import { DEMO_RECORDS } from "./demo-records.ts";

/** Fills an org with the people, companies, deals and tickets of the demo. */
export function seedDemo(org: Org): void {
  for (const { object, id, values } of DEMO_RECORDS) insertSeed(org, object, { id, values });
}
