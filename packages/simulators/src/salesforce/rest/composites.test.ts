import { afterEach, beforeEach, expect, it } from "vitest";
import { z } from "zod";
import { DEMO_CONTACT_ID } from "../demo/demo-ids.ts";
import { to18 } from "../record-id.ts";
import { startTestOrg } from "../test-org.ts";
import type { TestOrg } from "../test-org.ts";

const DATA = "/services/data/v67.0";
const COMPOSITE = `${DATA}/composite`;
const TASK = { attributes: { type: "Task" }, Subject: "a" };

const partsSchema = z.array(z.object({ body: z.any(), httpStatusCode: z.number(), referenceId: z.string() }));

let org: TestOrg;
beforeEach(async () => {
  org = await startTestOrg();
});
afterEach(() => org.sim.close());

const count = async (object: string) => (await org.call("GET", `/_sim/objects/${object}`)).list.length;
const used = async () => (await org.call("POST", "/_sim/usage", { used: 0 })).status;
const statusCodes = (list: readonly Record<string, unknown>[]) =>
  list.map(({ success, errors }) => (success === true ? "ok" : z.array(z.any()).parse(errors)[0].statusCode));

it("answers a collection with the result of each record, and counts it as one call", async () => {
  await used();
  const records = [TASK, { attributes: { type: "Task" }, Nonsense: 1 }, { attributes: { type: "Nonsense" } }];
  const { status, list, headers } = await org.call("POST", `${COMPOSITE}/sobjects`, { allOrNone: false, records });
  expect(status).toBe(200);
  expect(statusCodes(list)).toEqual(["ok", "INVALID_FIELD", "INVALID_TYPE"]);
  expect(await count("Task")).toBe(1);
  expect(headers.get("sforce-limit-info")).toBe("api-usage=1/100000");
});

it("takes a whole collection back where that is asked for, and the ledger hears nothing of it", async () => {
  const records = [TASK, { attributes: { type: "Task" }, Nonsense: 1 }];
  const { status, list } = await org.call("POST", `${COMPOSITE}/sobjects`, { allOrNone: true, records });
  expect(status).toBe(200);
  expect(statusCodes(list)).toEqual(["ALL_OR_NONE_OPERATION_ROLLED_BACK", "INVALID_FIELD"]);
  expect(await count("Task")).toBe(0);
  expect((await org.call("GET", "/_sim/ledger")).list).toEqual([]);
});

it("changes, reads, upserts and deletes collections", async () => {
  const created = await org.call("POST", `${COMPOSITE}/sobjects`, { records: [TASK, TASK] });
  const ids = created.list.map(({ id }) => id);
  const changes = ids.map((id) => ({ attributes: { type: "Task" }, id, Subject: "b" }));
  expect(statusCodes((await org.call("PATCH", `${COMPOSITE}/sobjects`, { records: changes })).list)).toEqual([
    "ok",
    "ok",
  ]);
  const missing = to18("00TgK0000000000");
  const read = await org.call("GET", `${COMPOSITE}/sobjects/Task?ids=${[...ids, missing].join(",")}&fields=Subject`);
  expect(read.list.map((task) => task?.["Subject"] ?? null)).toEqual(["b", "b", null]);

  const upserts = ["k1", "k2"].map((Log_Key__c) => ({ attributes: { type: "WA_Conversation__c" }, Log_Key__c }));
  const path = `${COMPOSITE}/sobjects/WA_Conversation__c/Log_Key__c`;
  const upsert = async () =>
    (await org.call("PATCH", path, { records: upserts })).list.map(({ created: isNew }) => isNew);
  expect(await upsert()).toEqual([true, true]);
  expect(await upsert()).toEqual([false, false]);

  const gone = await org.call("DELETE", `${COMPOSITE}/sobjects?ids=${ids.join(",")},${missing}&allOrNone=false`);
  expect(statusCodes(gone.list)).toEqual(["ok", "ok", "INVALID_CROSS_REFERENCE_KEY"]);
});

it("refuses more than 200 records", async () => {
  const records = Array.from({ length: 201 }, () => TASK);
  expect((await org.call("POST", `${COMPOSITE}/sobjects`, { records })).status).toBe(400);
});

