import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import type { CrmRecord, RecordChange } from "@aparte/crm/record.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { post } from "../support/world.ts";
import { startSalesforceOrg, type SalesforceOrg } from "./salesforce-org.ts";

let org: SalesforceOrg;
let contact: CrmRecordRef;
let lead: CrmRecordRef;
let company: CrmRecordRef;
let deal: CrmRecordRef;
let ticket: CrmRecordRef;
beforeAll(async () => {
  org = await startSalesforceOrg();
  contact = org.ref("contact", org.identity.demo_contact_id);
  lead = org.ref("lead", org.identity.demo_lead_id);
  company = org.ref("company", org.identity.demo_account_id);
  deal = org.ref("deal", org.identity.demo_opportunity_id);
  ticket = org.ref("ticket", org.identity.demo_case_id);
});
beforeEach(() => org.reset());
afterAll(() => org?.close());

async function read(ref: CrmRecordRef): Promise<CrmRecord> {
  const described = await org.adapter.describeFields(org.session, ref.type);
  if (described.outcome !== "done") throw new Error(described.outcome);
  const answer = await org.adapter.readRecord(org.session, ref, described.fields);
  if (answer.outcome !== "done") throw new Error(JSON.stringify(answer));
  return answer.record;
}

describe("readRecord", () => {
  it("of a contact: fields in words, numbers, and what stands around it", async () => {
    const record = await read(contact);
    expect(record).toMatchObject({ ref: contact, name: "Ana Souza", people: [], signals: [] });
    expect(record.fields).toContainEqual({
      name: "Account.Name",
      label: "Contact › Account Name",
      value: "Padaria Horizonte",
    });
    expect(record.phones).toContainEqual({ label: "Contact › Phone", raw: "+55 11 91234-5678", region: "BR" });
    expect(record.ownerId).toMatch(/^005/u);
    expect(record.related).toMatchObject([
      { ref: company, isPrimary: true, isOpen: null },
      { ref: deal, isPrimary: true, isOpen: true },
      { ref: ticket, isOpen: true },
    ]);
  });

  it("of a company, an opportunity and a case: their people, the primary one first", async () => {
    const second = await org.rest("POST", "/sobjects/Contact", {
      LastName: "Alves",
      MobilePhone: "11 98888-7777",
      MailingCountry: "Brazil",
      AccountId: company.id,
    });
    await org.rest("POST", "/sobjects/OpportunityContactRole", { OpportunityId: deal.id, ContactId: second });
    const alves = { ref: org.ref("contact", second), name: "Alves", isPrimary: false };
    const ana = { ref: contact, name: "Ana Souza" };
    expect((await read(company)).people).toMatchObject([alves, ana]);
    expect((await read(deal)).people).toMatchObject([{ ...ana, isPrimary: true }, alves]);
    expect((await read(deal)).people[1]?.phones).toEqual([
      { label: "Contact › Mobile", raw: "11 98888-7777", region: "BR" },
    ]);
    expect((await read(ticket)).people).toMatchObject([ana]);
    expect((await read(ticket)).related).toMatchObject([{ ref: company }]);
  });

  it("of a company leaves people without a number out, and counts those beyond the hundredth", async () => {
    await org.rest("POST", "/sobjects/Contact", { LastName: "Without", AccountId: company.id });
    const attributes = { type: "Contact" };
    const many = Array.from({ length: 120 }, (_, index) => {
      return { attributes, LastName: `Person ${index}`, Phone: `+49 30 9018${index}`, AccountId: company.id };
    });
    await org.rest("POST", "/composite/sobjects", { allOrNone: true, records: many });
    const record = await read(company);
    expect([record.people.length, record.peopleLeftOut]).toEqual([100, 21]);
    expect(record.people.some(({ name }) => name === "Without")).toBe(false);
  });

  it("of a Person Account: the person itself, nobody else", async () => {
    const record = await read(org.ref("company", org.identity.demo_person_account_id));
    expect(record.people).toEqual([]);
    expect(record.phones.length).toBeGreaterThan(0);
  });

  it("tells what the org's own fields say against messages", async () => {
    const individual = await org.rest("POST", "/sobjects/Individual", {
      LastName: "Souza",
      HasOptedOutSolicit: true,
      ShouldForget: true,
    });
    await org.rest("PATCH", `/sobjects/Contact/${contact.id}`, { DoNotCall: true, IndividualId: individual });
    expect((await read(contact)).signals.map(({ kind }) => kind).toSorted()).toEqual([
      "do_not_call",
      "erase",
      "opted_out",
    ]);
  });

  it("shows hostile names as they are", async () => {
    const name = `<img src=x onerror=alert(1)> ' OR 1=1 \u202E =cmd()`;
    await org.rest("PATCH", `/sobjects/Contact/${contact.id}`, { FirstName: "=A1", LastName: name });
    expect((await read(contact)).name).toBe(`=A1 ${name}`);
  });

  it("takes short ids, and answers with long ones", async () => {
    expect((await read({ ...contact, id: contact.id.slice(0, 15) })).ref).toEqual(contact);
  });

  it("says what is not there", async () => {
    for (const id of ["003gK00000noneAAAA", "003gK00000none", "00QgK00000SofRs", "x"]) {
      expect(await org.adapter.readRecord(org.session, { ...contact, id }, [])).toEqual({ outcome: "not_found" });
    }
    await org.act("Contact", contact.id, "delete");
    expect(await org.adapter.readRecord(org.session, contact, [])).toEqual({ outcome: "not_found" });
  });
});

