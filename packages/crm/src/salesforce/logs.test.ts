import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import { describe, expect, it } from "vitest";
import type { LogEntry, LogOutcome } from "../entry.ts";
import { cannedServer, type CannedAnswer, type SeenRequest } from "../canned-server.ts";
import { subjectMark } from "./log-key.ts";
import { writeLog } from "./logs.ts";

const contact = ref("contact", "003000000000001AAA");
const lead = ref("lead", "00Q000000000001AAA");
const company = ref("company", "001000000000001AAA");
const deal = ref("deal", "006000000000001AAA");
const ticket = ref("ticket", "500000000000001AAA");

const entry: LogEntry = {
  kind: "session",
  logKey: "k1_abc",
  logKeyKind: "unique",
  externalId: null,
  records: [contact],
  standsOn: [],
  title: "WhatsApp with Ada Example: 7 messages",
  html: "<p>hello</p>",
  text: "09:14 Ada: hello",
  at: "2026-11-22T09:20:00.000Z",
  startedAt: "2026-11-22T09:14:00.000Z",
  messageCount: 7,
  ownerId: null,
};

function ref(type: CrmRecordRef["type"], id: string): CrmRecordRef {
  return { crm: "salesforce", account: "acme", type, id };
}

type Run = { readonly result: LogOutcome; readonly asked: string[]; readonly bodies: Record<string, unknown>[] };

async function written(change: Partial<LogEntry>, ...answers: CannedAnswer[]): Promise<Run> {
  await using server = await cannedServer(...answers);
  const app = { baseUrl: "http://localhost:1", clientId: "", clientSecret: "", timeoutMs: 300 };
  const result = await writeLog(app, { accessToken: "t", apiUrl: server.url }, { ...entry, ...change });
  const asked = server.requests.map(nameOf);
  return { result, asked, bodies: server.json as Record<string, unknown>[] };
}

function nameOf({ method, url }: SeenRequest): string {
  const { pathname, searchParams } = new URL(url, "http://x");
  const query = searchParams.get("q");
  return `${method} ${pathname.replace("/services/data/v67.0", "")}${query === null ? "" : ` ${query}`}`;
}

function refusal(errorCode: string, fields: string[] = []): CannedAnswer {
  return { status: 400, body: [{ message: "no", errorCode, fields }] };
}

function rows(...records: object[]): CannedAnswer {
  return { body: { totalSize: records.length, done: true, records } };
}

function live(...refs: CrmRecordRef[]): CannedAnswer {
  return rows(...refs.map(({ id }) => ({ Id: id, IsDeleted: false })));
}

const upsertCall = "PATCH /sobjects/WA_Conversation__c/Log_Key__c/k1_abc";
const created: CannedAnswer = { status: 201, body: { id: "a0W1", success: true, errors: [], created: true } };
const missing: CannedAnswer = { status: 404, body: [{ message: "gone", errorCode: "ENTITY_IS_DELETED" }] };

