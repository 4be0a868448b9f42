import { afterEach, beforeEach, expect, it } from "vitest";
import { DEMO_CONTACT_ID } from "../demo/demo-ids.ts";
import { startTestOrg } from "../test-org.ts";
import type { TestOrg } from "../test-org.ts";

const DATA = "/services/data/v67.0";
const CONTACT = `${DATA}/sobjects/Contact/${DEMO_CONTACT_ID}`;
const STATUS = {
  type: "Picklist",
  label: "WhatsApp consent",
  valueSet: {
    restricted: true,
    valueSetDefinition: {
      sorted: false,
      value: [
        { fullName: "Opted in", default: false },
        { fullName: "Opted out", default: false },
      ],
    },
  },
};

let org: TestOrg;
beforeEach(async () => {
  org = await startTestOrg();
});
afterEach(() => org.sim.close());

const define = (FullName: string, Metadata: Record<string, unknown>) =>
  org.call("POST", `${DATA}/tooling/sobjects/CustomField`, { FullName, Metadata });
const create = async (object: string, values: Record<string, unknown>) =>
  (await org.call("POST", `${DATA}/sobjects/${object}`, values)).body.id;
/** Gives a user the right to a field; returns the right's id. */
async function grant(field: string, { edit = true, to = org.sim.identity.user_id } = {}): Promise<string> {
  const ParentId = await create("PermissionSet", {
    Name: `P${field.replaceAll(/\W/gu, "")}${String(edit)}`,
    Label: "Fields",
  });
  const rights = { PermissionsRead: true, PermissionsEdit: edit };
  const right = await create("FieldPermissions", {
    ParentId,
    SobjectType: field.split(".")[0],
    Field: field,
    ...rights,
  });
  await create("PermissionSetAssignment", { PermissionSetId: ParentId, AssigneeId: to });
  return right;
}

it("makes a field that nobody sees until they are given the right to", async () => {
  const made = await define("Contact.WA_Consent_Status__c", STATUS);
  expect([made.status, made.body]).toEqual([
    201,
    { id: expect.stringMatching(/^00N\w{15}$/u), success: true, errors: [], warnings: [], infos: [] },
  ]);
  const write = () => org.call("PATCH", CONTACT, { WA_Consent_Status__c: "Opted in" });
  const hidden = await write();
  expect([hidden.status, hidden.list[0]?.errorCode]).toEqual([400, "INVALID_FIELD"]);

  await grant("Contact.WA_Consent_Status__c");
  expect((await write()).status).toBe(204);
  const soql = encodeURIComponent("SELECT WA_Consent_Status__c FROM Contact WHERE WA_Consent_Status__c = 'opted in'");
  expect((await org.call("GET", `${DATA}/query?q=${soql}`)).body.records).toMatchObject([
    { WA_Consent_Status__c: "Opted in" },
  ]);
  const bad = await org.call("PATCH", CONTACT, { WA_Consent_Status__c: "Perhaps" });
  expect(bad.list[0]?.errorCode).toBe("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST");
  const described = (await org.call("GET", `${DATA}/sobjects/Contact/describe`)).body;
  expect(described["fields"]).toContainEqual(
    expect.objectContaining({ name: "WA_Consent_Status__c", label: "WhatsApp consent", custom: true }),
  );
});

it("shows a field to those alone who have the right, to read or to change it", async () => {
  await define("Lead.WA_Consent_At__c", { type: "DateTime", label: "At" });
  const { client_id, client_secret } = org.sim.identity;
  const tokens = (
    await org.form("/services/oauth2/token", { grant_type: "client_credentials", client_id, client_secret })
  ).body;
  const described = async (token?: string) => {
    const { body } = await org.call("GET", `${DATA}/sobjects/Lead/describe`, undefined, token);
    const fields = Array.isArray(body["fields"]) ? body["fields"] : [];
    return fields.find(({ name }) => name === "WA_Consent_At__c")?.updateable;
  };
  const right = await grant("Lead.WA_Consent_At__c", { edit: false });
  expect([await described(), await described(tokens.access_token)]).toEqual([false, undefined]);
  await grant("Lead.WA_Consent_At__c", { to: tokens.id.split("/").at(-1) ?? "" });
  expect([await described(), await described(tokens.access_token)]).toEqual([false, true]);
  await org.call("DELETE", `${DATA}/sobjects/FieldPermissions/${right}`);
  expect([await described(), await described(tokens.access_token)]).toEqual([undefined, true]);
});

