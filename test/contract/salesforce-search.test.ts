import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import type { RecordHit } from "@aparte/crm/record.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startSalesforceOrg, type SalesforceOrg } from "./salesforce-org.ts";

let org: SalesforceOrg;
let contact: CrmRecordRef;
beforeAll(async () => {
  org = await startSalesforceOrg();
  contact = org.ref("contact", org.identity.demo_contact_id);
});
beforeEach(() => org.reset());
afterAll(() => org?.close());

type Found = Awaited<ReturnType<SalesforceOrg["adapter"]["searchRecords"]>>;

function hitsOf(found: Found): readonly RecordHit[] {
  if (found.outcome !== "done") throw new Error(JSON.stringify(found));
  return found.hits;
}

const search = async (words: string) => hitsOf(await org.adapter.searchRecords(org.session, contact.account, words));
const byPhone = async (e164: string) => hitsOf(await org.adapter.findByPhone(org.session, contact.account, e164));

describe("searchRecords", () => {
  it.each(["Ana Souza", "souz", "ana.souza@padaria-horizonte.example", "Sou"])(
    "finds a person by %j",
    async (words) => {
      expect((await search(words)).map(({ ref }) => ref)).toContainEqual(contact);
    },
  );

  it("finds companies, deals and tickets by their names, and tells them apart", async () => {
    const company = (await search("Padaria")).find(({ ref }) => ref.type === "company");
    expect(company).toMatchObject({ name: "Padaria Horizonte", detail: expect.stringContaining("São Paulo") });
    expect((await search("Pinheiros")).map(({ ref }) => ref.type)).toContain("deal");
    expect((await search("A-1042")).map(({ ref }) => ref.type)).toContain("ticket");
  });

  it.each([`' OR Name != '`, `}{ RETURNING User(Id)`, "*", `"`, "\\", "x".repeat(100_000), "AND", "O'Brien-Ünal"])(
    "takes %j for words",
    async (words) => {
      expect(await search(words)).toEqual([]);
    },
  );
});

describe("findByPhone", () => {
  it.each(["+55 11 91234-5678", "(11) 91234-5678", "011 91234-5678", "55 11 1234-5678"])(
    "finds a number that was typed as %s",
    async (typed) => {
      await org.rest("PATCH", `/sobjects/Contact/${contact.id}`, { Phone: null, MobilePhone: typed });
      const hits = await byPhone("+5511912345678");
      expect(hits).toContainEqual(
        expect.objectContaining({
          ref: contact,
          phones: [{ label: "Contact › Mobile", raw: typed, region: "BR" }],
        }),
      );
    },
  );

  it("finds leads and companies as well, and nobody for a number that nobody has", async () => {
    const types = async (e164: string) => (await byPhone(e164)).map(({ ref }) => ref.type);
    expect(await types("+393123456789")).toContain("lead");
    expect(await types("+551132514400")).toContain("company");
    expect(await types("+4930999999999")).toEqual([]);
  });
});

describe("the mirror", () => {
  it("is made once, shown to whoever connected, and written to people", async () => {
    const { adapter, session } = org;
    expect(await adapter.hasMirror(session)).toEqual({ outcome: "done", exists: false });
    expect(await adapter.createMirror(session)).toEqual({ outcome: "done" });
    expect(await adapter.createMirror(session)).toEqual({ outcome: "done" });
    expect(await adapter.hasMirror(session)).toEqual({ outcome: "done", exists: true });
    const values = {
      consent: { state: "opted_out", at: "2026-11-22T09:14:00.000Z", source: "STOP in WhatsApp" },
      lastContactAt: "2026-11-22T09:15:00.000Z",
    } as const;
    for (const ref of [contact, org.ref("lead", org.identity.demo_lead_id)]) {
      expect(await adapter.writeMirror(session, ref, values)).toEqual({ outcome: "done" });
      const described = await adapter.describeFields(session, ref.type);
      const fields = described.outcome === "done" ? described.fields : [];
      expect(await adapter.readRecord(session, ref, fields)).toMatchObject({
        outcome: "done",
        record: { signals: [{ kind: "opted_out", field: expect.stringContaining("WhatsApp consent") }] },
      });
    }
    await org.act("Contact", contact.id, "delete");
    expect(await adapter.writeMirror(session, contact, values)).toEqual({ outcome: "not_found" });
  });
});
