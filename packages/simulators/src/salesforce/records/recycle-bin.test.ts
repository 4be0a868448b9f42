import { afterEach, beforeEach, expect, it } from "vitest";
import { DEMO_CONTACT_ID } from "../demo/demo-ids.ts";
import { startTestOrg } from "../test-org.ts";
import type { TestOrg } from "../test-org.ts";

const SOBJECTS = "/services/data/v67.0/sobjects";
const ANA = `${SOBJECTS}/Contact/${DEMO_CONTACT_ID}`;
const DAY_MS = 86_400_000;

let org: TestOrg;
let taskId: string;
beforeEach(async () => {
  org = await startTestOrg();
  taskId = (await org.call("POST", `${SOBJECTS}/Task`, { WhoId: DEMO_CONTACT_ID, Subject: "a" })).body.id;
  await org.call("DELETE", ANA);
});
afterEach(() => org.sim.close());

const statuses = async () => {
  const contact = await org.call("GET", ANA);
  const task = await org.call("GET", `${SOBJECTS}/Task/${taskId}`);
  return [contact, task].map(({ status, list }) => list[0]?.errorCode ?? status);
};
const act = async (action: string) =>
  (await org.call("POST", `/_sim/objects/Contact/${DEMO_CONTACT_ID}`, { action })).status;

it("holds a deleted record with its tasks, and nothing can refer to it any more", async () => {
  expect(await statuses()).toEqual(["ENTITY_IS_DELETED", "ENTITY_IS_DELETED"]);
  const task = await org.call("POST", `${SOBJECTS}/Task`, { WhoId: DEMO_CONTACT_ID });
  expect(task.list[0]?.errorCode).toBe("INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY");
});

it("gives back what is undeleted, with what went along", async () => {
  expect(await act("undelete")).toBe(204);
  expect(await statuses()).toEqual([200, 200]);
  expect(await act("undelete")).toBe(409);
});

it("is emptied after 15 days", async () => {
  await org.clock.advance(14 * DAY_MS);
  expect(await statuses()).toEqual(["ENTITY_IS_DELETED", "ENTITY_IS_DELETED"]);
  await org.clock.advance(DAY_MS);
  expect(await statuses()).toEqual(["NOT_FOUND", "NOT_FOUND"]);
});

it("is emptied of one record by hand", async () => {
  expect(await act("purge")).toBe(204);
  expect(await statuses()).toEqual(["NOT_FOUND", "NOT_FOUND"]);
  const { list } = await org.call("GET", "/_sim/ledger");
  expect(list.map((entry) => entry["kind"])).toEqual([
    "Task.create",
    "Contact.delete",
    "OpportunityContactRole.delete",
    "Task.delete",
    "Contact.purge",
    "OpportunityContactRole.purge",
    "Task.purge",
  ]);
});
