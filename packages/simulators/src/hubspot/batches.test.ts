import { afterEach, beforeEach, expect, it } from "vitest";
import { startTestPortal, whatsAppLog } from "./test-portal.ts";
import type { TestPortal } from "./test-portal.ts";

const CONTACTS = "/crm/objects/2026-09/contacts";
const COMMUNICATIONS = "/crm/objects/2026-09/communications";

let portal: TestPortal;
beforeEach(async () => {
  portal = await startTestPortal();
});
afterEach(() => portal.sim.close());

const uniqueKey = {
  name: "wa_log_key",
  label: "Log key",
  type: "string",
  fieldType: "text",
  groupName: "communicationinformation",
  hasUniqueValue: true,
};
const upsert = (key: string, body: string) => ({
  id: key,
  idProperty: "wa_log_key",
  properties: { ...(whatsAppLog("").properties as Record<string, string>), hs_communication_body: body },
});

it("creates, reads, changes and archives in batches", async () => {
  const created = await portal.call("POST", `${COMMUNICATIONS}/batch/create`, {
    inputs: [whatsAppLog("101001"), { ...whatsAppLog("101002"), objectWriteTraceId: "second" }],
  });
  expect([created.status, created.body["status"]]).toEqual([201, "COMPLETE"]);
  expect(created.body.results[1]?.["objectWriteTraceId"]).toBe("second");
  const ids = created.body.results.map((result) => result.id);

  const changed = await portal.call("POST", `${COMMUNICATIONS}/batch/update`, {
    inputs: ids.map((id) => ({ id, properties: { hs_communication_body: "<p>Changed</p>" } })),
  });
  expect(changed.status).toBe(200);
  const read = await portal.call("POST", `${COMMUNICATIONS}/batch/read`, {
    properties: ["hs_communication_body"],
    inputs: [...ids.map((id) => ({ id })), { id: "999" }],
  });
  expect([read.status, read.body["numErrors"]]).toEqual([207, 1]);
  expect(read.body.errors[0]).toMatchObject({ category: "OBJECT_NOT_FOUND", context: { ids: ["999"] } });
  expect(read.body.results.map((result) => result.properties["hs_communication_body"])).toEqual([
    "<p>Changed</p>",
    "<p>Changed</p>",
  ]);
  const archived = await portal.call("POST", `${COMMUNICATIONS}/batch/archive`, { inputs: ids.map((id) => ({ id })) });
  expect(archived.status).toBe(204);
  expect((await portal.call("GET", "/_sim/objects/communications")).list).toEqual([]);
});

it("tells which inputs failed and lets the others through", async () => {
  const { status, body } = await portal.call("POST", `${CONTACTS}/batch/create`, {
    inputs: [
      { properties: { firstname: "Good" }, objectWriteTraceId: "a" },
      { properties: { email: "ana.souza@padaria-horizonte.example" }, objectWriteTraceId: "b" },
      { properties: { foo: "1" }, objectWriteTraceId: "c" },
    ],
  });
  expect([status, body["numErrors"], body.results.length]).toEqual([207, 2, 1]);
  expect(body.errors.map((error) => [error["category"], error.context["objectWriteTraceId"]])).toEqual([
    ["CONFLICT", ["b"]],
    ["VALIDATION_ERROR", ["c"]],
  ]);
});

it("refuses a batch of which nothing is right as a whole", async () => {
  const { status, body } = await portal.call("POST", `${CONTACTS}/batch/create`, {
    inputs: [{ properties: { foo: "1" } }],
  });
  expect([status, body["category"]]).toEqual([400, "VALIDATION_ERROR"]);
});

it("refuses more than 100 inputs, and one record twice", async () => {
  const many = Array.from({ length: 101 }, (_, index) => ({ id: String(index), properties: {} }));
  expect((await portal.call("POST", `${CONTACTS}/batch/update`, { inputs: many })).status).toBe(400);
  const twice = [1, 2].map(() => ({ id: "101001", properties: { city: "Santos" } }));
  const { status, body } = await portal.call("POST", `${CONTACTS}/batch/update`, { inputs: twice });
  expect([status, body.message]).toEqual([400, expect.stringContaining("Duplicate IDs found")]);
});

it("upserts by a unique property: created once, changed from then on", async () => {
  expect((await portal.call("POST", "/crm/properties/2026-09/communications", uniqueKey)).status).toBe(201);
  const first = await portal.call("POST", `${COMMUNICATIONS}/batch/upsert`, { inputs: [upsert("k1", "<p>One</p>")] });
  const again = await portal.call("POST", `${COMMUNICATIONS}/batch/upsert`, { inputs: [upsert("k1", "<p>Two</p>")] });
  expect([first.status, first.body.results[0]?.["new"]]).toEqual([200, true]);
  expect([again.status, again.body.results[0]?.["new"]]).toEqual([200, false]);
  expect((await portal.call("GET", "/_sim/objects/communications")).list).toMatchObject([
    { id: first.body.results[0]?.id, properties: { hs_communication_body: "<p>Two</p>", wa_log_key: "k1" } },
  ]);
  const kinds = (await portal.call("GET", "/_sim/ledger")).list.map((entry) => entry["kind"]);
  expect(kinds).toEqual(["properties.create", "communications.create", "communications.update"]);

  const twice = { inputs: [upsert("k2", "a"), upsert("k2", "b")] };
  expect((await portal.call("POST", `${COMMUNICATIONS}/batch/upsert`, twice)).status).toBe(400);
  const taken = await portal.call("POST", COMMUNICATIONS, whatsAppLog("101001", { wa_log_key: "k1" }));
  expect([taken.status, taken.body["category"]]).toEqual([409, "CONFLICT"]);
});

it("refuses to upsert by a property that is not unique", async () => {
  const input = { ...upsert("x", "y"), idProperty: "hs_object_id" };
  const { status, body } = await portal.call("POST", `${COMMUNICATIONS}/batch/upsert`, { inputs: [input] });
  const portalId = portal.sim.identity.portal_id;
  expect([status, body.message]).toEqual([
    400,
    `Unable to perform update by non-unique 0-18 property hs_object_id in portal ID ${portalId}`,
  ]);
});
