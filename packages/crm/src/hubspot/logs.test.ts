import { describe, expect, it } from "vitest";
import type { LogEntry, LogOutcome } from "../entry.ts";
import type { CrmResult } from "../outcome.ts";
import { cannedServer, type CannedAnswer } from "./canned-server.ts";
import { findLog, writeLog } from "./logs.ts";

const entry: LogEntry = {
  logKey: "k1_abc",
  logKeyKind: "unique",
  externalId: null,
  record: { crm: "hubspot", account: "4242", type: "contact", id: "501" },
  html: "<p>hello</p>",
  at: "2026-11-22T09:14:00.000Z",
};

const upserted = { body: { status: "COMPLETE", results: [{ id: "9", new: true, properties: {} }] } };
const invalid = { status: 400, body: { category: "VALIDATION_ERROR", message: "Owner is required" } };
const missing = { status: 404, body: { category: "OBJECT_NOT_FOUND" } };
const here = { body: { id: "501" } };

type Run<T> = { readonly result: T; readonly asked: string[]; readonly json: readonly unknown[] };

async function written(overrides: Partial<LogEntry>, ...answers: CannedAnswer[]): Promise<Run<LogOutcome>> {
  await using server = await cannedServer(...answers);
  const app = { baseUrl: server.url, clientId: "", clientSecret: "", timeoutMs: 500 };
  const result = await writeLog(app, { accessToken: "t" }, { ...entry, ...overrides });
  return { result, asked: server.requests.map(({ method, url }) => `${method} ${url}`), json: server.json };
}

const upsertCall = "POST /crm/objects/2026-09/communications/batch/upsert";
const associateCall = "PUT /crm/objects/2026-09/communications/9/associations/default/contacts/501";
const recordCall = "GET /crm/objects/2026-09/contacts/501";

describe("writeLog with a unique key", () => {
  it("upserts by the key, then associates", async () => {
    const { result, asked, json } = await written({}, upserted, { body: {} });
    expect(result).toEqual({ outcome: "written", externalId: "9" });
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
    const { result, asked } = await written({}, upserted, refusal, missing, { status: 204 });
    expect(result).toEqual({ outcome: "gone" });
    expect(asked).toEqual([upsertCall, associateCall, recordCall, "DELETE /crm/objects/2026-09/communications/9"]);
  });

  it("keeps the entry when only the association is refused", async () => {
    const { result, asked } = await written({}, upserted, invalid, here);
    expect(result).toMatchObject({ outcome: "refused", details: "Owner is required" });
    expect(asked).toEqual([upsertCall, associateCall, recordCall]);
  });
});

describe("writeLog of a known entry", () => {
  it("updates it in place", async () => {
    const { result, asked, json } = await written({ externalId: "9" }, { body: { id: "9", properties: {} } });
    expect(result).toEqual({ outcome: "written", externalId: "9" });
    expect(asked).toEqual(["PATCH /crm/objects/2026-09/communications/9"]);
    expect(json).toEqual([
      { properties: { hs_communication_body: "<p>hello</p>", hs_timestamp: "2026-11-22T09:14:00.000Z" } },
    ]);
  });

  it("lets an entry rest that somebody deleted", async () => {
    expect((await written({ externalId: "9" }, missing)).result).toEqual({ outcome: "gone" });
  });

  it("may be repeated when the answer is lost", async () => {
    const lost = await written({ externalId: "9", logKeyKind: "read_back" }, { fault: "drop" });
    expect(lost.result).toMatchObject({ outcome: "later" });
  });
});

describe("writeLog without a unique key", () => {
  const readBack = { logKeyKind: "read_back" } as const;

  it("creates the entry with its key and its association at once", async () => {
    const { result, asked, json } = await written(readBack, { status: 201, body: { id: "9" } });
    expect(result).toEqual({ outcome: "written", externalId: "9" });
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
    expect((await written(readBack, invalid, missing)).result).toEqual({ outcome: "gone" });
    expect((await written(readBack, invalid, here)).result).toMatchObject({ outcome: "refused" });
    expect((await written(readBack, { status: 429, body: {} })).result).toMatchObject({ outcome: "later" });
  });
});

async function found(...answers: CannedAnswer[]): Promise<Run<CrmResult<{ externalId: string | null }>>> {
  await using server = await cannedServer(...answers);
  const app = { baseUrl: server.url, clientId: "", clientSecret: "" };
  const result = await findLog(app, { accessToken: "t" }, { logKey: "k1_abc", record: entry.record });
  return { result, asked: server.requests.map(({ method, url }) => `${method} ${url}`), json: server.json };
}

function associated(ids: readonly (string | number)[], after?: string): CannedAnswer {
  const to = ids.map((toObjectId) => ({ toObjectId, associationTypes: [] }));
  return { body: { results: [{ from: { id: "501" }, to, ...(after && { paging: { next: { after } } }) }] } };
}

function communications(...ids: string[]): CannedAnswer {
  const results = ids.map((id) => ({ id, properties: { aparte_log_key: id === "350" ? "k1_abc" : null } }));
  return { body: { status: "COMPLETE", results } };
}

describe("findLog", () => {
  it("looks through all entries of the record, page by page, a hundred at a time", async () => {
    const ids = Array.from({ length: 150 }, (_, index) => 100 + index);
    const { result, asked, json } = await found(
      associated(ids, "next-page"),
      communications("100", "101"),
      communications("200"),
      associated(["350", 351]),
      communications("351", "350"),
    );
    expect(result).toEqual({ outcome: "done", externalId: "350" });
    const associations = "POST /crm/associations/2026-09/contacts/communications/batch/read";
    const objects = "POST /crm/objects/2026-09/communications/batch/read";
    expect(asked).toEqual([associations, objects, objects, associations, objects]);
    expect(json[3]).toEqual({ inputs: [{ id: "501", after: "next-page" }] });
    expect(json[4]).toEqual({ properties: ["aparte_log_key"], inputs: [{ id: "350" }, { id: "351" }] });
    expect((json[1] as { inputs: unknown[] }).inputs.length).toBe(100);
    expect((json[2] as { inputs: unknown[] }).inputs.length).toBe(50);
  });

  it("says that there is none only when it has seen all", async () => {
    expect((await found(associated([]))).result).toEqual({ outcome: "done", externalId: null });
    expect((await found({ status: 207, body: { results: [], numErrors: 1 } })).result).toMatchObject({
      externalId: null,
    });
    expect((await found(associated([1]), { status: 503 })).result).toMatchObject({ outcome: "later" });
  });
});
