import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { RateState } from "../rate.ts";
import { cannedServer, type CannedAnswer } from "../canned-server.ts";
import { path } from "../http.ts";
import { repeatable, request, settled, type HubspotAnswer } from "./client.ts";

const schema = z.object({ id: z.string() });

async function ask(baseUrl: string, timeoutMs = 5000): Promise<HubspotAnswer<{ id: string }>> {
  const app = { baseUrl, clientId: "id", clientSecret: "secret", timeoutMs };
  return request(app, {
    method: "POST",
    path: "/x",
    session: { accessToken: "token-1", apiUrl: null },
    json: { a: 1 },
    schema,
  });
}

async function answerTo(canned: CannedAnswer): Promise<HubspotAnswer<{ id: string }>> {
  await using server = await cannedServer(canned);
  return await ask(server.url, 200);
}

function errorBody(category: string, message = "Not this way"): unknown {
  return { status: "error", message, correlationId: "c-1", category };
}

describe("request", () => {
  it("sends the token and the body, and gives back what fits the schema", async () => {
    await using server = await cannedServer({ body: { id: "7", more: true } });
    expect(await ask(server.url)).toEqual({ outcome: "done", value: { id: "7" } });
    expect(server.requests[0]).toMatchObject({ method: "POST", url: "/x", body: '{"a":1}' });
    expect(server.requests[0]?.headers).toMatchObject({
      authorization: "Bearer token-1",
      "content-type": "application/json",
    });
  });

  it.each([
    [401, errorBody("INVALID_AUTHENTICATION"), "crm.connection_ended"],
    [403, errorBody("MISSING_SCOPES"), "crm.permission_missing"],
    [400, errorBody("VALIDATION_ERROR"), "crm.refused_by_crm"],
    [409, errorBody("CONFLICT"), "crm.refused_by_crm"],
  ])("takes %i as a refusal, in HubSpot's words", async (status, body, reason) => {
    expect(await answerTo({ status, body })).toMatchObject({
      outcome: "refused",
      reason,
      details: "Not this way",
      correlationId: "c-1",
      status,
    });
  });

  it("tells an expired token from a connection that has ended", async () => {
    const answer = await answerTo({ status: 401, body: errorBody("EXPIRED_AUTHENTICATION") });
    expect(answer).toEqual({ outcome: "expired" });
  });

  it.each<[string, CannedAnswer, number]>([
    ["a lock", { status: 423 }, 2000],
    ["a moving account", { status: 477, headers: { "retry-after": "120" } }, 120_000],
    ["a second's limit", { status: 429, body: { policyName: "SECONDLY" } }, 1000],
    ["a ten seconds' limit", { status: 429, body: { policyName: "TEN_SECONDLY_ROLLING" } }, 10_000],
    ["a day's limit", { status: 429, body: { policyName: "DAILY" } }, 3_600_000],
    ["a limit with a time", { status: 429, headers: { "retry-after": "3" } }, 3000],
    ["another interval", { status: 429, headers: limitHeaders({ "interval-milliseconds": "20000" }) }, 20_000],
  ])("waits for %s as long as it lasts", async (_, canned, retryAfterMs) => {
    expect(await answerTo(canned)).toMatchObject({ outcome: "later", retryAfterMs });
  });

  it("calls a missing thing missing", async () => {
    expect(await answerTo({ status: 404, body: errorBody("OBJECT_NOT_FOUND") })).toEqual({ outcome: "not_found" });
  });

  it.each<[string, CannedAnswer, string]>([
    ["an error of the server", { status: 503 }, "http_503"],
    ["an answer that never comes", { fault: "wait" }, "timeout"],
    ["a dropped connection", { fault: "drop" }, "UND_ERR_SOCKET"],
    ["a success that is no JSON", { fault: "no_json" }, "unexpected_answer"],
    ["a success of another shape", { body: { id: 7 } }, "unexpected_answer"],
  ])("does not claim to know after %s", async (_, canned, reason) => {
    expect(await answerTo(canned)).toEqual({ outcome: "unclear", reason });
  });

  it("knows that nothing happened when nobody listens", async () => {
    const server = await cannedServer();
    await server[Symbol.asyncDispose]();
    expect(await ask(server.url)).toMatchObject({ outcome: "later", reason: "ECONNREFUSED" });
  });

  it("never follows a redirect with the token", async () => {
    await using other = await cannedServer({ body: { id: "7" } });
    expect(await answerTo({ status: 307, headers: { location: other.url } })).toMatchObject({ outcome: "unclear" });
    expect(other.requests).toEqual([]);
  });

  it("reports the limits of every answer that names them", async () => {
    const headers = limitHeaders({ daily: "250000", "daily-remaining": "249000" });
    await using server = await cannedServer({ headers, body: { id: "1" } }, { status: 429, headers }, { body: {} });
    const seen: RateState[] = [];
    const app = { baseUrl: server.url, clientId: "", clientSecret: "" };
    const session = { accessToken: "t", apiUrl: null, onRate: (rate: RateState) => seen.push(rate) };
    for (let call = 0; call < 3; call += 1) await request(app, { method: "GET", path: "/x", session, schema });
    const rate = { burst: { max: 190, remaining: 180, intervalMs: 10_000 }, day: { max: 250_000, remaining: 249_000 } };
    expect(seen).toEqual([rate, rate]);
  });
});

describe("a request that is held back", () => {
  it("is not made, and a search is held by a limit of its own", async () => {
    await using server = await cannedServer({ body: { id: "1" } });
    const kinds: string[] = [];
    const held = { outcome: "later", retryAfterMs: 300, reason: "paced" } as const;
    const beforeRequest = async (kind: string) => {
      kinds.push(kind);
      return kind === "search" ? held : null;
    };
    const app = { baseUrl: server.url, clientId: "", clientSecret: "" };
    const session = { accessToken: "t", apiUrl: null, beforeRequest };
    expect(await request(app, { method: "POST", path: "/contacts/search", session, schema })).toEqual(held);
    expect(await request(app, { method: "GET", path: "/contacts/1", session, schema })).toMatchObject({
      outcome: "done",
    });
    expect([kinds, server.requests.length]).toEqual([["search", "other"], 1]);
  });
});

function limitHeaders(more: Record<string, string>): Record<string, string> {
  const all = { "interval-milliseconds": "10000", max: "190", remaining: "180", ...more };
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [`X-HubSpot-RateLimit-${name}`, value]));
}

describe("what may be repeated", () => {
  it("turns a lost answer into a delay, and a missing endpoint into a refusal", () => {
    expect(repeatable({ outcome: "unclear", reason: "timeout" })).toMatchObject({
      outcome: "later",
      reason: "timeout",
    });
    expect(repeatable({ outcome: "not_found" })).toEqual({ outcome: "not_found" });
    expect(settled({ outcome: "not_found" })).toMatchObject({ outcome: "refused", reason: "crm.refused_by_crm" });
  });
});

describe("path", () => {
  it("keeps every part in its place", () => {
    expect(path`/a/${"../b?c#d"}/${"1"}`).toBe("/a/..%2Fb%3Fc%23d/1");
  });
});
