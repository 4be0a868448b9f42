import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import { describe, expect, it } from "vitest";
import type { CrmRecord, FieldDefinition } from "../record.ts";
import { hubspotAdapter } from "./adapter.ts";
import { cannedServer, type CannedAnswer } from "../canned-server.ts";

const session = { accessToken: "t", apiUrl: null };
const account = { crm: "hubspot", account: "4242" } as const;
const ref: CrmRecordRef = { ...account, type: "contact", id: "501" };

function adapterAt(baseUrl: string): ReturnType<typeof hubspotAdapter> {
  return hubspotAdapter({ baseUrl, clientId: "", clientSecret: "", timeoutMs: 2000 });
}

const fields: FieldDefinition[] = [
  { name: "firstname", label: "Contact › First name", choices: {} },
  { name: "company", label: "Contact › Company name", choices: {} },
  { name: "lifecyclestage", label: "Contact › Lifecycle stage", choices: { lead: "Lead" } },
  { name: "interests", label: "Contact › Interests", choices: { a: "Apples", b: "Bread" } },
  { name: "mobilephone", label: "Contact › Mobile phone number", choices: {} },
];

describe("readRecord", () => {
  it("gives the name, the filled fields in words, and the numbers with their country", async () => {
    const properties = {
      firstname: "Ada",
      lastname: "Example",
      company: null,
      lifecyclestage: "lead",
      interests: "b;a;constructor",
      mobilephone: "0171 1234567",
      phone: "",
      hs_whatsapp_phone_number: "+49 171 1234567",
      hs_whatsapp_bsuids: "DE.1234;DE.5678",
      hs_timezone: "europe_slash_berlin",
      hubspot_owner_id: "77",
      country: "Germany",
    };
    await using server = await cannedServer({ body: { id: "501", properties, createdAt: "x", archived: false } });
    expect(await adapterAt(server.url).readRecord(session, ref, fields)).toEqual({
      outcome: "done",
      record: {
        ref,
        name: "Ada Example",
        fields: [
          { name: "firstname", label: "Contact › First name", value: "Ada" },
          { name: "lifecyclestage", label: "Contact › Lifecycle stage", value: "Lead" },
          { name: "interests", label: "Contact › Interests", value: "Bread, Apples, constructor" },
          { name: "mobilephone", label: "Contact › Mobile phone number", value: "0171 1234567" },
        ],
        phones: [
          { label: "Contact › WhatsApp phone number", raw: "+49 171 1234567", region: "DE" },
          { label: "Contact › Mobile phone number", raw: "0171 1234567", region: "DE" },
        ],
        bsuids: ["DE.1234", "DE.5678"],
        timeZone: "Europe/Berlin",
        ownerId: "77",
        people: [],
        peopleLeftOut: 0,
        related: [],
        signals: [],
      },
    });
    const url = new URL(server.requests[0]?.url ?? "", server.url);
    expect(url.pathname).toBe("/crm/objects/2026-09/contacts/501");
    const asked = url.searchParams.get("properties")?.split(",") ?? [];
    expect(asked).toEqual(
      expect.arrayContaining(["firstname", "lastname", "email", "phone", "mobilephone", "country"]),
    );
    expect(new Set(asked).size).toBe(asked.length);
    expect(url.searchParams.get("associations")).toBe("companies,deals,tickets");
    expect(server.requests.length).toBe(1);
  });

  it("follows a merge to the survivor", async () => {
    await using server = await cannedServer({ body: { id: "777", properties: { email: "ada@example.test" } } });
    expect(await adapterAt(server.url).readRecord(session, ref, [])).toMatchObject({
      outcome: "done",
      record: { ref: { ...ref, id: "777" }, name: "ada@example.test", phones: [] },
    });
  });

  it("splits a long list of fields over several requests", async () => {
    const many = Array.from({ length: 400 }, (_, index) => ({
      name: `custom_field_number_${index}`,
      label: "x",
      choices: {},
    }));
    await using server = await cannedServer(
      { to: "custom_field_number_0,", body: { id: "501", properties: { custom_field_number_0: "first" } } },
      { body: { id: "501", properties: { custom_field_number_399: "last", firstname: "Ada" } } },
    );
    const result = await adapterAt(server.url).readRecord(session, ref, many);
    expect(result).toMatchObject({ outcome: "done", record: { name: "Ada" } });
    expect(result.outcome === "done" && result.record.fields.map(({ value }) => value)).toEqual(["first", "last"]);
    for (const { url } of server.requests) expect(url.length).toBeLessThan(6300);
  });

  it("tells a missing record from an outage, and asks nothing about a type it does not know", async () => {
    await using server = await cannedServer({ status: 404, body: {} }, { status: 503 });
    const adapter = adapterAt(server.url);
    expect(await adapter.readRecord(session, ref, [])).toEqual({ outcome: "not_found" });
    expect(await adapter.readRecord(session, ref, [])).toMatchObject({ outcome: "later" });
    expect(await adapter.readRecord(session, { ...ref, type: "lead" }, [])).toEqual({ outcome: "not_found" });
    expect(server.requests.length).toBe(2);
  });
});

async function read(of: CrmRecordRef, ...answers: CannedAnswer[]): Promise<{ record: CrmRecord; calls: string[] }> {
  await using server = await cannedServer(...answers);
  const result = await adapterAt(server.url).readRecord(session, of, []);
  if (result.outcome !== "done") throw new Error(result.outcome);
  return { record: result.record, calls: server.requests.map(({ method, url }) => `${method} ${url.split("?")[0]}`) };
}

function ends(...pairs: (readonly [id: string, type: string])[]): object {
  return { results: pairs.map(([id, type]) => ({ id, type })) };
}

