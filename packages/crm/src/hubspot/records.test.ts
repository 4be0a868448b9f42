import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import { describe, expect, it } from "vitest";
import type { FieldDefinition } from "../record.ts";
import { hubspotAdapter } from "./adapter.ts";
import { cannedServer } from "./canned-server.ts";

const session = { accessToken: "t" };
const ref: CrmRecordRef = { crm: "hubspot", account: "4242", type: "contact", id: "501" };

function adapterAt(baseUrl: string): ReturnType<typeof hubspotAdapter> {
  return hubspotAdapter({ baseUrl, clientId: "", clientSecret: "", timeoutMs: 2000 });
}

function property(name: string, label: string, more: object = {}): object {
  return { name, label, type: "string", fieldType: "text", groupName: "g", hubspotDefined: true, ...more };
}

const lifecycle = property("lifecyclestage", "Lifecycle stage", {
  type: "enumeration",
  options: [{ label: "Sales qualified lead", value: "salesqualifiedlead", displayOrder: 1, hidden: false }],
});

describe("describeFields", () => {
  it("lists what is worth reading: the known ones in their order, then the account's own", async () => {
    await using server = await cannedServer({
      body: {
        results: [
          property("quote_number", "Quote number", { hubspotDefined: false }),
          property("hs_analytics_source", "Original source"),
          property("phone", "Phone number"),
          property("firstname", "First name"),
          lifecycle,
          property("old", "Old", { hubspotDefined: false, hidden: true }),
          property("health", "Health", { hubspotDefined: false, dataSensitivity: "highly_sensitive" }),
          property("shape", "Shape", { hubspotDefined: false, type: "json" }),
        ],
      },
    });
    const described = await adapterAt(server.url).describeFields(session, "contact");
    expect(described).toEqual({
      outcome: "done",
      fields: [
        { name: "firstname", label: "Contact › First name", choices: {} },
        {
          name: "lifecyclestage",
          label: "Contact › Lifecycle stage",
          choices: { salesqualifiedlead: "Sales qualified lead" },
        },
        { name: "phone", label: "Contact › Phone number", choices: {} },
        { name: "quote_number", label: "Contact › Quote number", choices: {} },
      ],
    });
    expect(server.requests[0]?.url).toBe("/crm/properties/2026-09/contacts");
  });
});

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
          { label: "hs_whatsapp_phone_number", raw: "+49 171 1234567", region: "DE" },
          { label: "Contact › Mobile phone number", raw: "0171 1234567", region: "DE" },
        ],
      },
    });
    const url = new URL(server.requests[0]?.url ?? "", server.url);
    expect(url.pathname).toBe("/crm/objects/2026-09/contacts/501");
    const asked = url.searchParams.get("properties")?.split(",") ?? [];
    expect(asked).toEqual(
      expect.arrayContaining(["firstname", "lastname", "email", "phone", "mobilephone", "country"]),
    );
    expect(new Set(asked).size).toBe(asked.length);
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
      { body: { id: "501", properties: { custom_field_number_0: "first" } } },
      { body: { id: "501", properties: { custom_field_number_399: "last", firstname: "Ada" } } },
    );
    const result = await adapterAt(server.url).readRecord(session, ref, many);
    expect(result).toMatchObject({ outcome: "done", record: { name: "Ada" } });
    expect(result.outcome === "done" && result.record.fields.map(({ value }) => value)).toEqual(["first", "last"]);
    for (const { url } of server.requests) expect(url.length).toBeLessThan(6200);
  });

  it("tells a missing record from an outage, and asks nothing about a type it does not know", async () => {
    await using server = await cannedServer({ status: 404, body: {} }, { status: 503 });
    const adapter = adapterAt(server.url);
    expect(await adapter.readRecord(session, ref, [])).toEqual({ outcome: "not_found" });
    expect(await adapter.readRecord(session, ref, [])).toMatchObject({ outcome: "later" });
    expect(await adapter.readRecord(session, { ...ref, type: "deal" }, [])).toEqual({ outcome: "not_found" });
    expect(server.requests.length).toBe(2);
  });
});

describe("recordUrl", () => {
  it("leads to the page where people see the record", () => {
    expect(adapterAt("http://x").recordUrl("app-eu1.hubspot.com", ref)).toBe(
      "https://app-eu1.hubspot.com/contacts/4242/record/0-1/501",
    );
  });
});
