import { afterEach, beforeEach, expect, it } from "vitest";
import { DEMO_ACCOUNT_ID, DEMO_CONTACT_ID } from "./demo/demo-ids.ts";
import { startTestOrg } from "./test-org.ts";
import type { TestOrg } from "./test-org.ts";

const DATA = "/services/data/v67.0";
const ANA = `${DATA}/sobjects/Contact/${DEMO_CONTACT_ID}`;
const TASKS = `${DATA}/sobjects/Task`;
const HOUR_MS = 3_600_000;

let org: TestOrg;
beforeEach(async () => {
  org = await startTestOrg();
});
afterEach(() => org.sim.close());

const codes = async (method: string, path: string, body?: unknown, token?: string) => {
  const { status, list } = await org.call(method, path, body, token);
  return [status, list[0]?.errorCode];
};
const steer = async (path: string, body: unknown) => {
  const { status } = await org.call("POST", `/_sim/${path}`, body);
  expect(status).toBeLessThan(300);
};

it("lists the versions in service to anybody, and says which are gone", async () => {
  const response = await fetch(`${org.sim.url}/services/data`);
  const versions: unknown = await response.json();
  expect(versions).toContainEqual({ label: "Winter '27", url: "/services/data/v68.0", version: "68.0" });
  expect(versions).toContainEqual({ label: "Summer '26", url: "/services/data/v67.0", version: "67.0" });
  expect(versions).toHaveLength(28);
  expect(response.headers.get("sforce-limit-info")).toBeNull();
  expect(await codes("GET", "/services/data/v30.0/limits")).toEqual([410, "UNSUPPORTED_API_VERSION"]);
  expect(await codes("GET", "/services/data/v69.0/limits")).toEqual([404, "NOT_FOUND"]);
  expect(await codes("GET", "/services/data/67.0/limits")).toEqual([404, "NOT_FOUND"]);
});

it("refuses sessions that it does not know, that have ended, and that have timed out", async () => {
  expect(await codes("GET", ANA, undefined, "nonsense")).toEqual([401, "INVALID_SESSION_ID"]);
  const { body } = await org.call("POST", "/_sim/sessions", { username: "rep@demo.test" });
  const token = body.access_token;
  expect((await codes("GET", ANA, undefined, token))[0]).toBe(200);
  await org.clock.advance(2 * HOUR_MS);
  expect(await codes("GET", ANA, undefined, token)).toEqual([401, "INVALID_SESSION_ID"]);
  const next = await org.call("POST", "/_sim/sessions", { username: "rep@demo.test" });
  await steer("sessions/expire", {});
  expect(await codes("GET", ANA, undefined, next.body.access_token)).toEqual([401, "INVALID_SESSION_ID"]);
});

it("keeps a session that begins when all others end", async () => {
  await steer("sessions/expire", {});
  const { body } = await org.call("POST", "/_sim/sessions", { username: "rep@demo.test" });
  expect((await codes("GET", ANA, undefined, body.access_token))[0]).toBe(200);
});

it("lets no app in where the API is switched off, and saves nothing against the org's own rule", async () => {
  await steer("behaviour", { validation_rule: { object: "Task", field: "Type", message: "Say what it was." } });
  const refused = await org.call("POST", TASKS, { Subject: "a" });
  expect([refused.status, refused.list]).toEqual([
    400,
    [{ errorCode: "FIELD_CUSTOM_VALIDATION_EXCEPTION", message: "Say what it was.", fields: ["Type"] }],
  ]);
  expect((await org.call("POST", TASKS, { Subject: "a", Type: "Other" })).status).toBe(201);
  await steer("behaviour", { api_enabled: false });
  expect(await codes("GET", ANA)).toEqual([403, "API_DISABLED_FOR_ORG"]);
});

it("tells what is used of the day's calls in each form that there is", async () => {
  await steer("behaviour", { daily_api_requests: 15_000 });
  await steer("usage", { used: 17 });
  const header = async () => (await org.call("GET", ANA)).headers.get("sforce-limit-info");
  expect(await header()).toBe("api-usage=18/15000");
  await steer("behaviour", { limit_info: "bursts" });
  expect(await header()).toBe("api-usage=19/15000; api-bursts=1/750");
  await steer("behaviour", { limit_info: "per_app" });
  expect(await header()).toMatch(/^api-usage=20\/15000; per-app-api-usage=20\/7500\(appName=.+\)$/u);
  const { body } = await org.call("GET", `${DATA}/limits`);
  expect(body["DailyApiRequests"]).toEqual({ Max: 15_000, Remaining: 15_000 - 21 });
});

