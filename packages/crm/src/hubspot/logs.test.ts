import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import { describe, expect, it } from "vitest";
import type { LogEntry, LogOutcome } from "../entry.ts";
import { cannedServer, type CannedAnswer } from "../canned-server.ts";
import { writeLog } from "./logs.ts";

const contact: CrmRecordRef = { crm: "hubspot", account: "4242", type: "contact", id: "501" };
const company: CrmRecordRef = { ...contact, type: "company", id: "9001" };
const deal: CrmRecordRef = { ...contact, type: "deal", id: "301" };

const entry: LogEntry = {
  kind: "session",
  logKey: "k1_abc",
  logKeyKind: "unique",
  externalId: null,
  records: [contact],
  standsOn: [],
  title: "WhatsApp",
  html: "<p>hello</p>",
  text: "hello",
  startedAt: "2026-11-22T09:00:00.000Z",
  messageCount: 1,
  ownerId: null,
  at: "2026-11-22T09:14:00.000Z",
};

const upserted = { body: { status: "COMPLETE", results: [{ id: "9", new: true, properties: {} }] } };
const invalid = { status: 400, body: { category: "VALIDATION_ERROR", message: "Owner is required" } };
const missing = { status: 404, body: { category: "OBJECT_NOT_FOUND" } };
const found = (id: string): CannedAnswer => ({ body: { status: "COMPLETE", results: [{ id, properties: {} }] } });
const nothing: CannedAnswer = { status: 207, body: { results: [], numErrors: 1 } };
/** What is asked of a record that may have gone, and the answers when it has. */
const gone: CannedAnswer[] = [nothing, missing, nothing];

type Run<T> = { readonly result: T; readonly asked: string[]; readonly json: readonly unknown[] };

async function written(overrides: Partial<LogEntry>, ...answers: CannedAnswer[]): Promise<Run<LogOutcome>> {
  await using server = await cannedServer(...answers);
  const app = { baseUrl: server.url, clientId: "", clientSecret: "", timeoutMs: 500 };
  const result = await writeLog(app, { accessToken: "t", apiUrl: null }, { ...entry, ...overrides });
  return { result, asked: server.requests.map(({ method, url }) => `${method} ${url}`), json: server.json };
}

const upsertCall = "POST /crm/objects/2026-09/communications/batch/upsert";
const associateCall = "PUT /crm/objects/2026-09/communications/9/associations/default/contacts/501";
const readCall = "POST /crm/objects/2026-09/contacts/batch/read";
const takenAway = "DELETE /crm/objects/2026-09/communications/9";

describe("writeLog with a unique key", () => {
  it("upserts by the key, then associates", async () => {
    const { result, asked, json } = await written({}, upserted, { body: {} });
    expect(result).toEqual({ outcome: "written", externalId: "9", standsOn: [contact] });
    expect(asked).toEqual([upsertCall, associateCall]);
    expect(json).toEqual([
      {
        inputs: [
          {
            id: "k1_abc",
            idProperty: "aparte_log_key",
            properties: {
              hs_communication_channel_type: "WHATS_APP",
              hs_communication_logged_from: "CRM",
              hs_communication_body: "<p>hello</p>",
              hs_timestamp: "2026-11-22T09:14:00.000Z",
            },
          },
        ],
      },
    ]);
  });

  it.each<CannedAnswer>([{ fault: "drop" }, { fault: "wait" }, { status: 502 }])(
    "may simply be repeated when the answer is lost: %j",
    async (lost) => {
      expect((await written({}, lost)).result).toMatchObject({ outcome: "later" });
      expect((await written({}, upserted, lost)).result).toMatchObject({ outcome: "later" });
    },
  );

  it("waits for another writer of the same key", async () => {
    expect((await written({}, { status: 409, body: { category: "CONFLICT" } })).result).toMatchObject({
      outcome: "later",
      reason: "conflict",
    });
  });

  it("tells a rule of the CRM in its words, also when it comes with 207", async () => {
    const refusal = { outcome: "refused", reason: "crm.refused_by_crm", details: "Owner is required" };
    expect((await written({}, invalid)).result).toMatchObject(refusal);
    const errors = [{ status: "error", category: "VALIDATION_ERROR", message: "Owner is required" }];
    const partly = { status: 207, body: { status: "COMPLETE", results: [], numErrors: 1, errors } };
    expect((await written({}, partly)).result).toMatchObject(refusal);
  });

  it.each([missing, invalid])("takes the entry away when the record has gone: %j", async (refusal) => {
    const { result, asked } = await written({}, upserted, refusal, ...gone, { status: 204 });
    expect(result).toEqual({ outcome: "gone" });
    expect(asked.slice(0, 3)).toEqual([upsertCall, associateCall, readCall]);
    expect(asked.at(-1)).toBe(takenAway);
  });

  it("keeps the entry when only the association is refused", async () => {
    const { result, asked } = await written({}, upserted, invalid, found("501"));
    expect(result).toMatchObject({ outcome: "refused", details: "Owner is required" });
    expect(asked).toEqual([upsertCall, associateCall, readCall]);
  });
});

