import type { Connection } from "jsforce";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openJsforceOrg, refusalOf, type JsforceOrg } from "./jsforce-org.ts";

let org: JsforceOrg;
let connection: Connection;
beforeAll(async () => {
  org = await openJsforceOrg();
  connection = org.admin;
});
afterAll(() => org?.close());

const saved = { id: expect.stringMatching(/^\w{18}$/u), success: true, errors: [] };
const contacts = () => connection.sobject("Contact");
const create = async (values: Record<string, unknown>) => (await contacts().create(values)).id ?? "";

describe("jsforce with one record", () => {
  it("creates, retrieves, updates and deletes", async () => {
    const created = await contacts().create({
      LastName: "Lovelace",
      FirstName: "Ada",
      MobilePhone: "+44 20 7946 0958",
    });
    expect(created).toEqual(saved);
    const id = created.id ?? "";
    expect(await contacts().retrieve(id)).toMatchObject({
      attributes: { type: "Contact", url: `/services/data/v67.0/sobjects/Contact/${id}` },
      Id: id,
      Name: "Ada Lovelace",
      IsDeleted: false,
    });
    expect(await contacts().update({ Id: id, Title: "Analyst" })).toEqual({ id, success: true, errors: [] });
    expect(await contacts().retrieve(id.slice(0, 15), { fields: ["Title"] })).toMatchObject({
      Id: id,
      Title: "Analyst",
    });
    expect(await contacts().destroy(id)).toEqual({ id, success: true, errors: [] });
    expect(await refusalOf(contacts().retrieve(id))).toMatchObject({ errorCode: "ENTITY_IS_DELETED" });
  });

  it("upserts by an external id", async () => {
    const conversations = connection.sobject("WA_Conversation__c");
    const Log_Key__c = "k1/with spaces & more";
    const upsert = (Message_Count__c: number) =>
      connection.request({
        method: "PATCH",
        url: `/sobjects/WA_Conversation__c/Log_Key__c/${encodeURIComponent(Log_Key__c)}`,
        body: JSON.stringify({ Message_Count__c }),
        headers: { "content-type": "application/json" },
      });
    expect(await upsert(1)).toEqual({ ...saved, created: true });
    expect(await upsert(2)).toEqual({ ...saved, created: false });
    const found = await conversations.find({ Log_Key__c }, ["Id", "Message_Count__c"]);
    expect(found).toMatchObject([{ Message_Count__c: 2 }]);
    expect(await conversations.upsert({ Log_Key__c: "k2", Message_Count__c: 1 }, "Log_Key__c")).toMatchObject({
      created: true,
    });
    expect(await conversations.upsert({ Log_Key__c: "k2", Message_Count__c: 2 }, "Log_Key__c")).toMatchObject({
      created: false,
    });
  });

  it("is told of several records with one key", async () => {
    await create({ LastName: "Twin", Email: "twin@example.com" });
    await create({ LastName: "Twin", Email: "twin@example.com" });
    expect(await refusalOf(connection.request("/sobjects/Contact/Email/twin@example.com"))).toMatchObject({
      errorCode: "MULTIPLE_CHOICES",
    });
  });

  it.each([
    ["no required value", { FirstName: "Ada" }, "REQUIRED_FIELD_MISSING", ["LastName"]],
    ["an unknown field", { LastName: "L", Nope__c: 1 }, "INVALID_FIELD", undefined],
    [
      "a field that only Salesforce sets",
      { LastName: "L", CreatedDate: "2026-01-01T00:00:00Z" },
      "INVALID_FIELD_FOR_INSERT_UPDATE",
      ["CreatedDate"],
    ],
    ["text that is too long", { LastName: "L".repeat(81) }, "STRING_TOO_LONG", ["LastName"]],
    ["what is no address", { LastName: "L", Email: "nobody" }, "INVALID_EMAIL_ADDRESS", ["Email"]],
    ["what is no id", { LastName: "L", AccountId: "nobody" }, "MALFORMED_ID", ["AccountId"]],
  ])("is refused with the code and the fields for %s", async (_what, values, errorCode, fields) => {
    expect(await refusalOf(contacts().create(values))).toEqual({ errorCode, fields });
  });

  it("is refused a second record with a unique key, and told which the first is", async () => {
    const conversations = connection.sobject("WA_Conversation__c");
    const { id } = await conversations.create({ Log_Key__c: "once" });
    await expect(conversations.create({ Log_Key__c: "once" })).rejects.toThrow(
      `duplicate value found: Log_Key__c duplicates value on record with id: ${String(id).slice(0, 15)}`,
    );
  });

  it("finds nothing where there is nothing", async () => {
    expect(await refusalOf(contacts().retrieve("003000000000000AAA"))).toMatchObject({ errorCode: "NOT_FOUND" });
    expect(await refusalOf(connection.sobject("Nope").retrieve("003000000000000AAA"))).toMatchObject({
      errorCode: "NOT_FOUND",
    });
  });
});