it("lets nobody in who has used up the day, until a day has passed", async () => {
  await steer("behaviour", { daily_api_requests: 2 });
  await steer("usage", { used: 2 });
  const { status, list, headers } = await org.call("GET", ANA);
  expect([status, list]).toEqual([
    403,
    [{ errorCode: "REQUEST_LIMIT_EXCEEDED", message: "TotalRequests Limit exceeded." }],
  ]);
  expect(headers.get("sforce-limit-info")).toBe("api-usage=2/2");
  await org.clock.advance(25 * HOUR_MS);
  expect((await org.call("GET", ANA)).status).toBe(200);
});

it("lets only so many long calls run at once", async () => {
  await steer("behaviour", { concurrent_long_calls: 1, long_call_ms: 0 });
  await steer("faults", { match: { path: "limits" }, action: { kind: "delay_answer", ms: 400 } });
  const long = org.call("GET", `${DATA}/limits`);
  await expect.poll(() => codes("GET", ANA)).toEqual([403, "REQUEST_LIMIT_EXCEEDED"]);
  expect((await long).status).toBe(200);
  expect((await org.call("GET", ANA)).status).toBe(200);
});

it("refuses a write whose parent somebody else is writing to", async () => {
  await steer("behaviour", { row_lock_ms: 5_000 });
  const task = { WhoId: DEMO_CONTACT_ID, Subject: "a" };
  expect((await org.call("POST", TASKS, task)).status).toBe(201);
  const refused = await org.call("POST", TASKS, task);
  expect(refused.status).toBe(400);
  expect(refused.list[0]?.errorCode).toBe("UNABLE_TO_LOCK_ROW");
  expect(refused.list[0]?.message).toContain(DEMO_CONTACT_ID);
  await org.clock.advance(5_000);
  const records = [task, task].map((fields) => ({ attributes: { type: "Task" }, ...fields }));
  const together = await org.call("POST", `${DATA}/composite/sobjects`, { records });
  expect(together.list.map(({ success }) => success)).toEqual([true, true]);
});

it("has rows held by somebody for as long as is said", async () => {
  await steer("locks", { id: DEMO_ACCOUNT_ID, for_ms: 1_000 });
  expect(await codes("PATCH", ANA, { Title: "Chief" })).toEqual([400, "UNABLE_TO_LOCK_ROW"]);
  await org.clock.advance(1_000);
  expect((await codes("PATCH", ANA, { Title: "Chief" }))[0]).toBe(204);
});

it("is down for an hour of its clock, with an answer or without", async () => {
  await steer("outage", { for_ms: HOUR_MS });
  expect(await codes("GET", ANA)).toEqual([503, "SERVER_UNAVAILABLE"]);
  await steer("outage", { for_ms: HOUR_MS, kind: "refused" });
  await expect(org.call("GET", ANA)).rejects.toThrow();
  await org.clock.advance(HOUR_MS);
  expect((await org.call("GET", ANA)).status).toBe(200);
});

it("commits and drops the connection, so that nobody hears of it but the ledger", async () => {
  await steer("faults", { match: { method: "POST" }, action: { kind: "drop_after" } });
  await expect(org.call("POST", TASKS, { Subject: "a" })).rejects.toThrow();
  const { list } = await org.call("GET", "/_sim/ledger");
  expect(list).toEqual([expect.objectContaining({ kind: "Task.create", object: "Task" })]);
  expect((await org.call("GET", `${TASKS}/${list[0]?.id}?fields=Subject`)).body["Subject"]).toBe("a");
});

it.each([
  ["POST", "/services/Soap/u/67.0"],
  ["POST", "/services/async/67.0/job"],
  ["GET", "/services/apexrest/quotes"],
])("says in its own words that it does not have %s %s", async (method, path) => {
  expect(await codes(method, path, method === "POST" ? {} : undefined)).toEqual([404, "NOT_FOUND"]);
});

it("goes back to the beginning, while whoever is connected stays so", async () => {
  const { body } = await org.call("POST", "/_sim/sessions", { username: "manager@demo.test" });
  await org.call("PATCH", ANA, { FirstName: "Anna" });
  await steer("behaviour", { package_installed: false });
  await steer("outage", { for_ms: HOUR_MS });
  await steer("reset", {});
  const again = await org.call("GET", `${ANA}?fields=Name`, undefined, body.access_token);
  expect([again.status, again.body["Name"]]).toEqual([200, "Ana Souza"]);
  expect((await org.call("GET", "/_sim/ledger")).list).toEqual([]);
  expect((await org.call("GET", `${DATA}/sobjects/WA_Message__c/describe`)).status).toBe(200);
});
