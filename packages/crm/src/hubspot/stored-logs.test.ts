import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import { describe, expect, it } from "vitest";
import { cannedServer, type CannedAnswer } from "../canned-server.ts";
import { deleteLog, findLog, readLogs } from "./stored-logs.ts";

const session = { accessToken: "t", apiUrl: null };
const contact: CrmRecordRef = { crm: "hubspot", account: "4242", type: "contact", id: "501" };

type Run = { readonly result: unknown; readonly asked: string[]; readonly json: readonly unknown[] };

async function run(
  ask: (app: { baseUrl: string; clientId: string; clientSecret: string }) => Promise<unknown>,
  ...answers: CannedAnswer[]
): Promise<Run> {
  await using server = await cannedServer(...answers);
  const result = await ask({ baseUrl: server.url, clientId: "", clientSecret: "" });
  return { result, asked: server.requests.map(({ method, url }) => `${method} ${url}`), json: server.json };
}

const find = (...answers: CannedAnswer[]) =>
  run(async (app) => findLog(app, session, { logKey: "k1_abc", records: [contact] }), ...answers);

function associated(from: string, ids: readonly (string | number)[], after?: string): CannedAnswer {
  const to = ids.map((toObjectId) => ({ toObjectId, associationTypes: [] }));
  return { body: { results: [{ from: { id: from }, to, ...(after && { paging: { next: { after } } }) }] } };
}

function communications(...ids: string[]): CannedAnswer {
  const results = ids.map((id) => ({
    id,
    createdAt: id === "350" ? "2026-11-21T08:00:00Z" : "2026-11-22T08:00:00Z",
    properties: { aparte_log_key: ["350", "200"].includes(id) ? "k1_abc" : null },
  }));
  return { body: { status: "COMPLETE", results } };
}

describe("findLog", () => {
  it("looks through all entries of the record, page by page, a hundred at a time, and gives the oldest first", async () => {
    const ids = Array.from({ length: 150 }, (_, index) => 100 + index);
    const { result, asked, json } = await find(
      associated("501", ids, "next-page"),
      associated("501", ["350", 351]),
      communications("100", "101"),
      communications("200", "351", "350"),
    );
    expect(result).toEqual({ outcome: "done", externalIds: ["350", "200"] });
    const associations = "POST /crm/associations/2026-09/contacts/communications/batch/read";
    const objects = "POST /crm/objects/2026-09/communications/batch/read";
    expect(asked).toEqual([associations, associations, objects, objects]);
    expect(json[1]).toEqual({ inputs: [{ id: "501", after: "next-page" }] });
    expect((json[2] as { inputs: unknown[] }).inputs.length).toBe(100);
    expect((json[3] as { inputs: unknown[] }).inputs.length).toBe(52);
  });

  it("says that there is none only when it has seen all", async () => {
    const none = { outcome: "done", externalIds: [] };
    expect((await find(associated("501", []))).result).toEqual(none);
    expect((await find({ status: 207, body: { results: [], numErrors: 1 } })).result).toEqual(none);
    expect((await find(associated("501", [1]), { status: 503 })).result).toMatchObject({ outcome: "later" });
  });
});

describe("readLogs", () => {
  it("tells what is still there, with its text and the records it stands on", async () => {
    const { result } = await run(
      async (app) => readLogs(app, session, { account: "4242", externalIds: ["1", "2", "3"] }),
      {
        to: "communications/batch/read",
        status: 207,
        body: {
          results: [
            { id: "1", properties: { hs_communication_body: "<p>a</p>" } },
            { id: "3", properties: { hs_communication_body: null } },
          ],
        },
      },
      { to: "communications/contacts", ...associated("1", ["501"]) },
      { to: "communications/companies", ...associated("1", [9001]) },
      { status: 207, body: { results: [] } },
      { status: 207, body: { results: [] } },
    );
    expect(result).toEqual({
      outcome: "done",
      logs: [
        { externalId: "1", body: "<p>a</p>", records: [contact, { ...contact, type: "company", id: "9001" }] },
        { externalId: "3", body: "", records: [] },
      ],
    });
  });

  it("asks nothing about nothing", async () => {
    const { asked } = await run(async (app) => readLogs(app, session, { account: "4242", externalIds: [] }));
    expect(asked).toEqual([]);
  });
});

describe("deleteLog", () => {
  const remove = (erase: boolean, ...answers: CannedAnswer[]) =>
    run(async (app) => deleteLog(app, session, { externalId: "9", erase }), ...answers);

  it("puts the entry into the bin, and overwrites it first when its text has to go", async () => {
    const binned = await remove(false, { status: 204 });
    expect([binned.result, binned.asked]).toEqual([
      { outcome: "done" },
      ["DELETE /crm/objects/2026-09/communications/9"],
    ]);
    const erased = await remove(true, { body: { id: "9" } }, { status: 204 });
    expect(erased.asked[0]).toBe("PATCH /crm/objects/2026-09/communications/9");
    expect(erased.json).toEqual([{ properties: { hs_communication_body: "[erased]" } }]);
  });

  it("is done when there is nothing, and not before the text has gone", async () => {
    const missing = { status: 404, body: {} };
    expect((await remove(true, missing)).result).toEqual({ outcome: "done" });
    expect((await remove(false, missing)).result).toEqual({ outcome: "done" });
    const lost = await remove(true, { status: 503 });
    expect([lost.result, lost.asked.length]).toEqual([expect.objectContaining({ outcome: "later" }), 1]);
  });
});