describe("jsforce with many records", () => {
  const people = (prefix: string, count: number) =>
    Array.from({ length: count }, (_, index) => ({ LastName: `${prefix} ${index}` }));

  it("creates, updates, retrieves and deletes up to 200 in a call, and more in several", async () => {
    const before = connection.limitInfo.apiUsage?.used ?? 0;
    const created = await contacts().create(people("Many", 450), { allowRecursive: true });
    expect(created.filter(({ success }) => success)).toHaveLength(450);
    expect((connection.limitInfo.apiUsage?.used ?? 0) - before).toBeLessThanOrEqual(4);
    const ids = created.map(({ id }) => id ?? "").slice(0, 150);
    const updated = await contacts().update(ids.map((Id) => ({ Id, Title: "Changed" })));
    expect(updated.every(({ success }) => success)).toBe(true);
    const read = await contacts().retrieve(ids, { fields: ["Id", "Title"] });
    expect(read.map(({ Title }) => Title)).toEqual(ids.map(() => "Changed"));
    const deleted = await contacts().destroy(ids);
    expect(deleted.every(({ success }) => success)).toBe(true);
  });

  it("keeps the good ones of a call, or none when asked", async () => {
    const mixed = [{ LastName: "Good" }, { FirstName: "Bad" }];
    expect(await contacts().create(mixed)).toMatchObject([
      { success: true },
      { success: false, errors: [{ statusCode: "REQUIRED_FIELD_MISSING", fields: ["LastName"] }] },
    ]);
    const whole = await contacts().create([{ LastName: "Rolled back" }, { FirstName: "Bad" }], { allOrNone: true });
    expect(whole).toMatchObject([
      { success: false, errors: [{ statusCode: "ALL_OR_NONE_OPERATION_ROLLED_BACK" }] },
      { success: false, errors: [{ statusCode: "REQUIRED_FIELD_MISSING" }] },
    ]);
    expect(await contacts().find({ LastName: "Rolled back" })).toEqual([]);
  });

  it("upserts by an external id", async () => {
    const conversations = connection.sobject("WA_Conversation__c");
    const records = ["m1", "m2"].map((Log_Key__c) => ({ Log_Key__c, Message_Count__c: 1 }));
    expect(await conversations.upsert(records, "Log_Key__c")).toMatchObject([{ created: true }, { created: true }]);
    expect(await conversations.upsert(records, "Log_Key__c")).toMatchObject([{ created: false }, { created: false }]);
  });

  it("refuses more than 200", async () => {
    expect(await refusalOf(contacts().create(people("Too many", 201)))).toMatchObject({
      errorCode: expect.any(String),
    });
  });

  it("composes calls that go on from each other", async () => {
    const answer = await connection.requestPost("/composite", {
      allOrNone: true,
      compositeRequest: [
        {
          method: "POST",
          url: "/services/data/v67.0/sobjects/Account",
          referenceId: "account",
          body: { Name: "Analytical" },
        },
        {
          method: "POST",
          url: "/services/data/v67.0/sobjects/Contact",
          referenceId: "contact",
          body: { LastName: "Babbage", AccountId: "@{account.id}" },
        },
        {
          method: "GET",
          url: "/services/data/v67.0/sobjects/Contact/@{contact.id}?fields=AccountId",
          referenceId: "read",
        },
      ],
    });
    expect(answer).toMatchObject({
      compositeResponse: [
        { httpStatusCode: 201 },
        { httpStatusCode: 201 },
        { httpStatusCode: 200, referenceId: "read" },
      ],
    });
  });
});

describe("jsforce about the org", () => {
  it("describes its objects and their fields", async () => {
    const { sobjects } = await connection.describeGlobal();
    expect(sobjects.find(({ name }) => name === "Contact")).toMatchObject({ keyPrefix: "003", createable: true });
    const { fields, childRelationships } = await connection.describe("Contact");
    expect(fields.find(({ name }) => name === "MobilePhone")).toMatchObject({
      type: "phone",
      length: 40,
      createable: true,
    });
    expect(childRelationships.map(({ relationshipName }) => relationshipName)).toContain("Tasks");
    expect(await refusalOf(connection.describe("Nope"))).toMatchObject({ errorCode: "NOT_FOUND" });
  });

  it("knows the limits, from a call and from every answer", async () => {
    const { DailyApiRequests } = await connection.limits();
    expect(DailyApiRequests).toEqual({ Max: 100_000, Remaining: 100_000 - (connection.limitInfo.apiUsage?.used ?? 0) });
    await org.steer("usage", { used: 100_000 });
    expect(await refusalOf(connection.limits())).toMatchObject({ errorCode: "REQUEST_LIMIT_EXCEEDED" });
    await org.steer("usage", { used: 0 });
  });

  it("learns what changed and what was deleted", async () => {
    const [kept, gone] = [await create({ LastName: "Kept" }), await create({ LastName: "Gone" })];
    await contacts().destroy(gone);
    await org.clock.advance(60_000);
    const window = [new Date(org.clock.now() - 3_600_000).toISOString(), org.clock.iso()] as const;
    const { ids } = await connection.updated("Contact", ...window);
    expect([ids.includes(kept), ids.includes(gone)]).toEqual([true, false]);
    const { deletedRecords } = await connection.deleted("Contact", ...window);
    expect(deletedRecords.map(({ id }) => id)).toContain(gone);
  });

  it("makes a custom field and shows it to itself", async () => {
    const made = await connection.tooling.create("CustomField", {
      FullName: "Lead.Campaign_Note__c",
      Metadata: { type: "Text", label: "Campaign note", length: 40 },
    });
    expect(made).toMatchObject({ success: true });
    const { id: ParentId } = await connection.sobject("PermissionSet").create({ Name: "Notes", Label: "Notes" });
    await connection.sobject("FieldPermissions").create({
      ParentId,
      SobjectType: "Lead",
      Field: "Lead.Campaign_Note__c",
      PermissionsRead: true,
      PermissionsEdit: true,
    });
    await connection
      .sobject("PermissionSetAssignment")
      .create({ PermissionSetId: ParentId, AssigneeId: org.sim.identity.user_id });
    const lead = { LastName: "Noted", Company: "X", Campaign_Note__c: "autumn" };
    expect(await connection.sobject("Lead").create(lead)).toMatchObject({ success: true });
  });
});