it("makes fields of activities for tasks and events alike, to upsert by", async () => {
  await define("Activity.WA_Log_Key__c", { type: "Text", label: "Key", length: 80, externalId: true, unique: true });
  await grant("Task.WA_Log_Key__c");
  const upsert = (Subject: string) =>
    org.call("PATCH", `${DATA}/sobjects/Task/WA_Log_Key__c/k1`, { Subject, Status: "Completed" });
  expect([(await upsert("One")).status, (await upsert("Two")).status]).toEqual([201, 200]);
});

it("finds fields by a query, and removes them", async () => {
  const { id } = (await define("Contact.WA_Source__c", { type: "Text", label: "Source", length: 80 })).body;
  await grant("Contact.WA_Source__c");
  const soql =
    "SELECT Id, DeveloperName FROM CustomField WHERE TableEnumOrId = 'Contact' AND DeveloperName = 'WA_Source'";
  const found = () => org.call("GET", `${DATA}/tooling/query?q=${encodeURIComponent(soql)}`);
  expect((await found()).body.records).toMatchObject([{ Id: id, DeveloperName: "WA_Source" }]);
  expect((await org.call("DELETE", `${DATA}/tooling/sobjects/CustomField/${id}`)).status).toBe(204);
  expect((await found()).body.records).toEqual([]);
  expect((await org.call("PATCH", CONTACT, { WA_Source__c: "x" })).list[0]?.errorCode).toBe("INVALID_FIELD");
});

it.each([
  [
    "a field that is there",
    "Contact.WA_Twice__c",
    { type: "Text", label: "L", length: 10 },
    "DUPLICATE_DEVELOPER_NAME",
  ],
  [
    "an object that is not",
    "Nope.WA_X__c",
    { type: "Text", label: "L", length: 10 },
    "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
  ],
  ["another ending", "Contact.WA_X", { type: "Text", label: "L", length: 10 }, "FIELD_INTEGRITY_EXCEPTION"],
  ["text without a length", "Contact.WA_X__c", { type: "Text", label: "L" }, "FIELD_INTEGRITY_EXCEPTION"],
  ["a list without choices", "Contact.WA_X__c", { type: "Picklist", label: "L" }, "FIELD_INTEGRITY_EXCEPTION"],
  ["text that is too long", "Contact.WA_X__c", { type: "Text", label: "L", length: 300 }, "FIELD_INTEGRITY_EXCEPTION"],
  ["an unknown kind", "Contact.WA_X__c", { type: "Hologram", label: "L" }, "INVALID_TYPE"],
  [
    "long text on activities",
    "Activity.WA_X__c",
    { type: "LongTextArea", label: "L", length: 3_000, visibleLines: 3 },
    "FIELD_INTEGRITY_EXCEPTION",
  ],
])("refuses %s", async (_what, name, metadata, code) => {
  await define("Contact.WA_Twice__c", { type: "Text", label: "L", length: 10 });
  const { status, list } = await define(name, metadata);
  expect([status, list[0]?.errorCode]).toEqual([400, code]);
});

it("refuses rights to what is not there, and rights given twice", async () => {
  await define("Contact.WA_X__c", { type: "Text", label: "L", length: 10 });
  const ParentId = await create("PermissionSet", { Name: "Aparte", Label: "Aparté" });
  const give = async (values: Record<string, unknown>) => {
    const right = { ParentId, SobjectType: "Contact", Field: "Contact.WA_X__c", PermissionsRead: true, ...values };
    return (await org.call("POST", `${DATA}/sobjects/FieldPermissions`, right)).list[0]?.errorCode;
  };
  expect(await give({ Field: "Contact.WA_Y__c" })).toBe("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST");
  expect(await give({ PermissionsRead: false, PermissionsEdit: true })).toBe("FIELD_INTEGRITY_EXCEPTION");
  expect(await give({})).toBeUndefined();
  expect(await give({})).toBe("DUPLICATE_VALUE");
});
