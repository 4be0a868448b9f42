import { afterEach, beforeEach, expect, it } from "vitest";
import { DEMO_ACCOUNT_ID, DEMO_CONTACT_ID, DEMO_LEAD_ID, DEMO_OPPORTUNITY_ID } from "../demo/demo-ids.ts";
import { startTestOrg } from "../test-org.ts";
import type { TestOrg } from "../test-org.ts";

const SOBJECTS = "/services/data/v67.0/sobjects";
const TASK = { WhoId: DEMO_CONTACT_ID, WhatId: DEMO_OPPORTUNITY_ID, Subject: "WhatsApp", Status: "Completed" };

let org: TestOrg;
beforeEach(async () => {
  org = await startTestOrg();
});
afterEach(() => org.sim.close());

it("reads a contact by either form of its id, whole or in the fields asked for", async () => {
  const asked = await org.call(
    "GET",
    `${SOBJECTS}/contact/${DEMO_CONTACT_ID.slice(0, 15)}?fields=name,Phone,HomePhone`,
  );
  expect(asked.status).toBe(200);
  expect(asked.body).toEqual({
    attributes: { type: "Contact", url: `${SOBJECTS}/Contact/${DEMO_CONTACT_ID}` },
    Name: "Ana Souza",
    Phone: "+55 11 91234-5678",
    HomePhone: null,
    Id: DEMO_CONTACT_ID,
  });
  const whole = await org.call("GET", `${SOBJECTS}/Contact/${DEMO_CONTACT_ID}`);
  expect(whole.body).toMatchObject({ AccountId: DEMO_ACCOUNT_ID, CreatedDate: "2026-09-14T08:30:00.000+0000" });
});

it("creates a task, works out what follows from it, changes it and deletes it", async () => {
  const created = await org.call("POST", `${SOBJECTS}/Task`, {
    ...TASK,
    ActivityDate: "2026-11-22",
    Description: "hi",
  });
  expect([created.status, created.body]).toEqual([201, { id: created.body.id, success: true, errors: [] }]);
  const path = `${SOBJECTS}/Task/${created.body.id}`;
  expect((await org.call("GET", path)).body).toMatchObject({
    AccountId: DEMO_ACCOUNT_ID,
    IsClosed: true,
    Priority: "Normal",
    TaskSubtype: "Task",
    OwnerId: org.sim.identity.user_id,
    LastModifiedById: org.sim.identity.user_id,
  });
  const changed = await org.call("PATCH", path, { Description: "hi again" });
  expect([changed.status, changed.body]).toEqual([204, {}]);
  expect((await org.call("GET", `${path}?fields=Description`)).body["Description"]).toBe("hi again");
  expect((await org.call("DELETE", path)).status).toBe(204);
  const again = await org.call("DELETE", path);
  expect([again.status, again.list[0]?.errorCode]).toEqual([404, "ENTITY_IS_DELETED"]);
});

