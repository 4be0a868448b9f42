import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import { describe, expect, it } from "vitest";
import type { CrmRecord, FieldDefinition } from "../record.ts";
import type { CrmMissing, CrmResult } from "../outcome.ts";
import { cannedServer, type CannedAnswer } from "../canned-server.ts";
import { salesforceAdapter } from "./adapter.ts";

const contact: CrmRecordRef = { crm: "salesforce", account: "acme", type: "contact", id: "003000000000001AAA" };
const company: CrmRecordRef = { ...contact, type: "company", id: "001000000000001AAA" };
const ticket: CrmRecordRef = { ...contact, type: "ticket", id: "500000000000001AAA" };

const fields: FieldDefinition[] = [
  { name: "FirstName", label: "Contact › First Name", choices: {} },
  { name: "LeadSource", label: "Contact › Lead Source", choices: { Web: "Website" } },
  { name: "Interests__c", label: "Contact › Interests", choices: { a: "Apples", b: "Bread" } },
  { name: "DoNotCall", label: "Contact › Do Not Call", choices: {} },
  { name: "MobilePhone", label: "Contact › Handy", choices: {} },
  { name: "Score__c", label: "Contact › Score", choices: {} },
];

type Part = { readonly status: number; readonly body: unknown };

function together(...parts: Part[]): CannedAnswer {
  const answers = parts.map(({ status, body }, place) => ({
    referenceId: `part${place}`,
    httpStatusCode: status,
    body,
  }));
  return { body: { compositeResponse: answers.toReversed() } };
}

const found = (body: object): Part => ({ status: 200, body });
const page = (...records: object[]): Part => found({ totalSize: records.length, done: true, records });
const refused = (status: number, errorCode: string): Part => ({ status, body: [{ errorCode, message: "no" }] });

type Read = CrmResult<{ record: CrmRecord }> | CrmMissing;

async function read(
  ref: CrmRecordRef,
  asked: readonly FieldDefinition[],
  ...answers: CannedAnswer[]
): Promise<{ result: Read; urls: string[]; parts: string[] }> {
  await using server = await cannedServer(...answers);
  const adapter = salesforceAdapter({ baseUrl: server.url, clientId: "", clientSecret: "", timeoutMs: 2000 });
  const result = await adapter.readRecord({ accessToken: "t", apiUrl: null }, ref, asked);
  const [composite] = server.json as { compositeRequest: { url: string }[] }[];
  const parts = (composite?.compositeRequest ?? []).map(({ url }) =>
    decodeURIComponent(url).replace("/services/data/v67.0", ""),
  );
  return { result, urls: server.requests.map(({ method, url }) => `${method} ${url}`), parts };
}

const ada = {
  attributes: { type: "Contact", url: "/x" },
  Id: contact.id,
  FirstName: "Ada",
  Name: "Ada Example",
  LeadSource: "Web",
  Interests__c: "b;a;constructor",
  Score__c: 7.5,
  DoNotCall: true,
  HasOptedOutOfFax: false,
  MobilePhone: "0171 1234567",
  Phone: " ",
  MailingCountry: "Germany",
  Time_Zone__c: "(GMT+01:00) Central European Time (Europe/Berlin)",
  OwnerId: "005000000000001AAA",
};