function batch(to: string, ...results: object[]): CannedAnswer {
  return { to: `${to}/batch/read`, body: { status: "COMPLETE", results } };
}

describe("what is around a contact", () => {
  it("is its companies, the primary one first, and its deals and tickets, open or not, the newest first", async () => {
    const associations = {
      companies: ends(
        ["8", "contact_to_company_unlabeled"],
        ["9", "contact_to_company_unlabeled"],
        ["9", "contact_to_company"],
      ),
      deals: ends(["31", "contact_to_deal"], ["32", "contact_to_deal"], ["33", "contact_to_deal"]),
      tickets: ends(["41", "contact_to_ticket"], ["42", "contact_to_ticket"]),
    };
    const { record, calls } = await read(
      ref,
      { to: "contacts/501", body: { id: "501", properties: {}, associations } },
      batch("companies", { id: "8", properties: { name: "Other" } }, { id: "9", properties: { name: "Acme" } }),
      batch(
        "deals",
        { id: "31", properties: { dealname: "Won", hs_is_closed: "true" } },
        { id: "32", properties: { dealname: "Running", hs_is_closed: "false" } },
      ),
      batch(
        "tickets",
        { id: "41", properties: { subject: "Solved", closed_date: "2026-11-01T08:00:00Z" } },
        { id: "42", properties: { subject: "Waiting", closed_date: null } },
      ),
    );
    expect(record.related.map((one) => [one.ref.type, one.ref.id, one.name, one.isPrimary, one.isOpen])).toEqual([
      ["company", "9", "Acme", true, null],
      ["company", "8", "Other", false, null],
      ["deal", "32", "Running", false, true],
      ["deal", "31", "Won", false, false],
      ["ticket", "42", "Waiting", false, true],
      ["ticket", "41", "Solved", false, false],
    ]);
    expect(calls.length).toBe(4);
  });

  it("is not told in half: a lost answer puts the whole record off", async () => {
    const associations = { deals: ends(["31", "contact_to_deal"]) };
    await using server = await cannedServer({ body: { id: "501", properties: {}, associations } }, { status: 503 });
    expect(await adapterAt(server.url).readRecord(session, ref, [])).toMatchObject({ outcome: "later" });
  });
});

describe("the people", () => {
  const person = (id: string, firstname: string) => ({
    id,
    properties: { firstname, mobilephone: `+49 171 ${id}`, hs_whatsapp_bsuids: `DE.${id}` },
  });

  it.each([
    ["deal", "deals", { dealname: "Bakery line" }, "Bakery line"],
    ["ticket", "tickets", { subject: "Delivery date" }, "Delivery date"],
  ] as const)("of a %s come with their numbers, and its company with them", async (type, plural, properties, name) => {
    const associations = {
      contacts: ends(["501", `${type}_to_contact`], ["502", `${type}_to_contact`]),
      companies: ends(["9", `${type}_to_company_unlabeled`], ["9", `${type}_to_company`]),
    };
    const { record, calls } = await read(
      { ...account, type, id: "31" },
      { to: `${plural}/31`, body: { id: "31", properties, associations } },
      batch("contacts", person("502", "Ben"), person("501", "Ada")),
      batch("companies", { id: "9", properties: { name: "Acme" } }),
    );
    expect(record).toMatchObject({ name, phones: [], peopleLeftOut: 0 });
    expect(record.people).toEqual([
      {
        ref: { ...account, type: "contact", id: "501" },
        name: "Ada",
        phones: [{ label: "Contact › Mobile phone number", raw: "+49 171 501", region: null }],
        bsuids: ["DE.501"],
        isPrimary: false,
      },
      expect.objectContaining({ name: "Ben" }),
    ]);
    expect(record.related).toMatchObject([{ name: "Acme", isPrimary: true, isOpen: null }]);
    expect(calls.length).toBe(3);
  });

  it("of a company are a hundred, the primary one first, and a count of those left out", async () => {
    const pairs = Array.from(
      { length: 130 },
      (_, index) => [String(600 + index), "company_to_contact_unlabeled"] as const,
    );
    const { record, calls } = await read(
      { ...account, type: "company", id: "9" },
      {
        to: "companies/9",
        body: {
          id: "9",
          properties: { name: "Acme", phone: "+49 30 901820", num_associated_contacts: "640" },
          associations: {
            contacts: { ...ends(...pairs, ["729", "company_to_contact"]), paging: { next: { after: "729" } } },
          },
        },
      },
      batch("contacts", person("729", "Zoe"), person("600", "Ada")),
    );
    expect(record.people.map(({ name, isPrimary }) => [name, isPrimary])).toEqual([
      ["Zoe", true],
      ["Ada", false],
    ]);
    expect(record.peopleLeftOut).toBe(540);
    expect(record.phones).toMatchObject([{ label: "Company › Phone number", raw: "+49 30 901820" }]);
    expect(calls).toEqual(["GET /crm/objects/2026-09/companies/9", "POST /crm/objects/2026-09/contacts/batch/read"]);
  });
});

describe("signals", () => {
  it.each([
    ["opted_out", [{ kind: "opted_out", field: "WhatsApp consent" }]],
    ["opted_in", []],
    [null, []],
  ])("read our own field: %s", async (status, signals) => {
    const { record } = await read(ref, { body: { id: "501", properties: { wa_consent_status: status } } });
    expect(record.signals).toEqual(signals);
  });
});

describe("recordUrl", () => {
  it("leads to the page where people see the record", () => {
    expect(adapterAt("http://x").recordUrl("app-eu1.hubspot.com", ref)).toBe(
      "https://app-eu1.hubspot.com/contacts/4242/record/0-1/501",
    );
  });
});