describe("writeLog as a record of the package", () => {
  it("upserts by our key, with a lookup for one record of each type", async () => {
    const other = ref("deal", "006000000000002AAA");
    const { result, asked, bodies } = await written({ records: [contact, deal, other, company] }, created);
    expect(result).toEqual({ outcome: "written", externalId: "a0W1", standsOn: [contact, deal, company] });
    expect(asked).toEqual([upsertCall]);
    expect(bodies).toEqual([
      {
        Kind__c: "session",
        Started__c: "2026-11-22T09:14:00.000Z",
        Last_Message__c: "2026-11-22T09:20:00.000Z",
        Message_Count__c: 7,
        Transcript__c: "09:14 Ada: hello",
        Contact__c: contact.id,
        Lead__c: null,
        Account__c: company.id,
        Opportunity__c: deal.id,
        Case__c: null,
      },
    ]);
  });

  it.each<CannedAnswer>([{ fault: "drop" }, { fault: "wait" }, { status: 500, body: [] }, { fault: "no_json" }])(
    "may be written again after a lost answer: %j",
    async (lost) => {
      expect((await written({}, lost)).result).toMatchObject({ outcome: "later" });
    },
  );

  it("waits for another writer of the same key", async () => {
    const { result } = await written({}, refusal("DUPLICATE_VALUE"));
    expect(result).toMatchObject({ outcome: "later", retryAfterMs: 1000, reason: "conflict" });
  });

  it("keeps the oldest where several have the key, and takes the others away", async () => {
    const several = ["a0W1", "a0W2", "a0W3"].map((id) => `/services/data/v67.0/sobjects/WA_Conversation__c/${id}`);
    const { result, asked } = await written(
      {},
      { status: 300, body: several },
      rows({ Id: "a0W2" }, { Id: "a0W1" }, { Id: "a0W3" }),
      { status: 204 },
      { body: [] },
    );
    expect(result).toMatchObject({ outcome: "written", externalId: "a0W2" });
    expect(asked).toEqual([
      upsertCall,
      "GET /query SELECT Id FROM WA_Conversation__c WHERE Log_Key__c = 'k1_abc' ORDER BY CreatedDate, Id",
      "PATCH /sobjects/WA_Conversation__c/a0W2",
      "DELETE /composite/sobjects",
    ]);
  });

  it("goes without an owner whom Salesforce does not take", async () => {
    const owned = { ownerId: "005000000000001AAA" };
    const { result, bodies } = await written(owned, refusal("INACTIVE_OWNER_OR_USER"), created);
    expect(result).toMatchObject({ outcome: "written" });
    expect(bodies.map((body) => body["OwnerId"])).toEqual(["005000000000001AAA", undefined]);
    const other = await written(owned, refusal("INVALID_CROSS_REFERENCE_KEY", ["OwnerId"]), created);
    expect(other.result).toMatchObject({ outcome: "written" });
  });

  it("goes without a record that has gone", async () => {
    const gone = refusal("INVALID_CROSS_REFERENCE_KEY", ["Opportunity__c"]);
    const { result, bodies } = await written({ records: [contact, deal] }, gone, live(contact), live(), created);
    expect(result).toMatchObject({ outcome: "written", standsOn: [contact] });
    expect(bodies[1]).toMatchObject({ Contact__c: contact.id, Opportunity__c: null });
  });

  it("is gone with the person's own record", async () => {
    const { result } = await written({ records: [contact, deal] }, refusal("ENTITY_IS_DELETED"), live(), live(deal));
    expect(result).toEqual({ outcome: "gone" });
  });

  it("tells a rule of the org from a record that has gone", async () => {
    const { result } = await written({}, refusal("FIELD_INTEGRITY_EXCEPTION"), live(contact));
    expect(result).toMatchObject({ outcome: "refused", reason: "crm.refused_by_crm", details: "no" });
    const rule = await written({}, refusal("FIELD_CUSTOM_VALIDATION_EXCEPTION"));
    expect(rule.result).toMatchObject({ outcome: "refused" });
    expect((await written({}, missing)).result).toMatchObject({ outcome: "refused" });
  });
});

const statuses = rows({ ApiName: "Erledigt" });

async function task(change: Partial<LogEntry>, ...answers: CannedAnswer[]): Promise<Run> {
  return written({ logKeyKind: "read_back", ...change }, statuses, ...answers);
}