describe("readRecord", () => {
  it("asks once, and gives the record in words with what stands around it", async () => {
    const role = (id: string, more: object) => ({ IsPrimary: false, Opportunity: { Id: id, Name: "Deal" }, ...more });
    const { result, urls, parts } = await read(
      contact,
      fields,
      together(
        found(ada),
        page({ Account: { attributes: {}, Id: "001000000000001", Name: "Acme" } }),
        page(
          role("006000000000001AAA", { IsPrimary: true }),
          role("006000000000002AAA", { Opportunity: { Id: "006000000000002AAA", Name: "Old", IsClosed: true } }),
        ),
        page({ Id: ticket.id, CaseNumber: "00001", Subject: null, IsClosed: false }),
      ),
    );
    expect(result).toEqual({
      outcome: "done",
      record: {
        ref: contact,
        name: "Ada Example",
        fields: [
          { name: "FirstName", label: "Contact › First Name", value: "Ada" },
          { name: "LeadSource", label: "Contact › Lead Source", value: "Website" },
          { name: "Interests__c", label: "Contact › Interests", value: "Bread, Apples, constructor" },
          { name: "DoNotCall", label: "Contact › Do Not Call", value: "true" },
          { name: "MobilePhone", label: "Contact › Handy", value: "0171 1234567" },
          { name: "Score__c", label: "Contact › Score", value: "7.5" },
        ],
        phones: [{ label: "Contact › Handy", raw: "0171 1234567", region: "DE" }],
        bsuids: [],
        timeZone: "Europe/Berlin",
        ownerId: "005000000000001AAA",
        people: [],
        peopleLeftOut: 0,
        related: [
          { ref: company, name: "Acme", isPrimary: true, isOpen: null },
          { ref: { ...contact, type: "deal", id: "006000000000001AAA" }, name: "Deal", isPrimary: true, isOpen: true },
          { ref: { ...contact, type: "deal", id: "006000000000002AAA" }, name: "Old", isPrimary: false, isOpen: false },
          { ref: ticket, name: "00001", isPrimary: false, isOpen: true },
        ],
        signals: [{ kind: "do_not_call", field: "Contact › Do Not Call" }],
      },
    });
    expect(urls).toEqual(["POST /services/data/v67.0/composite"]);
    expect(parts[0]).toBe(`/sobjects/Contact/${contact.id}`);
  });

  it("asks for the person's wishes only where the org has them", async () => {
    const wish = { name: "Individual.ShouldForget", label: "Individual › Should Forget", choices: {} };
    const mirror = { name: "WA_Consent_Status__c", label: "Contact › WhatsApp consent", choices: {} };
    const person = { Id: contact.id, LastName: "X", WA_Consent_Status__c: "opted_out" };
    const { result, parts } = await read(
      contact,
      [wish, mirror],
      together(found(person), page(), page(), page(), page({ Individual: { ShouldForget: true } })),
    );
    expect(parts.at(-1)).toBe(`/query?q=SELECT Individual.ShouldForget FROM Contact WHERE Id = '${contact.id}'`);
    expect(result).toMatchObject({
      record: {
        signals: [
          { kind: "opted_out", field: "Contact › WhatsApp consent" },
          { kind: "erase", field: "Individual › Should Forget" },
        ],
      },
    });
  });

  it("takes a number from a field that is named after WhatsApp first, and nothing else from such fields", async () => {
    const person = {
      ...ada,
      WhatsApp_Number__c: "+49 (171) 765-4321",
      WhatsApp_Since__c: "2026-11-22",
      WhatsApp_Consent__c: true,
      WhatsApp_Note__c: "call 0171 7654321 after 5",
      WA_User_Ids__c: "DE.123; DE.456",
    };
    const labels = [{ name: "WhatsApp_Number__c", label: "Contact › WhatsApp number", choices: {} }];
    const { result } = await read(contact, labels, together(found(person), page(), page(), page()));
    expect(result).toMatchObject({
      record: {
        phones: [
          { label: "Contact › WhatsApp number", raw: "+49 (171) 765-4321" },
          { label: "Contact › Mobile", raw: "0171 1234567" },
        ],
        bsuids: ["DE.123", "DE.456"],
      },
    });
  });

  it("leaves out what whoever connected may not see, but says so when it is the people", async () => {
    const blind = refused(400, "INVALID_TYPE");
    const { result } = await read(contact, [], together(found(ada), blind, blind, refused(400, "INVALID_FIELD")));
    expect(result).toMatchObject({ outcome: "done", record: { related: [] } });
    const crowd = refused(400, "INVALID_FIELD");
    const people = await read(company, [], together(found({ Id: company.id, Name: "Acme" }), page(), page(), crowd));
    expect(people.result).toMatchObject({ outcome: "refused", reason: "crm.permission_missing" });
  });

  it("does not take half an answer for a whole one", async () => {
    const half = await read(contact, [], together(found(ada), page(), page(), refused(500, "UNKNOWN_EXCEPTION")));
    expect(half.result).toMatchObject({ outcome: "later" });
    const less = await read(contact, [], together(found(ada), page()));
    expect(less.result).toMatchObject({ outcome: "later" });
  });

  it("gives no owner where a queue has it, and a number from a form without a country", async () => {
    const body = { Id: ticket.id, CaseNumber: "00001", OwnerId: "00G000000000001AAA", SuppliedPhone: "0171 1" };
    const { result } = await read(ticket, [], together(found(body), page(), page({ Contact: null })));
    expect(result).toMatchObject({
      record: { name: "00001", ownerId: null, people: [], phones: [{ label: "Case › Web Phone", region: null }] },
    });
  });

  it("follows a merge to the survivor", async () => {
    const gone = refused(404, "ENTITY_IS_DELETED");
    const winner = "003000000000009AAA";
    const { result, urls } = await read(
      contact,
      [],
      together(gone, page(), page(), page()),
      { body: page({ Id: contact.id, IsDeleted: true, MasterRecordId: winner }).body },
      together(found({ Id: winner, Name: "Ada E." }), page(), page(), page()),
    );
    expect(result).toMatchObject({ outcome: "done", record: { ref: { ...contact, id: winner }, name: "Ada E." } });
    expect(urls.length).toBe(3);
  });

  it("tells a missing record from an outage, and asks nothing about an id that is none", async () => {
    const gone = together(refused(404, "NOT_FOUND"), page(), page(), page());
    const missing = await read(contact, [], gone, { body: page().body });
    expect(missing.result).toEqual({ outcome: "not_found" });
    expect((await read(contact, [], { status: 503 })).result).toMatchObject({ outcome: "later" });
    const none = await read({ ...contact, id: "501" }, []);
    expect([none.result, none.urls]).toEqual([{ outcome: "not_found" }, []]);
  });
});

