import { describe, expect, it } from "vitest";
import { z } from "zod";
import { cannedServer, type CannedAnswer } from "../canned-server.ts";
import type { CrmLater } from "../outcome.ts";
import type { RateState } from "../rate.ts";
import { repeatable, request, settled, type SalesforceAnswer } from "./client.ts";

const schema = z.object({ id: z.string() });

async function ask(apiUrl: string, timeoutMs = 5000): Promise<SalesforceAnswer<{ id: string }>> {
  const app = { baseUrl: "http://localhost:1", clientId: "id", clientSecret: "secret", timeoutMs };
  return request(app, { method: "POST", path: "/x", session: { accessToken: "t-1", apiUrl }, json: { a: 1 }, schema });
}

async function answerTo(canned: CannedAnswer): Promise<SalesforceAnswer<{ id: string }>> {
  await using server = await cannedServer(canned);
  return await ask(server.url, 200);
}

function refused(status: number, errorCode: string, more: object = {}): CannedAnswer {
  return { status, body: [{ message: "Not this way", errorCode, ...more }] };
}

describe("request", () => {
  it("asks the org's own host with the token, and says who calls", async () => {
    await using server = await cannedServer({ body: { id: "7", more: true } });
    expect(await ask(server.url)).toEqual({ outcome: "done", value: { id: "7" } });
    expect(server.requests[0]).toMatchObject({ method: "POST", url: "/x", body: '{"a":1}' });
    expect(server.requests[0]?.headers).toMatchObject({
      authorization: "Bearer t-1",
      "sforce-call-options": "client=aparte",
    });
  });

  it("takes a dead session as the sign to refresh", async () => {
    expect(await answerTo(refused(401, "INVALID_SESSION_ID"))).toEqual({ outcome: "expired" });
  });

  it.each([
    [400, "REQUIRED_FIELD_MISSING", "crm.refused_by_crm"],
    [400, "FIELD_CUSTOM_VALIDATION_EXCEPTION", "crm.refused_by_crm"],
    [400, "STRING_TOO_LONG", "crm.refused_by_crm"],
    [410, "UNSUPPORTED_API_VERSION", "crm.refused_by_crm"],
    [400, "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY", "crm.permission_missing"],
    [400, "INSUFFICIENT_ACCESS_OR_READONLY", "crm.permission_missing"],
    [403, "API_DISABLED_FOR_ORG", "crm.permission_missing"],
    [403, "FORBIDDEN", "crm.permission_missing"],
  ])("takes %i %s as a refusal, in Salesforce's words", async (status, code, reason) => {
    expect(await answerTo(refused(status, code, { fields: ["LastName"] }))).toMatchObject({
      outcome: "refused",
      reason,
      details: "Not this way",
      status,
      code,
      fields: ["LastName"],
    });
  });

  const spent = { "sforce-limit-info": "api-usage=15000/15000" };
  it.each<[string, CannedAnswer, number]>([
    ["a locked row", refused(400, "UNABLE_TO_LOCK_ROW"), 500],
    ["too many calls at a time", refused(403, "REQUEST_LIMIT_EXCEEDED"), 2000],
    ["a spent day", { ...refused(403, "REQUEST_LIMIT_EXCEEDED"), headers: spent }, 3_600_000],
    ["a server that is too busy", refused(503, "SERVER_UNAVAILABLE"), 5000],
  ])("waits for %s as long as it lasts", async (_, canned, retryAfterMs) => {
    expect(await answerTo(canned)).toMatchObject({ outcome: "later", retryAfterMs });
  });

  it.each(["NOT_FOUND", "ENTITY_IS_DELETED"])("calls a missing thing missing: %s", async (code) => {
    expect(await answerTo(refused(404, code))).toEqual({ outcome: "not_found" });
  });

  it.each<[string, CannedAnswer, string]>([
    ["an error of the server", refused(500, "UNKNOWN_EXCEPTION"), "http_500"],
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

  it("sends nothing while the limits are nearly used up", async () => {
    await using server = await cannedServer({ body: { id: "7" } });
    const later: CrmLater = { outcome: "later", retryAfterMs: 9, reason: "day" };
    const session = { accessToken: "t", apiUrl: server.url, beforeRequest: () => Promise.resolve(later) };
    const app = { baseUrl: server.url, clientId: "", clientSecret: "" };
    expect(await request(app, { method: "GET", path: "/x", session, schema })).toEqual(later);
    expect(server.requests).toEqual([]);
  });
});

describe("limits", () => {
  it.each<[string, RateState["day"]]>([
    ["api-usage=18/15000", { max: 15_000, remaining: 14_982 }],
    ["api-usage=18/15000; api-bursts=1/750", { max: 15_000, remaining: 14_982 }],
    ["api-usage=18/15000; per-app-api-usage=17/250(appName=Some, App)", { max: 250, remaining: 233 }],
    ["api-usage=16000/15000", { max: 15_000, remaining: 0 }],
  ])("of every answer are told: %s", async (header, day) => {
    await using server = await cannedServer({ headers: { "Sforce-Limit-Info": header }, body: { id: "1" } });
    const seen: RateState[] = [];
    const session = { accessToken: "t", apiUrl: server.url, onRate: (rate: RateState) => void seen.push(rate) };
    const app = { baseUrl: server.url, clientId: "", clientSecret: "" };
    await request(app, { method: "GET", path: "/x", session, schema });
    expect(seen).toEqual([{ burst: null, day }]);
  });

  it.each(["api-bursts=1/750", "api-usage=x/y", "api-usage=0/0", ""])("are not made up: %j", async (header) => {
    await using server = await cannedServer({ headers: { "Sforce-Limit-Info": header }, body: { id: "1" } });
    const session = { accessToken: "t", apiUrl: server.url, onRate: () => expect.fail("told something") };
    await request({ baseUrl: "", clientId: "", clientSecret: "" }, { method: "GET", path: "/x", session, schema });
    expect(server.requests.length).toBe(1);
  });
});

describe("what may be repeated", () => {
  it("turns a lost answer into a delay, and a missing endpoint into a refusal", () => {
    expect(repeatable({ outcome: "unclear", reason: "timeout" })).toMatchObject({ outcome: "later" });
    expect(repeatable({ outcome: "not_found" })).toEqual({ outcome: "not_found" });
    expect(settled({ outcome: "not_found" })).toMatchObject({ outcome: "refused", reason: "crm.refused_by_crm" });
  });
});