describe("writeLog as a task", () => {
  const createCall = "POST /sobjects/Task";
  const done: CannedAnswer = { status: 201, body: { id: "00T1", success: true, errors: [] } };

  it("creates one that is closed in the words of the org, with our mark at the end of its subject", async () => {
    const { result, asked, bodies } = await task({ records: [contact, deal], ownerId: "005x" }, done);
    expect(result).toEqual({ outcome: "written", externalId: "00T1", standsOn: [contact, deal] });
    expect(asked).toEqual([
      "GET /query SELECT ApiName FROM TaskStatus WHERE IsClosed = true ORDER BY SortOrder LIMIT 1",
      createCall,
    ]);
    expect(bodies).toEqual([
      {
        WhoId: contact.id,
        WhatId: deal.id,
        OwnerId: "005x",
        Subject: `WhatsApp with Ada Example: 7 messages ${subjectMark("k1_abc")}`,
        Description: "09:14 Ada: hello",
        ActivityDate: "2026-11-22",
        Status: "Erledigt",
        Priority: "Normal",
        TaskSubtype: "Task",
      },
    ]);
  });

  it.each([
    { records: [contact, company, ticket, deal], who: contact, what: deal },
    { records: [contact, company, ticket], who: contact, what: ticket },
    { records: [contact, company], who: contact, what: company },
    { records: [lead, company, deal], who: lead, what: null },
    { records: [lead, contact, deal], who: lead, what: null },
    { records: [company, deal], who: null, what: company },
    { records: [company, contact, deal], who: contact, what: company },
    { records: [company, lead], who: null, what: company },
  ])(
    "has one place for a person and one for what it is about: $who.type, $what.type",
    async ({ records, who, what }) => {
      const { result, bodies } = await task({ records }, done);
      expect(bodies[0]).toMatchObject({ WhoId: who?.id ?? null, WhatId: what?.id ?? null });
      expect(result).toMatchObject({ standsOn: records.filter((record) => record === who || record === what) });
    },
  );

  it("keeps to the length of its fields", async () => {
    const long = { title: "t".repeat(400), text: `${"line\n".repeat(20_000)}last` };
    const { bodies } = await task(long, done);
    const { Subject, Description } = bodies[0] as { Subject: string; Description: string };
    expect([Subject.length, Subject.endsWith(subjectMark("k1_abc"))]).toEqual([255, true]);
    expect(Description.length).toBeLessThanOrEqual(32_000);
    expect(Description.endsWith("line\nlast")).toBe(true);
  });

  it.each<CannedAnswer>([{ fault: "drop" }, { fault: "wait" }, { status: 502 }, { fault: "no_json" }])(
    "does not claim to know after a lost answer: %j",
    async (lost) => {
      expect((await task({}, lost)).result).toMatchObject({ outcome: "unclear" });
    },
  );

  it("knows that nothing was created when the statuses could not be read", async () => {
    const { result } = await written({ logKeyKind: "read_back" }, { fault: "drop" });
    expect(result).toMatchObject({ outcome: "later" });
  });

  it("is gone with the person's own record", async () => {
    const { result } = await task(
      {},
      refusal("INVALID_CROSS_REFERENCE_KEY"),
      rows({ Id: contact.id, IsDeleted: true }),
    );
    expect(result).toEqual({ outcome: "gone" });
  });
});

describe("writeLog of a known entry", () => {
  it("updates it in place, whatever was installed since, and takes it off where it no longer belongs", async () => {
    const known = { externalId: "00T1", records: [contact], standsOn: [contact, deal], ownerId: "005x" };
    const { result, asked, bodies } = await written(known, { status: 204 });
    expect(result).toEqual({ outcome: "written", externalId: "00T1", standsOn: [contact] });
    expect(asked).toEqual(["PATCH /sobjects/Task/00T1"]);
    expect(Object.keys(bodies[0] ?? {}).toSorted()).toEqual([
      "ActivityDate",
      "Description",
      "Subject",
      "WhatId",
      "WhoId",
    ]);
    expect(bodies[0]).toMatchObject({ WhoId: contact.id, WhatId: null });
  });

  it("lets an entry rest that somebody deleted", async () => {
    expect((await written({ externalId: "a0W1" }, missing)).result).toEqual({ outcome: "gone" });
  });

  it("may be repeated when the answer is lost", async () => {
    const lost = await written({ externalId: "00T1", logKeyKind: "read_back" }, { fault: "drop" });
    expect(lost.result).toMatchObject({ outcome: "later" });
  });
});
