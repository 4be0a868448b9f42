import { afterEach, beforeEach, expect, it } from "vitest";
import { DEMO_CONTACT_ID } from "../demo/demo-ids.ts";
import { text } from "../schema/field.ts";
import { startTestOrg } from "../test-org.ts";
import type { TestOrg } from "../test-org.ts";

const SOBJECTS = "/services/data/v67.0/sobjects";
const KEY = `${SOBJECTS}/WA_Conversation__c/Log_Key__c`;

let org: TestOrg;
beforeEach(async () => {
  org = await startTestOrg();
});
afterEach(() => org.sim.close());

it("creates a record by its key and changes it the next time, whatever characters the key has", async () => {
  const key = encodeURIComponent("k1/ä+=?");
  const created = await org.call("PATCH", `${KEY}/${key}`, { Contact__c: DEMO_CONTACT_ID, Kind__c: "session" });
  expect([created.status, created.body]).toEqual([
    201,
    { id: created.body.id, success: true, errors: [], created: true },
  ]);
  const changed = await org.call("PATCH", `${KEY}/${key}`, { Message_Count__c: 2 });
  expect([changed.status, changed.body]).toEqual([
    200,
    { id: created.body.id, success: true, errors: [], created: false },
  ]);
  const read = await org.call("GET", `${KEY}/${key}?fields=Log_Key__c,Message_Count__c,Contact__c,Name`);
  expect(read.body).toMatchObject({ Log_Key__c: "k1/ä+=?", Message_Count__c: 2, Contact__c: DEMO_CONTACT_ID });
  expect((await org.call("DELETE", `${KEY}/${key}`)).status).toBe(204);
  expect((await org.call("GET", `${KEY}/${key}`)).status).toBe(404);
});

it("tells keys by their case where the field says so", async () => {
  const first = await org.call("PATCH", `${KEY}/abc`, {});
  const second = await org.call("PATCH", `${KEY}/ABC`, {});
  expect(second.body.id).not.toBe(first.body.id);
});

it("answers an upsert without a body to clients of older versions", async () => {
  const path = KEY.replace("v67.0", "v45.0");
  expect((await org.call("PATCH", `${path}/k1`, {})).status).toBe(201);
  expect((await org.call("PATCH", `${path}/k1`, {})).status).toBe(204);
});

it("creates nothing when only an update was asked for", async () => {
  expect((await org.call("PATCH", `${KEY}/k1?updateOnly=true`, {})).status).toBe(404);
  expect((await org.call("GET", "/_sim/objects/WA_Conversation__c")).list).toEqual([]);
});

it("names the record that already has a key, for those who create one by POST", async () => {
  const { body } = await org.call("PATCH", `${KEY}/k1`, {});
  const again = await org.call("POST", `${SOBJECTS}/WA_Conversation__c`, { Log_Key__c: "k1" });
  expect(again.status).toBe(400);
  expect(again.list[0]).toMatchObject({
    errorCode: "DUPLICATE_VALUE",
    message: `duplicate value found: Log_Key__c duplicates value on record with id: ${body.id.slice(0, 15)}`,
    fields: ["Log_Key__c"],
  });
});

it("leaves the choice to the caller (300) when several records have a key that need not be unique", async () => {
  const field = text("WA_Log_Key__c", 80, { externalId: true, idLookup: true });
  expect(org.sim.org.schema.addField("Activity", field)).toBe(true);
  const create = async () =>
    (await org.call("POST", `${SOBJECTS}/Task`, { Subject: "a", WA_Log_Key__c: "k1" })).body.id;
  const ids = [await create(), await create()];
  const upserted = await org.call("PATCH", `${SOBJECTS}/Task/WA_Log_Key__c/k1`, { Subject: "b" });
  expect(upserted.status).toBe(300);
  expect(upserted.list).toEqual(ids.map((id) => `${SOBJECTS}/Task/${id}`));
  const read = await org.call("GET", `${SOBJECTS}/Task/${ids[0]}?fields=Subject`);
  expect(read.body["Subject"]).toBe("a");
});

it("refuses a key that is no key, and one that is said twice", async () => {
  expect((await org.call("PATCH", `${SOBJECTS}/Contact/FirstName/Ana`, {})).status).toBe(404);
  const twice = await org.call("PATCH", `${KEY}/k1`, { Log_Key__c: "k1" });
  expect([twice.status, twice.list[0]?.errorCode]).toEqual([400, "INVALID_FIELD"]);
});

it("writes none of the records that have the same key in one call", async () => {
  const records = ["k1", "k2", "k1", "K1"].map((key) => ({
    attributes: { type: "WA_Conversation__c" },
    Log_Key__c: key,
  }));
  const { list } = await org.call("PATCH", "/services/data/v67.0/composite/sobjects/WA_Conversation__c/Log_Key__c", {
    records,
  });
  expect(list.map(({ success }) => success)).toEqual([false, true, false, true]);
  expect(list[0]).toMatchObject({ errors: [{ statusCode: "DUPLICATE_VALUE" }] });
  expect((await org.call("GET", `${KEY}/k1`)).status).toBe(404);
});

it("finds a parent by one of its keys", async () => {
  const { body: conversation } = await org.call("PATCH", `${KEY}/k1`, {});
  const path = `${SOBJECTS}/WA_Message__c/Message_Key__c/m1`;
  const written = await org.call("PATCH", path, { Conversation__r: { Log_Key__c: "k1" }, Body__c: "hello" });
  expect(written.status).toBe(201);
  expect((await org.call("GET", `${path}?fields=Conversation__c`)).body["Conversation__c"]).toBe(conversation.id);
  const lost = await org.call("PATCH", `${SOBJECTS}/WA_Message__c/Message_Key__c/m2`, {
    Conversation__r: { Log_Key__c: "k2" },
  });
  expect([lost.status, lost.list[0]?.errorCode]).toEqual([400, "INVALID_FIELD"]);
});