describe("locate", () => {
  it("tells the living from those in the bin and from those nobody knows", async () => {
    await org.act("Contact", contact.id, "delete");
    const other = org.ref("contact", "003gK00000noneAAAA");
    const short = { ...contact, id: contact.id.slice(0, 15) };
    expect(await org.adapter.locate(org.session, [other, short, contact])).toEqual({
      outcome: "done",
      found: [
        { ref: other, state: "unknown", into: null },
        { ref: short, state: "deleted", into: null },
        { ref: contact, state: "deleted", into: null },
      ],
    });
    await org.act("Contact", contact.id, "purge");
    expect(await org.adapter.locate(org.session, [contact])).toMatchObject({ found: [{ state: "unknown" }] });
    for (const ref of [lead, company, deal, ticket]) {
      expect(await org.adapter.locate(org.session, [ref])).toMatchObject({ found: [{ ref, state: "live" }] });
    }
  });
});

describe("changesSince", () => {
  async function since(cursor: string | null) {
    const answer = await org.adapter.changesSince(org.session, { account: contact.account, cursor });
    if (answer.outcome !== "done") throw new Error(JSON.stringify(answer));
    return answer;
  }

  const of = (changes: readonly RecordChange[], ref: CrmRecordRef) =>
    changes.filter((change) => change.ref.id === ref.id).map(({ kind }) => kind);

  it("begins with nothing, then tells what others did, and falls silent", async () => {
    const begun = await since(null);
    expect([begun.changes, begun.more]).toEqual([[], false]);
    await org.rest("PATCH", `/sobjects/Contact/${contact.id}`, { Phone: "+55 11 90000-0000" });
    await org.act("Lead", lead.id, "delete");
    await org.act("Case", ticket.id, "delete");
    let told = await since(begun.cursor);
    expect(of(told.changes, contact)).toEqual(["updated"]);
    expect(of(told.changes, lead)).toEqual(["deleted"]);
    expect(of(told.changes, ticket)).toEqual(["deleted"]);
    expect(told.changes.every(({ isEcho }) => !isEcho)).toBe(true);
    for (let poll = 0; poll < 3; poll += 1) told = await since(told.cursor);
    expect(of((await since(told.cursor)).changes, contact)).toEqual([]);
  });

  it("tells of a person whose wishes about data have changed", async () => {
    const individual = await org.rest("POST", "/sobjects/Individual", { LastName: "Souza" });
    await org.rest("PATCH", `/sobjects/Contact/${contact.id}`, { IndividualId: individual });
    let told = await since(null);
    for (let poll = 0; poll < 4; poll += 1) told = await since(told.cursor);
    expect(of(told.changes, contact)).toEqual([]);
    await post(`${org.url}/_sim/clock`, { advance_ms: 60_000 });
    await org.rest("PATCH", `/sobjects/Individual/${individual}`, { HasOptedOutSolicit: true });
    expect(of((await since(told.cursor)).changes, contact)).toEqual(["updated"]);
  });

  it("goes through many changes of one moment page by page", async () => {
    const begun = await since(null);
    const attributes = { type: "Lead" };
    for (let batch = 0; batch < 3; batch += 1) {
      const records = Array.from({ length: 150 }, (_, index) => {
        return { attributes, LastName: `Lead ${batch}-${index}`, Company: "Import" };
      });
      await org.rest("POST", "/composite/sobjects", { allOrNone: true, records });
    }
    const told = new Set<string>();
    let page = await since(begun.cursor);
    for (let pages = 1; page.more && pages < 10; pages += 1) {
      for (const { ref } of page.changes) told.add(ref.id);
      page = await since(page.cursor);
    }
    for (const { ref } of page.changes) told.add(ref.id);
    const all = (await org.all("Lead")).filter(({ fields }) => fields["Company"] === "Import");
    expect(all.length).toBe(450);
    expect(all.filter(({ id }) => !told.has(id))).toEqual([]);
    expect(page.more).toBe(false);
  });
});