it("does several calls in one, of which later ones use what earlier ones answered", async () => {
  const compositeRequest = [
    { method: "POST", url: `${DATA}/sobjects/Account`, referenceId: "company", body: { Name: "Nova" } },
    {
      method: "POST",
      url: `${DATA}/sobjects/Contact`,
      referenceId: "person",
      body: { LastName: "Ada", AccountId: "@{company.id}" },
    },
    { method: "GET", url: `${DATA}/sobjects/Contact/@{person.id}?fields=Account.Name,AccountId`, referenceId: "bad" },
    { method: "GET", url: `${DATA}/sobjects/Contact/@{person.id}?fields=AccountId`, referenceId: "read" },
    { method: "GET", url: `${DATA}/sobjects/Contact/@{bad.id}`, referenceId: "lost" },
  ];
  const { status, body } = await org.call("POST", COMPOSITE, {
    allOrNone: false,
    collateSubrequests: true,
    compositeRequest,
  });
  expect(status).toBe(200);
  const parts = partsSchema.parse(body["compositeResponse"]);
  expect(parts.map(({ referenceId, httpStatusCode }) => [referenceId, httpStatusCode])).toEqual([
    ["company", 201],
    ["person", 201],
    ["bad", 400],
    ["read", 200],
    ["lost", 400],
  ]);
  expect(parts[3]?.body.AccountId).toBe(parts[0]?.body.id);
  expect(parts[4]?.body[0].errorCode).toBe("PROCESSING_HALTED");
});

it("takes all parts back when one fails and all or none was asked for", async () => {
  const before = await count("Account");
  const compositeRequest = [
    { method: "POST", url: `${DATA}/sobjects/Account`, referenceId: "company", body: { Name: "Nova" } },
    { method: "POST", url: `${DATA}/sobjects/Contact`, referenceId: "person", body: {} },
  ];
  const { body } = await org.call("POST", COMPOSITE, { allOrNone: true, compositeRequest });
  const parts = partsSchema.parse(body["compositeResponse"]);
  expect(parts.map((part) => part.body[0].errorCode)).toEqual(["PROCESSING_HALTED", "REQUIRED_FIELD_MISSING"]);
  expect(await count("Account")).toBe(before);
});

it("refuses more than 25 parts", async () => {
  const compositeRequest = Array.from({ length: 26 }, (_, index) => ({
    method: "GET",
    url: `${DATA}/limits`,
    referenceId: `r${index}`,
  }));
  expect((await org.call("POST", COMPOSITE, { compositeRequest })).status).toBe(400);
});

it("does a batch whose parts know nothing of each other, and each graph wholly or not at all", async () => {
  const batchRequests = [
    { method: "PATCH", url: `v67.0/sobjects/Contact/${DEMO_CONTACT_ID}`, richInput: { Title: "Chief" } },
    { method: "GET", url: "v67.0/sobjects/Nonsense" },
    { method: "GET", url: `v67.0/sobjects/Contact/${DEMO_CONTACT_ID}?fields=Title` },
  ];
  const { body } = await org.call("POST", `${COMPOSITE}/batch`, { haltOnError: true, batchRequests });
  const results = z.array(z.object({ statusCode: z.number() })).parse(body["results"]);
  expect([body["hasErrors"], ...results.map(({ statusCode }) => statusCode)]).toEqual([true, 204, 404, 412]);

  const post = (LastName?: string) => ({ method: "POST", url: `${DATA}/sobjects/Contact`, body: { LastName } });
  const graphs = [
    { graphId: "1", compositeRequest: [{ ...post("Ada"), referenceId: "a" }] },
    {
      graphId: "2",
      compositeRequest: [
        { ...post("Bo"), referenceId: "a" },
        { ...post(), referenceId: "b" },
      ],
    },
  ];
  const before = await count("Contact");
  const answered = await org.call("POST", `${COMPOSITE}/graph`, { graphs });
  expect(z.array(z.object({ isSuccessful: z.boolean() })).parse(answered.body["graphs"])).toEqual([
    { isSuccessful: true },
    { isSuccessful: false },
  ]);
  expect(await count("Contact")).toBe(before + 1);
});

it("creates a tree of records wholly or not at all", async () => {
  const contact = (referenceId: string, fields: object) => ({
    attributes: { type: "Contact", referenceId },
    ...fields,
  });
  const company = (...records: object[]) => ({
    records: [{ attributes: { type: "Account", referenceId: "company" }, Name: "Nova", Contacts: { records } }],
  });
  const created = await org.call("POST", `${COMPOSITE}/tree/Account`, company(contact("ada", { LastName: "Ada" })));
  expect([created.status, created.body["hasErrors"]]).toEqual([201, false]);
  const ids = z.array(z.object({ referenceId: z.string(), id: z.string() })).parse(created.body["results"]);
  const ada = await org.call("GET", `${DATA}/sobjects/Contact/${ids[1]?.id}?fields=AccountId`);
  expect(ada.body["AccountId"]).toBe(ids[0]?.id);

  const before = await count("Account");
  for (const wrong of [[contact("bo", {})], [1, 2].map(() => contact("bo", { LastName: "Bo" }))]) {
    const refused = await org.call("POST", `${COMPOSITE}/tree/Account`, company(...wrong));
    expect([refused.status, refused.body["hasErrors"]]).toEqual([400, true]);
    expect(JSON.stringify(refused.body["results"])).toContain('"referenceId":"bo"');
  }
  expect(await count("Account")).toBe(before);
});
