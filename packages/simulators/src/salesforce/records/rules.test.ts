import { afterEach, beforeEach, expect, it } from "vitest";
import {
  DEMO_ACCOUNT_ID,
  DEMO_CASE_ID,
  DEMO_CONTACT_ID,
  DEMO_OPPORTUNITY_ID,
  DEMO_PERSON_ACCOUNT_ID,
} from "../demo/demo-ids.ts";
import { text } from "../schema/field.ts";
import { startTestOrg } from "../test-org.ts";
import type { Body, TestOrg } from "../test-org.ts";

const SOBJECTS = "/services/data/v67.0/sobjects";

let org: TestOrg;
beforeEach(async () => {
  org = await startTestOrg();
});
afterEach(() => org.sim.close());

const read = async (object: string, id: unknown): Promise<Body> =>
  (await org.call("GET", `${SOBJECTS}/${object}/${String(id)}`)).body;
const create = async (object: string, body: unknown): Promise<Body> => {
  const created = await org.call("POST", `${SOBJECTS}/${object}`, body);
  expect(created.list).toEqual([]);
  return read(object, created.body.id);
};
const change = async (object: string, id: unknown, body: unknown) =>
  (await org.call("PATCH", `${SOBJECTS}/${object}/${String(id)}`, body)).status;
const related = async (object: string, id: string, name: string) => {
  const { body } = await org.call("GET", `/_sim/objects/${object}/${id}?with=${name}`);
  return JSON.stringify(body["related"]);
};

it("keeps a person account and the contact behind it one person", async () => {
  const account = await create("Account", { FirstName: "Zoe", LastName: "Ng", PersonMobilePhone: "+65 9123 4567" });
  expect(account).toMatchObject({ Name: "Zoe Ng", IsPersonAccount: true });
  const contactId = account["PersonContactId"];
  expect(await read("Contact", contactId)).toMatchObject({
    Name: "Zoe Ng",
    AccountId: account.Id,
    MobilePhone: "+65 9123 4567",
    IsPersonAccount: true,
  });
  expect(await change("Account", account.Id, { PersonMobilePhone: "+65 9765 4321", LastName: "Tan" })).toBe(204);
  expect(await read("Contact", contactId)).toMatchObject({ Name: "Zoe Tan", MobilePhone: "+65 9765 4321" });
  expect(await change("Contact", contactId, { Email: "zoe@mailbox.example" })).toBe(204);
  expect(await read("Account", account.Id)).toMatchObject({ PersonEmail: "zoe@mailbox.example" });
});

it("knows companies from people", async () => {
  const company = await create("Account", { Name: "Nova" });
  expect(company).toMatchObject({ IsPersonAccount: false, PersonContactId: null });
  expect(await change("Account", company.Id, { PersonMobilePhone: "+65 9123 4567" })).toBe(400);
  expect(await change("Account", DEMO_PERSON_ACCOUNT_ID, { Name: "Layla" })).toBe(400);
});

it("shows a custom field of contacts on person accounts, too", async () => {
  org.sim.org.schema.addField("Contact", text("WA_Consent_Status__c", 40));
  expect(await change("Account", DEMO_PERSON_ACCOUNT_ID, { WA_Consent_Status__pc: "granted" })).toBe(204);
  const { PersonContactId } = await read("Account", DEMO_PERSON_ACCOUNT_ID);
  expect(await read("Contact", PersonContactId)).toMatchObject({ WA_Consent_Status__c: "granted" });
});

it("takes a case's account from its contact, numbers it and closes it", async () => {
  const made = await create("Case", { ContactId: DEMO_CONTACT_ID, Subject: "Oven" });
  expect(made).toMatchObject({ AccountId: DEMO_ACCOUNT_ID, Status: "New", IsClosed: false, ClosedDate: null });
  expect(made["CaseNumber"]).toMatch(/^\d{8}$/u);
  await change("Case", DEMO_CASE_ID, { Status: "Closed" });
  const closed = await read("Case", DEMO_CASE_ID);
  expect(closed["IsClosed"]).toBe(true);
  expect(closed["ClosedDate"]).not.toBeNull();
});

it("reads from a deal's stage how it stands, and has one primary contact", async () => {
  await change("Opportunity", DEMO_OPPORTUNITY_ID, { StageName: "Closed Won" });
  expect(await read("Opportunity", DEMO_OPPORTUNITY_ID)).toMatchObject({
    IsClosed: true,
    IsWon: true,
    Probability: 100,
  });
  const role = { OpportunityId: DEMO_OPPORTUNITY_ID, IsPrimary: true };
  const { PersonContactId } = await read("Account", DEMO_PERSON_ACCOUNT_ID);
  await create("OpportunityContactRole", { ...role, ContactId: PersonContactId });
  const roles = await related("Opportunity", DEMO_OPPORTUNITY_ID, "OpportunityContactRoles");
  expect(roles.match(/"IsPrimary":true/gu)).toHaveLength(1);
});

it("ends an event by its duration and notes on people when they were last dealt with", async () => {
  const event = await create("Event", {
    Subject: "Visit",
    StartDateTime: "2026-11-22T10:00:00Z",
    DurationInMinutes: 90,
  });
  expect(event).toMatchObject({ EndDateTime: "2026-11-22T11:30:00.000+0000", ActivityDate: "2026-11-22" });
  const before = await read("Contact", DEMO_CONTACT_ID);
  await create("Task", { WhoId: DEMO_CONTACT_ID, Status: "Completed", ActivityDate: "2026-11-20" });
  const after = await read("Contact", DEMO_CONTACT_ID);
  expect(after["LastActivityDate"]).toBe("2026-11-20");
  expect(after["SystemModstamp"]).toBe(before["SystemModstamp"]);
});

it("makes a file of its first version and shows it where it is published", async () => {
  const VersionData = Buffer.from("%PDF-1.7").toString("base64");
  const file = { PathOnClient: "offer.pdf", VersionData, FirstPublishLocationId: DEMO_CONTACT_ID };
  const version = await create("ContentVersion", file);
  expect(version).toMatchObject({ Title: "offer", FileExtension: "pdf", ContentSize: 8, IsLatest: true });
  expect(await related("Contact", DEMO_CONTACT_ID, "ContentDocumentLinks")).toContain(
    String(version["ContentDocumentId"]),
  );
  const bytes = await fetch(`${org.sim.url}${String(version["VersionData"])}`, {
    headers: { authorization: `Bearer ${org.sim.identity.access_token}` },
  });
  expect(await bytes.text()).toBe("%PDF-1.7");
});

it("warns of people who seem to be there already, and saves them for those who insist", async () => {
  await org.call("POST", "/_sim/behaviour", { duplicate_rule: "alert" });
  const ana = { LastName: "souza", Phone: "+55 11 91234-5678" };
  const refused = await org.call("POST", `${SOBJECTS}/Contact`, ana);
  expect(refused.status).toBe(400);
  expect(refused.list[0]).toMatchObject({ errorCode: "DUPLICATES_DETECTED", duplicateResult: { allowSave: true } });
  expect(JSON.stringify(refused.list)).toContain(DEMO_CONTACT_ID);
  const insisted = await fetch(`${org.sim.url}${SOBJECTS}/Contact`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${org.sim.identity.access_token}`,
      "content-type": "application/json",
      "Sforce-Duplicate-Rule-Header": "allowSave=true",
    },
    body: JSON.stringify(ana),
  });
  expect(insisted.status).toBe(201);
});
