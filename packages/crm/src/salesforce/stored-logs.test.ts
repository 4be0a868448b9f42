import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import { describe, expect, it } from "vitest";
import { cannedServer, type CannedAnswer } from "../canned-server.ts";
import { salesforceAdapter } from "./adapter.ts";
import { subjectMark } from "./log-key.ts";

const contact = { crm: "salesforce", account: "acme", type: "contact", id: "003000000000001AAA" } as const;
const deal = { crm: "salesforce", account: "acme", type: "deal", id: "006000000000001AAA" } as const;
const lookedFor = {
  logKey: "k1_abc",
  records: [contact, deal] as CrmRecordRef[],
  startedAt: "2026-11-22T09:20:00.000Z",
};

async function on<T>(
  answers: readonly CannedAnswer[],
  act: (adapter: ReturnType<typeof salesforceAdapter>, session: { accessToken: string; apiUrl: string }) => Promise<T>,
): Promise<{ result: T; urls: string[]; bodies: readonly unknown[] }> {
  await using server = await cannedServer(...answers);
  const adapter = salesforceAdapter({ baseUrl: server.url, clientId: "", clientSecret: "", timeoutMs: 2000 });
  const result = await act(adapter, { accessToken: "t", apiUrl: server.url });
  return { result, urls: server.requests.map(({ method, url }) => `${method} ${url}`), bodies: server.json };
}

function together(...parts: { status: number; body: unknown }[]): CannedAnswer {
  const compositeResponse = parts.map(({ status, body }, place) => {
    return { referenceId: `part${place}`, httpStatusCode: status, httpHeaders: {}, body };
  });
  return { body: { compositeResponse } };
}

function page(...records: object[]): { status: number; body: unknown } {
  return { status: 200, body: { totalSize: records.length, done: true, records } };
}

const noPackage = { status: 400, body: [{ errorCode: "INVALID_TYPE", message: "not supported" }] };

describe("findLog", () => {
  it("reads the person's tasks back by the mark in their subject, the oldest first", async () => {
    const tasks = page(
      { Id: "00T2", CreatedDate: "2026-11-22T09:30:00.000+0000" },
      { Id: "00T1", CreatedDate: "2026-11-22T09:20:00.000+0000" },
    );
    const { result, bodies } = await on([together(noPackage, tasks)], (crm, session) =>
      crm.findLog(session, lookedFor),
    );
    expect(result).toEqual({ outcome: "done", externalIds: ["00T1", "00T2"] });
    const { compositeRequest } = bodies[0] as { compositeRequest: { url: string }[] };
    const query = new URL(compositeRequest[1]?.url ?? "", "http://x").searchParams.get("q");
    expect(query).toBe(
      "SELECT Id, CreatedDate FROM Task WHERE (WhoId IN ('003000000000001AAA') OR WhatId IN ('006000000000001AAA'))" +
        ` AND ActivityDate >= 2026-11-21 AND Subject LIKE '%${subjectMark("k1_abc")}'` +
        " ORDER BY CreatedDate",
    );
  });

  it("says that there is none only when it has seen all", async () => {
    const none = await on([together(page(), page())], (crm, session) => crm.findLog(session, lookedFor));
    expect(none.result).toEqual({ outcome: "done", externalIds: [] });
    const lost = { status: 503, body: [{ errorCode: "SERVER_UNAVAILABLE", message: "" }] };
    const unknown = await on([together(page(), lost)], (crm, session) => crm.findLog(session, lookedFor));
    expect(unknown.result).toMatchObject({ outcome: "later" });
    const dead = await on([{ status: 401, body: [] }], (crm, session) => crm.findLog(session, lookedFor));
    expect(dead.result).toEqual({ outcome: "expired" });
  });
});

describe("readLogs", () => {
  it("gives back what is there of both kinds, with where it stands", async () => {
    const conversation = { Id: "a0W1", Transcript__c: "text", Contact__c: contact.id, Opportunity__c: deal.id };
    const task = { Id: "00T1", Description: null, WhoId: contact.id, WhatId: null };
    const { result } = await on([{ body: page(conversation).body }, { body: page(task).body }], (crm, session) =>
      crm.readLogs(session, "acme", ["00T1", "a0W1", "a0W2"]),
    );
    expect(result).toEqual({
      outcome: "done",
      logs: [
        { externalId: "a0W1", body: "text", records: [contact, deal] },
        { externalId: "00T1", body: "", records: [contact] },
      ],
    });
  });
});

describe("deleteLog", () => {
  const missing: CannedAnswer = { status: 404, body: [{ errorCode: "ENTITY_IS_DELETED", message: "" }] };
  const erase = (externalId: string) => ({ externalId, erase: true });

  it("writes over what is to be erased before it goes into the bin", async () => {
    const task = await on([{ status: 204 }, { status: 204 }], (crm, session) => crm.deleteLog(session, erase("00T1")));
    expect(task.result).toEqual({ outcome: "done" });
    const address = "/services/data/v67.0/sobjects/Task/00T1";
    expect(task.urls).toEqual([`PATCH ${address}`, `DELETE ${address}`]);
    expect(task.bodies).toEqual([{ Subject: "[erased]", Description: "[erased]" }]);
    const record = await on([{ status: 204 }, { status: 204 }], (crm, session) =>
      crm.deleteLog(session, erase("a0W1")),
    );
    expect(record.bodies).toEqual([{ Transcript__c: "[erased]" }]);
  });

  it("is done when there is nothing left, and not when nobody knows", async () => {
    expect((await on([missing], (crm, session) => crm.deleteLog(session, erase("00T1")))).result).toEqual({
      outcome: "done",
    });
    const lost = await on([{ status: 204 }, { fault: "drop" }], (crm, s) => crm.deleteLog(s, erase("00T1")));
    expect(lost.result).toMatchObject({ outcome: "later" });
  });
});

describe("prepare", () => {
  const key = { name: "Log_Key__c", label: "Key", type: "string", unique: true, externalId: true, createable: true };
  const described = (fields: object[], more: object = {}): CannedAnswer => {
    return { body: { name: "WA_Conversation__c", createable: true, updateable: true, fields, ...more } };
  };

  it.each<[string, CannedAnswer, object]>([
    ["installed", described([key]), { logKeyKind: "unique" }],
    ["not installed", { status: 404, body: [{ errorCode: "NOT_FOUND", message: "" }] }, { logKeyKind: "read_back" }],
    ["installed for others to write", described([key], { createable: false }), { logKeyKind: "read_back" }],
    ["changed by an admin", described([{ ...key, unique: false }]), { logKeyKind: "read_back" }],
    ["out of sight", { status: 500, body: [] }, { outcome: "later" }],
  ])("tells whether the package is there: %s", async (_, answer, expected) => {
    const { result } = await on([answer], (crm, session) => crm.prepare(session));
    expect(result).toMatchObject(expected);
  });
});
