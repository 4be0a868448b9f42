import { afterEach, beforeEach, expect, it } from "vitest";
import { startTestPortal } from "./test-portal.ts";
import type { TestPortal } from "./test-portal.ts";

let portal: TestPortal;
beforeEach(async () => {
  portal = await startTestPortal();
});
afterEach(() => portal.sim.close());

const ANA = "/crm/v3/objects/contacts/101001/associations";

it("lists, makes and ends associations by their names", async () => {
  const list = async () => (await portal.call("GET", `${ANA}/companies`)).body.results as unknown;
  const first = [
    { id: "201001", type: "contact_to_company_unlabeled" },
    { id: "201001", type: "contact_to_company" },
  ];
  expect(await list()).toEqual(first);
  const made = await portal.call("PUT", `${ANA}/companies/201002/contact_to_company_unlabeled`);
  expect([made.status, made.body.id]).toEqual([200, "101001"]);
  expect(await list()).toEqual([...first, { id: "201002", type: "contact_to_company_unlabeled" }]);
  expect((await portal.call("PUT", `${ANA}/companies/201002/contact_to_deal`)).status).toBe(400);
  expect((await portal.call("DELETE", `${ANA}/companies/201001/contact_to_company`)).status).toBe(204);
  expect(await list()).toEqual([first[0], { id: "201002", type: "contact_to_company_unlabeled" }]);
});

it("does so in batches, and names the types", async () => {
  const batch = (verb: string, inputs: object[]) =>
    portal.call("POST", `/crm/v3/associations/contacts/deals/batch/${verb}`, { inputs });
  const pair = { from: { id: "101001" }, to: { id: "301002" }, type: "contact_to_deal" };
  const made = await batch("create", [pair]);
  expect([made.status, made.body.results]).toEqual([201, [pair]]);
  const read = await batch("read", [{ id: "101001" }]);
  expect(read.body.results).toEqual([
    {
      from: { id: "101001" },
      to: [
        { id: "301001", type: "contact_to_deal" },
        { id: "301002", type: "contact_to_deal" },
      ],
    },
  ]);
  expect((await batch("archive", [pair])).status).toBe(204);
  const types = await portal.call("GET", "/crm/v3/associations/contacts/deals/types");
  expect(types.body.results).toEqual([{ id: "4", name: "contact_to_deal" }]);
  const labels = await portal.call("GET", "/crm/v4/associations/contacts/companies/labels");
  expect(labels.body.results).toContainEqual({ category: "HUBSPOT_DEFINED", typeId: 1, label: "Primary" });
});