describe("writeLog of a known entry", () => {
  const known = { externalId: "9", standsOn: [contact] };

  it("updates it in place", async () => {
    const { result, asked, json } = await written(known, { body: { id: "9", properties: {} } });
    expect(result).toEqual({ outcome: "written", externalId: "9", standsOn: [contact] });
    expect(asked).toEqual(["PATCH /crm/objects/2026-09/communications/9"]);
    expect(json).toEqual([
      { properties: { hs_communication_body: "<p>hello</p>", hs_timestamp: "2026-11-22T09:14:00.000Z" } },
    ]);
  });

  it("lets an entry rest that somebody deleted", async () => {
    expect((await written(known, missing)).result).toEqual({ outcome: "gone" });
  });

  it("may be repeated when the answer is lost", async () => {
    const lost = await written({ ...known, logKeyKind: "read_back" }, { fault: "drop" });
    expect(lost.result).toMatchObject({ outcome: "later" });
  });
});

describe("writeLog without a unique key", () => {
  const readBack = { logKeyKind: "read_back" } as const;

  it("creates the entry with its key and its association at once", async () => {
    const { result, asked, json } = await written(readBack, { status: 201, body: { id: "9" } });
    expect(result).toEqual({ outcome: "written", externalId: "9", standsOn: [contact] });
    expect(asked).toEqual(["POST /crm/objects/2026-09/communications"]);
    expect(json).toMatchObject([
      {
        properties: { aparte_log_key: "k1_abc", hs_communication_logged_from: "CRM" },
        associations: [
          { to: { id: "501" }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 81 }] },
        ],
      },
    ]);
  });

  it.each<CannedAnswer>([{ fault: "drop" }, { fault: "wait" }, { status: 502 }, { fault: "no_json" }])(
    "does not claim to know after a lost answer: %j",
    async (lost) => {
      expect((await written(readBack, lost)).result).toMatchObject({ outcome: "unclear" });
    },
  );

  it("tells a record that has gone from a rule", async () => {
    expect((await written(readBack, invalid, ...gone)).result).toEqual({ outcome: "gone" });
    expect((await written(readBack, invalid, found("501"), invalid)).result).toMatchObject({ outcome: "refused" });
    expect((await written(readBack, { status: 429, body: {} })).result).toMatchObject({ outcome: "later" });
  });
});

