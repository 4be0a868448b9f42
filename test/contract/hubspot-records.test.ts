import type { CrmRecord } from "@aparte/crm/record.ts";
import type { CrmRecordRef, RecordType } from "@aparte/core/crm-record.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { post } from "../support/world.ts";
import { startHubspotPortal, type HubspotPortal } from "./hubspot-portal.ts";
import { errorAnswer, recordAnswer } from "./hubspot-schemas.ts";

let portal: HubspotPortal;
let contact: CrmRecordRef;
let company: CrmRecordRef;
beforeAll(async () => {
  portal = await startHubspotPortal();
  contact = portal.ref("contact", portal.identity.demo_contact_id);
  company = portal.ref("company", portal.identity.demo_company_id);
});
beforeEach(() => portal.reset());
afterAll(() => portal?.close());

async function read(ref: CrmRecordRef): Promise<CrmRecord> {
  const described = await portal.adapter.describeFields(portal.session, ref.type);
  if (described.outcome !== "done") throw new Error(described.outcome);
  portal.take();
  const result = await portal.adapter.readRecord(portal.session, ref, described.fields);
  if (result.outcome !== "done") throw new Error(result.outcome);
  return result.record;
}

describe("reading a record", () => {
  it("asks for its fields by name and shows the labels of choices", async () => {
    const described = await portal.adapter.describeFields(portal.session, "contact");
    if (described.outcome !== "done") throw new Error(described.outcome);
    expect(portal.only()).toMatchObject({ method: "GET", path: "/crm/properties/2026-09/contacts" });
    const record = await read(contact);
    const [exchange] = portal.take();
    expect([exchange?.method, exchange?.path]).toEqual(["GET", `/crm/objects/2026-09/contacts/${contact.id}`]);
    expect(exchange?.query["properties"]?.split(",")).toEqual(expect.arrayContaining(["firstname", "mobilephone"]));
    const { properties } = recordAnswer.parse(exchange?.answer);
    expect(record.name).toContain(properties["firstname"]);
    expect(record.fields).toContainEqual({
      name: "hs_language",
      label: "Contact › Preferred language",
      value: "Portuguese - Brazil",
    });
  });

  it("brings a contact's numbers, owner, companies, deals and tickets", async () => {
    await portal.edit({
      action: "update",
      type: "contacts",
      id: contact.id,
      properties: { hs_whatsapp_bsuids: "BR.1" },
    });
    await portal.edit({ action: "update", type: "tickets", id: "401001", properties: { hs_pipeline_stage: "4" } });
    const record = await read(contact);
    expect(record).toMatchObject({ name: "Ana Souza", ownerId: "77002", bsuids: ["BR.1"], people: [], signals: [] });
    expect(record.phones).toEqual([{ label: "Contact › Phone number", raw: "+55 11 91234-5678", region: "BR" }]);
    expect(
      record.related.map(({ ref, name, isPrimary, isOpen }) => [ref.type, ref.id, name, isPrimary, isOpen]),
    ).toEqual([
      ["company", "201001", "Padaria Horizonte", true, null],
      ["deal", "301001", "Bakery line for the Pinheiros shop", false, true],
      ["ticket", "401001", "Delivery date of order A-1042", false, false],
    ]);
  });

  it.each([
    ["company", "201001", "Padaria Horizonte", []],
    ["deal", "301001", "Bakery line for the Pinheiros shop", ["201001"]],
    ["ticket", "401001", "Delivery date of order A-1042", ["201001"]],
  ] satisfies [RecordType, string, string, string[]][])(
    "brings the people of a %s with their numbers, in few requests",
    async (type, id, name, companies) => {
      const record = await read(portal.ref(type, id));
      expect(record).toMatchObject({ name, peopleLeftOut: 0 });
      expect(record.people).toMatchObject([{ ref: contact, name: "Ana Souza", phones: [{ region: "BR" }] }]);
      expect(record.related.map(({ ref }) => ref.id)).toEqual(companies);
      expect(portal.take().length).toBeLessThanOrEqual(3);
    },
  );

  it("brings a hundred people of a large company and says how many more there are", async () => {
    const types = [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 279 }];
    const inputs = Array.from({ length: 100 }, (_, index) => ({
      properties: { firstname: `P${index}` },
      associations: [{ to: { id: company.id }, types }],
    }));
    for (let batch = 0; batch < 6; batch += 1) {
      const answer = await fetch(`${portal.url}/crm/objects/2026-09/contacts/batch/create`, {
        method: "POST",
        headers: { authorization: `Bearer ${portal.session.accessToken}`, "content-type": "application/json" },
        body: JSON.stringify({ inputs }),
      });
      expect(answer.status).toBe(201);
    }
    const record = await read(company);
    expect([record.people.length, record.people[0]?.name, record.peopleLeftOut]).toEqual([100, "Ana Souza", 501]);
    expect(record.people[0]?.isPrimary).toBe(true);
    expect(portal.take().length).toBe(2);
  });

  it("says that it is not there without calling that an error", async () => {
    const missing = await portal.adapter.readRecord(portal.session, portal.ref("contact", "999999"), []);
    expect(missing).toEqual({ outcome: "not_found" });
    const { status, answer } = portal.only();
    expect([status, errorAnswer.parse(answer).category]).toEqual([404, "OBJECT_NOT_FOUND"]);
  });
});