describe("describeFields", () => {
  const field = (name: string, label: string, more: object = {}) => ({
    name,
    label,
    type: "string",
    length: 80,
    ...more,
  });

  it("lists what is worth reading: the known ones in their order, then the org's own", async () => {
    const contactFields = [
      field("Quote__c", "Quote number", { custom: true }),
      field("MasterRecordId", "Master", { type: "reference" }),
      field("Phone", "Business Phone", { type: "phone" }),
      field("FirstName", "First Name"),
      field("LeadSource", "Lead Source", {
        type: "picklist",
        picklistValues: [
          { active: true, value: "Web", label: "Website" },
          { active: true, value: "Own", label: null },
        ],
      }),
      field("Old__c", "Old", { custom: true, deprecatedAndHidden: true }),
      field("Secret__c", "Secret", { custom: true, type: "encryptedstring" }),
      field("Long__c", "Long", { custom: true, type: "textarea", length: 32_000 }),
      field("AccountId", "Account ID", { type: "reference" }),
      field("IndividualId", "Individual ID", { type: "reference" }),
    ];
    const wishes = [field("ShouldForget", "Forget this person", { type: "boolean" }), field("BirthDate", "Birth")];
    await using server = await cannedServer({ body: { fields: contactFields } }, { body: { fields: wishes } });
    const adapter = salesforceAdapter({ baseUrl: server.url, clientId: "", clientSecret: "" });
    expect(await adapter.describeFields({ accessToken: "t", apiUrl: null }, "contact")).toEqual({
      outcome: "done",
      fields: [
        { name: "FirstName", label: "Contact › First Name", choices: {} },
        { name: "LeadSource", label: "Contact › Lead Source", choices: { Web: "Website", Own: "Own" } },
        { name: "Phone", label: "Contact › Business Phone", choices: {} },
        { name: "Quote__c", label: "Contact › Quote number", choices: {} },
        { name: "Account.Name", label: "Contact › Account Name", choices: {} },
        { name: "Individual.ShouldForget", label: "Individual › Forget this person", choices: {} },
      ],
    });
  });
});

describe("recordUrl", () => {
  it("leads to the page where people see the record", () => {
    const adapter = salesforceAdapter({ baseUrl: "http://x", clientId: "", clientSecret: "" });
    expect(adapter.recordUrl("acme.lightning.force.com", ticket)).toBe(
      "https://acme.lightning.force.com/lightning/r/Case/500000000000001AAA/view",
    );
  });
});