describe("writeLog on several records", () => {
  const puts = (asked: readonly string[]) =>
    asked.filter((call) => call.startsWith("PUT")).map((call) => call.split("/default/")[1]);
  const records = [contact, company, deal];

  it("associates what is missing and takes off what is too much", async () => {
    const { result, asked } = await written(
      { externalId: "9", records: [contact, deal], standsOn: [contact, company] },
      { body: { id: "9" } },
      { body: {} },
      found("9001"),
      { status: 204 },
    );
    expect(result).toEqual({ outcome: "written", externalId: "9", standsOn: [contact, deal] });
    expect(asked.slice(1)).toEqual([
      "PUT /crm/objects/2026-09/communications/9/associations/default/deals/301",
      "POST /crm/objects/2026-09/companies/batch/read",
      "DELETE /crm/objects/2026-09/communications/9/associations/companies/9001",
    ]);
  });

  it("leaves out another record that has gone or does not go with the rest", async () => {
    const answers = [upserted, { body: {} }, missing, ...gone, invalid, found("301")];
    const { result, asked } = await written({ records }, ...answers);
    expect(result).toEqual({ outcome: "written", externalId: "9", standsOn: [contact] });
    expect(puts(asked)).toEqual(["contacts/501", "companies/9001", "deals/301"]);
  });

  it("takes nothing off a record that was merged into one where it belongs", async () => {
    const survivor = { ...contact, id: "777" };
    const merged = { body: { results: [{ id: "777", properties: { hs_merged_object_ids: "501;502" } }] } };
    const overrides = { externalId: "9", records: [survivor], standsOn: [contact] };
    const { result, asked } = await written(overrides, { body: { id: "9" } }, { body: {} }, merged);
    expect(result).toEqual({ outcome: "written", externalId: "9", standsOn: [survivor] });
    expect(asked.filter((call) => call.startsWith("DELETE"))).toEqual([]);
  });

  it("makes the whole write again when an association has to wait", async () => {
    const limited = { status: 429, body: { policyName: "SECONDLY" } };
    expect((await written({ records }, upserted, { body: {} }, limited)).result).toMatchObject({ outcome: "later" });
    const expired = { status: 401, body: { category: "EXPIRED_AUTHENTICATION" } };
    expect((await written({ records }, upserted, { body: {} }, expired)).result).toEqual({ outcome: "expired" });
  });

  it("keeps the entry on the others when the person's own record has gone since", async () => {
    const overrides = { externalId: "9", records: [contact, company], standsOn: [company] };
    const { result, asked } = await written(overrides, { body: { id: "9" } }, missing, ...gone);
    expect(result).toEqual({ outcome: "gone" });
    expect(asked).not.toContain(takenAway);
  });

  it("creates with all associations at once, and again without those that have gone", async () => {
    const read = { to: "batch/read" } as const;
    const { result, json } = await written(
      { logKeyKind: "read_back", records },
      invalid,
      { ...read, ...found("501") },
      ...gone,
      { ...read, ...found("301") },
      { status: 201, body: { id: "9" } },
    );
    expect(result).toEqual({ outcome: "written", externalId: "9", standsOn: [contact, deal] });
    const associated = (body: unknown) =>
      (body as { associations: { to: { id: string }; types: { associationTypeId: number }[] }[] }).associations.map(
        ({ to, types }) => [to.id, types[0]?.associationTypeId],
      );
    expect(associated(json[0])).toEqual([
      ["501", 81],
      ["9001", 87],
      ["301", 85],
    ]);
    expect(associated(json.at(-1))).toEqual([
      ["501", 81],
      ["301", 85],
    ]);
  });
});

describe("the owner of an entry", () => {
  const owned = { ownerId: "77" };
  const stranger = { status: 400, body: { message: 'Property values were not valid: [{"name":"hubspot_owner_id"}]' } };
  const owners = (json: readonly unknown[]) =>
    json.map((body) => /"hubspot_owner_id":"(\d+)"/u.exec(JSON.stringify(body))?.[1]);

  it.each(["unique", "read_back"] as const)("goes with it when it is new (%s)", async (logKeyKind) => {
    const answer = logKeyKind === "unique" ? upserted : { status: 201, body: { id: "9" } };
    const { json } = await written({ ...owned, logKeyKind }, answer, { body: {} });
    expect(owners(json)).toEqual(["77"]);
  });

  it.each(["unique", "read_back"] as const)(
    "is no reason to lose the entry: a colleague may have left (%s)",
    async (logKeyKind) => {
      const answer = logKeyKind === "unique" ? upserted : { status: 201, body: { id: "9" } };
      const { result, json } = await written({ ...owned, logKeyKind }, stranger, answer, { body: {} });
      expect(result).toMatchObject({ outcome: "written" });
      expect(owners(json)).toEqual(["77", undefined]);
    },
  );
});