it.each([
  ["Contact", { FirstName: "Ada" }, "REQUIRED_FIELD_MISSING", ["LastName"]],
  ["Contact", { LastName: "x".repeat(81) }, "STRING_TOO_LONG", ["LastName"]],
  ["Contact", { LastName: "Ada", Nonsense: 1 }, "INVALID_FIELD", undefined],
  ["Contact", { LastName: "Ada", Id: DEMO_CONTACT_ID }, "INVALID_FIELD", undefined],
  ["Contact", { LastName: "Ada", Email: "nobody" }, "INVALID_EMAIL_ADDRESS", ["Email"]],
  ["Contact", { LastName: "Ada", Birthdate: "22.11.2026" }, "JSON_PARSER_ERROR", undefined],
  ["Contact", { LastName: "Ada", DoNotCall: null }, "INVALID_TYPE_ON_FIELD_IN_RECORD", ["DoNotCall"]],
  ["Contact", { LastName: "Ada", AccountId: "001D000000IRFma" }, "INVALID_CROSS_REFERENCE_KEY", []],
  ["Contact", { LastName: "Ada", AccountId: DEMO_LEAD_ID }, "MALFORMED_ID", ["AccountId"]],
  ["Task", { ...TASK, IsClosed: true }, "INVALID_FIELD_FOR_INSERT_UPDATE", ["IsClosed"]],
  ["Task", { ...TASK, TaskSubtype: "Chat" }, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", ["TaskSubtype"]],
  ["Task", { ...TASK, WhoId: "nonsense" }, "MALFORMED_ID", ["WhoId"]],
  ["Task", { ...TASK, WhoId: DEMO_LEAD_ID }, "FIELD_INTEGRITY_EXCEPTION", ["WhatId"]],
  ["TaskStatus", { MasterLabel: "Done" }, "INVALID_TYPE_FOR_OPERATION", undefined],
])("refuses a %s with %o", async (object, body, errorCode, fields) => {
  const { status, list } = await org.call("POST", `${SOBJECTS}/${object}`, body);
  expect(status).toBe(400);
  expect(list).toHaveLength(1);
  expect(list[0]).toMatchObject({ errorCode, ...(fields === undefined ? {} : { fields }) });
  expect(await ledger()).toEqual([]);
});

it("refuses other formats, broken JSON, an empty body, and paths and methods that do not exist", async () => {
  const headers = { authorization: `Bearer ${org.sim.identity.access_token}` };
  const post = async (contentType: string, body: string) => {
    const init = { method: "POST", headers: { ...headers, "content-type": contentType }, body };
    const response = await fetch(`${org.sim.url}${SOBJECTS}/Contact`, init);
    const [error] = JSON.parse(await response.text());
    return [response.status, error.errorCode];
  };
  expect(await post("text/plain", "LastName=Ada")).toEqual([415, "UNSUPPORTED_MEDIA_TYPE"]);
  expect(await post("application/json", "{LastName")).toEqual([400, "JSON_PARSER_ERROR"]);
  expect(await post("application/json", "")).toEqual([400, "JSON_PARSER_ERROR"]);
  const codes = async (method: string, path: string) => {
    const { status, list } = await org.call(method, SOBJECTS + path);
    return [status, list[0]?.errorCode];
  };
  expect(await codes("GET", "/Nonsense/describe")).toEqual([404, "NOT_FOUND"]);
  expect(await codes("GET", "/Contact/003D000000IRFma")).toEqual([404, "NOT_FOUND"]);
  expect(await codes("GET", "/Contact/123")).toEqual([400, "MALFORMED_ID"]);
  expect(await codes("PUT", "/Contact")).toEqual([405, "METHOD_NOT_ALLOWED"]);
});

it("names who wrote, and lets a client name itself", async () => {
  const { body } = await org.call("POST", "/_sim/sessions", { username: "rep@demo.test" });
  const response = await fetch(`${org.sim.url}${SOBJECTS}/Contact/${DEMO_CONTACT_ID}`, {
    method: "PATCH",
    headers: {
      authorization: `Bearer ${body.access_token}`,
      "content-type": "application/json",
      "sforce-call-options": "client=aparte",
    },
    body: JSON.stringify({ MobilePhone: "" }),
  });
  expect(response.status).toBe(204);
  const record = await org.call("GET", `${SOBJECTS}/Contact/${DEMO_CONTACT_ID}?fields=LastModifiedById,CreatedById`);
  expect(record.body).toMatchObject({ LastModifiedById: body["user_id"], CreatedById: org.sim.identity.user_id });
  expect(await ledger()).toEqual([
    expect.objectContaining({
      kind: "Contact.update",
      id: DEMO_CONTACT_ID,
      client: "aparte",
      user_id: body["user_id"],
      fields: { MobilePhone: null },
    }),
  ]);
});

it("describes fields as clients need them, and the package's objects only where it is installed", async () => {
  const { body } = await org.call("GET", `${SOBJECTS}/WA_Conversation__c/describe`);
  expect(body["keyPrefix"]).toBe("a0W");
  expect(body["fields"]).toContainEqual(
    expect.objectContaining({ name: "Log_Key__c", externalId: true, unique: true, idLookup: true, length: 80 }),
  );
  const task = await org.call("GET", `${SOBJECTS}/Task/describe`);
  expect(task.body["fields"]).toContainEqual(expect.objectContaining({ name: "Description", filterable: false }));

  await org.call("POST", "/_sim/behaviour", { package_installed: false });
  expect((await org.call("GET", `${SOBJECTS}/WA_Conversation__c/describe`)).status).toBe(404);
  const { body: all } = await org.call("GET", SOBJECTS);
  const names = JSON.stringify(all["sobjects"]);
  expect(names).toContain('"Contact"');
  expect(names).not.toContain("WA_");
});

it("has neither person accounts nor individuals where they are switched off", async () => {
  await org.call("POST", "/_sim/behaviour", { person_accounts: false, data_protection: false });
  const asked = async (path: string) => (await org.call("GET", SOBJECTS + path)).list[0]?.errorCode;
  expect(await asked(`/Account/${DEMO_ACCOUNT_ID}?fields=IsPersonAccount`)).toBe("INVALID_FIELD");
  expect(await asked(`/Contact/${DEMO_CONTACT_ID}?fields=IndividualId`)).toBe("INVALID_FIELD");
  expect(await asked("/Individual/describe")).toBe("NOT_FOUND");
  const { list } = await org.call("POST", `${SOBJECTS}/Account`, { LastName: "Ada" });
  expect(list[0]?.errorCode).toBe("INVALID_FIELD");
});

async function ledger(): Promise<unknown[]> {
  return (await org.call("GET", "/_sim/ledger")).list;
}