describe("what became of records", () => {
  it("is told for live, merged, deleted, restored, erased and unknown ones", async () => {
    const refs = ["101001", "101002", "101003", "101004", "101005", "424242"].map((id) => portal.ref("contact", id));
    const survivor = await portal.edit({ action: "merge", type: "contacts", id: "101001", merged_id: "101002" });
    const again = await portal.edit({ action: "merge", type: "contacts", id: survivor, merged_id: "101006" });
    await portal.edit({ action: "archive", type: "contacts", id: "101003" });
    await portal.edit({ action: "erase", type: "contacts", id: "101004" });
    const states = async () => {
      const located = await portal.adapter.locate(portal.session, refs);
      if (located.outcome !== "done") throw new Error(located.outcome);
      return located.found.map(({ state, into }) => (into === null ? state : `${state} into ${into.id}`));
    };
    const merged = `merged into ${again}`;
    expect(await states()).toEqual([merged, merged, "deleted", "unknown", "live", "unknown"]);
    await portal.edit({ action: "restore", type: "contacts", id: "101003" });
    expect((await states())[2]).toBe("live");
    expect((await read(contact)).ref.id).toBe(again);
  });
});

describe("finding", () => {
  const settled = () => post(`${portal.url}/_sim/clock`, { advance_ms: 3000 });

  it("people, companies, deals and tickets by words", async () => {
    const found = await portal.adapter.searchRecords(portal.session, company.account, "padaria");
    if (found.outcome !== "done") throw new Error(found.outcome);
    expect(found.hits.map(({ ref, name, detail }) => [ref.type, name, detail])).toEqual([
      ["contact", "Ana Souza", "Padaria Horizonte · ana.souza@padaria-horizonte.example"],
      ["company", "Padaria Horizonte", "padaria-horizonte.example · São Paulo"],
    ]);
  });

  it.each([
    ["+5511912345678", ["101001"]],
    ["+551112345678", ["101001"]],
    ["+4915123456789", ["101002"]],
    ["+4930901820", ["101002", "201002"]],
    ["+12025550123", []],
  ])("those who may have the number %s", async (e164, ids) => {
    const found = await portal.adapter.findByPhone(portal.session, company.account, e164);
    if (found.outcome !== "done") throw new Error(found.outcome);
    expect(found.hits.map(({ ref }) => ref.id)).toEqual(ids);
  });

  it("a number that stands in the field for WhatsApp alone", async () => {
    const properties = { firstname: "Wa", hs_whatsapp_phone_number: "+49 171 555 0199" };
    const id = await portal.edit({ action: "create", type: "contacts", properties });
    await settled();
    const found = await portal.adapter.findByPhone(portal.session, company.account, "+491715550199");
    expect(found).toMatchObject({ outcome: "done", hits: [{ ref: { id } }] });
  });

  it("colleagues by their address, unless they left", async () => {
    const owner = (email: string) => portal.adapter.findOwner(portal.session, email);
    expect(await owner("Rep@demo.test")).toEqual({ outcome: "done", ownerId: "77002" });
    expect(await owner("former@demo.test")).toEqual({ outcome: "done", ownerId: null });
    expect(await owner("nobody@demo.test")).toEqual({ outcome: "done", ownerId: null });
  });
});

describe("the mirror", () => {
  const values = {
    consent: { state: "opted_in", at: "2026-11-22T09:14:00.000Z", source: "Said on the phone" },
    lastContactAt: "2026-11-22T10:00:00.000Z",
  } as const;

  it("is created once, written, and an opt-out that a person sets there is a signal", async () => {
    const { adapter, session } = portal;
    expect(await adapter.hasMirror(session)).toEqual({ outcome: "done", exists: false });
    expect(await adapter.createMirror(session)).toMatchObject({ outcome: "done" });
    expect(await adapter.createMirror(session)).toMatchObject({ outcome: "done" });
    expect(await adapter.hasMirror(session)).toEqual({ outcome: "done", exists: true });
    expect(await adapter.writeMirror(session, contact, values)).toEqual({ outcome: "done" });
    const record = await read(contact);
    expect(record.fields).toContainEqual({
      name: "wa_consent_status",
      label: "Contact › WhatsApp consent",
      value: "Opted in",
    });
    expect(record.signals).toEqual([]);
    const out = { wa_consent_status: "opted_out" };
    await portal.edit({ action: "update", type: "contacts", id: contact.id, properties: out });
    expect((await read(contact)).signals).toEqual([{ kind: "opted_out", field: "Contact › WhatsApp consent" }]);
    await portal.edit({ action: "archive", type: "contacts", id: contact.id });
    expect(await adapter.writeMirror(session, contact, values)).toEqual({ outcome: "not_found" });
  });
});
