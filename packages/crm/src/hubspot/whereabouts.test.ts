import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import { describe, expect, it } from "vitest";
import { cannedServer, type CannedAnswer } from "../canned-server.ts";
import { locate } from "./whereabouts.ts";

const ref = (id: string): CrmRecordRef => ({ crm: "hubspot", account: "4242", type: "contact", id });

async function located(
  ids: readonly string[],
  ...answers: CannedAnswer[]
): Promise<{ result: unknown; asked: string[] }> {
  await using server = await cannedServer(...answers);
  const app = { baseUrl: server.url, clientId: "", clientSecret: "" };
  const result = await locate(app, { accessToken: "t", apiUrl: null }, ids.map(ref));
  return { result, asked: server.requests.map(({ method, url }) => `${method} ${url.split("2026-09/")[1]}`) };
}

const body = (id: string, properties: object = {}) => ({ id, properties });
const missing = { status: 404, body: { category: "OBJECT_NOT_FOUND" } };

describe("locate", () => {
  it("settles live records, and those whose survivor names them, in one request", async () => {
    const results = [
      body("1"),
      body("30", { hs_merged_object_ids: "2;5" }),
      body("40", { hs_calculated_merged_vids: "3:1700000000000;6:1700000000001" }),
    ];
    const { result, asked } = await located(["1", "2", "3"], { body: { results } });
    expect(result).toEqual({
      outcome: "done",
      found: [
        { ref: ref("1"), state: "live", into: null },
        { ref: ref("2"), state: "merged", into: ref("30") },
        { ref: ref("3"), state: "merged", into: ref("40") },
      ],
    });
    expect(asked).toEqual(["POST contacts/batch/read"]);
  });

  it("follows an old id, and tells the bin from nowhere", async () => {
    const { result, asked } = await located(
      ["1", "2", "3"],
      { status: 207, body: { results: [] } },
      { body: body("77") },
      missing,
      missing,
      { body: { results: [body("2")] } },
    );
    expect(result).toEqual({
      outcome: "done",
      found: [
        { ref: ref("1"), state: "merged", into: ref("77") },
        { ref: ref("2"), state: "deleted", into: null },
        { ref: ref("3"), state: "unknown", into: null },
      ],
    });
    expect(asked).toEqual([
      "POST contacts/batch/read",
      "GET contacts/1",
      "GET contacts/2",
      "GET contacts/3",
      "POST contacts/batch/read?archived=true",
    ]);
  });

  it("claims nothing when an answer is lost", async () => {
    expect((await located(["1"], { body: { results: [] } }, { status: 503 })).result).toMatchObject({
      outcome: "later",
    });
  });
});
