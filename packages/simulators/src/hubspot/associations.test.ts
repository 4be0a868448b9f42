import { afterEach, beforeEach, expect, it } from "vitest";
import { startTestPortal, whatsAppLog } from "./test-portal.ts";
import type { TestPortal } from "./test-portal.ts";

const OBJECTS = "/crm/objects/2026-09";

let portal: TestPortal;
let communication: string;
beforeEach(async () => {
  portal = await startTestPortal();
  communication = (await portal.call("POST", `${OBJECTS}/communications`, whatsAppLog("101001"))).body.id ?? "";
});
afterEach(() => portal.sim.close());

const associated = async () =>
  (await portal.call("GET", "/_sim/objects/communications")).list[0]?.associations as unknown;

it("associates by default, as often as asked, with the same end", async () => {
  for (let round = 0; round < 2; round += 1) {
    const { status, body } = await portal.call(
      "PUT",
      `${OBJECTS}/communications/${communication}/associations/default/companies/201001`,
    );
    expect([status, body.results.map((result) => result.associationSpec.associationTypeId)]).toEqual([200, [87, 88]]);
  }
  expect(await associated()).toEqual({ contacts: ["101001"], companies: ["201001"] });
});

it("associates with a type, refuses one that does not fit, and dissociates", async () => {
  const path = `${OBJECTS}/communications/${communication}/associations/deals/301001`;
  const spec = (id: number) => [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: id }];
  expect((await portal.call("PUT", path, spec(81))).status).toBe(400);
  const made = await portal.call("PUT", path, spec(85));
  expect([made.status, made.body["toObjectTypeId"], made.body.toObjectId]).toEqual([201, "0-3", "301001"]);
  expect(await associated()).toEqual({ contacts: ["101001"], deals: ["301001"] });
  expect((await portal.call("DELETE", path)).status).toBe(204);
  expect(await associated()).toEqual({ contacts: ["101001"] });
  expect((await portal.call("PUT", path.replace("301001", "999"), spec(85))).status).toBe(404);
});

it("lists associations by path in 2026-03 and v4, but not in 2026-09", async () => {
  const list = (version: string) => portal.call("GET", `${version}/contacts/101001/associations/companies`);
  const expected = [
    {
      toObjectId: "201001",
      associationTypes: [
        { category: "HUBSPOT_DEFINED", typeId: 279, label: null },
        { category: "HUBSPOT_DEFINED", typeId: 1, label: "Primary" },
      ],
    },
  ];
  expect((await list("/crm/objects/2026-03")).body.results).toEqual(expected);
  expect((await list("/crm/v4/objects")).body.results).toEqual(expected);
  expect((await list(OBJECTS)).status).toBe(404);
});

it("keeps one primary company and the others without the label", async () => {
  const path = "/crm/objects/2026-09/contacts/101001/associations/companies/201002";
  await portal.call("PUT", path, [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 1 }]);
  const { body } = await portal.call("GET", "/crm/objects/2026-03/contacts/101001/associations/companies");
  const labels = body.results.map((end) => [end.toObjectId, end.associationTypes.map((type) => type.typeId)]);
  expect(labels).toEqual([
    ["201001", [279]],
    ["201002", [279, 1]],
  ]);
});

it.each([
  ["2026-09", "/crm/associations/2026-09", 200, 200],
  ["v4", "/crm/v4/associations", 201, 204],
])(
  "creates, reads and archives in batches, with the codes of %s",
  async (_version, base, createdCode, archivedCode) => {
    const pair = { from: { id: communication }, to: { id: "301001" } };
    const types = [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 85 }];
    const batch = (verb: string, inputs: unknown[]) =>
      portal.call("POST", `${base}/communications/deals/batch/${verb}`, { inputs });
    expect((await batch("create", [{ ...pair, types }])).status).toBe(createdCode);
    const read = await batch("read", [{ id: communication }]);
    expect([read.status, read.body.results[0]?.to[0]?.toObjectId]).toEqual([200, "301001"]);
    expect((await batch("archive", [{ from: pair.from, to: [pair.to] }])).status).toBe(archivedCode);
    const gone = await batch("read", [{ id: communication }]);
    expect([gone.status, gone.body.results, gone.body["numErrors"]]).toEqual([207, [], 1]);
    const byDefault = await batch("associate/default", [pair]);
    expect([byDefault.status, byDefault.body.results.length]).toEqual([200, 2]);
    expect((await batch("create", [{ ...pair, to: { id: "999" }, types }])).status).toBe(404);
  },
);

it("associates records of one type, the same from both ends", async () => {
  const put = await portal.call("PUT", "/crm/v4/objects/contacts/101001/associations/default/contacts/101002");
  expect([put.status, put.body.results.map((result) => result.associationSpec.associationTypeId)]).toEqual([
    200,
    [449, 449],
  ]);
  const list = async (id: string) =>
    (await portal.call("GET", `/crm/v4/objects/contacts/${id}/associations/contacts`)).body.results;
  expect((await list("101002"))[0]).toMatchObject({ toObjectId: "101001", associationTypes: [{ typeId: 449 }] });
  await portal.call("DELETE", "/crm/v4/objects/contacts/101002/associations/contacts/101001");
  expect(await list("101001")).toEqual([]);
});

it("has one primary company, whichever side it is named from", async () => {
  const types = [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 2 }];
  await portal.call("PUT", "/crm/v4/objects/companies/201002/associations/contacts/101001", types);
  const { body } = await portal.call("GET", "/crm/v4/objects/contacts/101001/associations/companies");
  const labelled = body.results.map((end) => [end["toObjectId"], end.associationTypes.map(({ typeId }) => typeId)]);
  expect(labelled).toEqual([
    ["201001", [279]],
    ["201002", [279, 1]],
  ]);
});
