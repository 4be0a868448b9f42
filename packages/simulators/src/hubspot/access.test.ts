import { afterEach, beforeEach, expect, it } from "vitest";
import { startTestPortal } from "./test-portal.ts";
import type { TestPortal } from "./test-portal.ts";

const ANA = "/crm/objects/2026-09/contacts/101001";
const BURST = "x-hubspot-ratelimit-remaining";

let portal: TestPortal;
beforeEach(async () => {
  portal = await startTestPortal();
});
afterEach(() => portal.sim.close());

const behave = (settings: object) => portal.call("POST", "/_sim/behaviour", settings);

it("refuses calls without a token, and with one that it never gave", async () => {
  const without = await fetch(portal.sim.url + ANA);
  expect([without.status, await without.json()]).toMatchObject([401, { category: "INVALID_AUTHENTICATION" }]);
  const stranger = await portal.call("GET", ANA, undefined, "pat-eu1-nothing");
  expect([stranger.status, stranger.body["category"]]).toEqual([401, "INVALID_AUTHENTICATION"]);
});

it("names the scope that is missing", async () => {
  await behave({ private_app_scopes: ["crm.objects.contacts.read"] });
  expect((await portal.call("GET", ANA)).status).toBe(200);
  const { status, body } = await portal.call("PATCH", ANA, { properties: { city: "Santos" } });
  expect([status, body["category"], body["links"]]).toEqual([
    403,
    "MISSING_SCOPES",
    { scopes: "https://developers.hubspot.com/scopes" },
  ]);
  expect(body.errors[0]?.context).toEqual({ requiredGranularScopes: ["crm.objects.contacts.write"] });
  expect((await portal.call("GET", "/_sim/ledger")).list).toEqual([]);
});

it("refuses calls over the burst limit until the window has rolled on", async () => {
  await behave({ private_app_burst: 3 });
  const first = await portal.call("GET", ANA);
  expect([first.headers.get("x-hubspot-ratelimit-max"), first.headers.get(BURST)]).toEqual(["3", "2"]);
  expect(first.headers.get("x-hubspot-ratelimit-interval-milliseconds")).toBe("10000");
  await portal.clock.advance(6_000);
  await portal.call("GET", ANA);
  await portal.call("GET", ANA);
  const { status, body, headers } = await portal.call("GET", ANA);
  expect([status, headers.get(BURST), headers.get("retry-after")]).toEqual([429, "0", null]);
  expect(body).toEqual({
    status: "error",
    message: "You have reached your ten_secondly_rolling limit.",
    errorType: "RATE_LIMIT",
    policyName: "TEN_SECONDLY_ROLLING",
    correlationId: expect.any(String),
    requestId: expect.any(String),
  });
  await portal.clock.advance(4_500);
  expect((await portal.call("GET", ANA)).status).toBe(200);
  expect((await portal.call("GET", ANA)).status).toBe(429);
});

it("gives a private app a limit for the day, which starts anew at midnight in the portal", async () => {
  await portal.clock.set(Date.parse("2026-11-22T22:59:00Z"));
  await behave({ daily_limit: 2 });
  expect((await portal.call("GET", ANA)).headers.get("x-hubspot-ratelimit-daily-remaining")).toBe("1");
  await portal.call("GET", ANA);
  expect((await portal.call("GET", ANA)).body["policyName"]).toBe("DAILY");
  await portal.clock.advance(120_000);
  expect((await portal.call("GET", ANA)).status).toBe(200);
});

it("limits searches for themselves, without telling in headers", async () => {
  expect((await portal.call("GET", "/_sim/behaviour")).body["search_per_second"]).toBe(5);
  await behave({ private_app_burst: 1, search_per_second: 2 });
  const search = () => portal.call("POST", "/crm/objects/2026-09/contacts/search", {});
  const answers = [];
  for (let round = 0; round < 3; round += 1) answers.push(await search());
  expect(answers.map((answer) => answer.status)).toEqual([200, 200, 429]);
  expect(answers[2]?.body["policyName"]).toBe("SECONDLY");
  expect(answers[0]?.headers.get(BURST)).toBeNull();
  await portal.clock.advance(1_000);
  expect((await search()).status).toBe(200);
});

it("tells the account, its owners and what it accepts", async () => {
  const details = await portal.call("GET", "/account-info/2026-03/details");
  expect(details.body).toMatchObject({ portalId: portal.sim.identity.portal_id, uiDomain: "app.hubspot.com" });
  const owners = await portal.call("GET", "/crm/owners/2026-09?email=rep@demo.test");
  expect(owners.body.results).toMatchObject([{ id: "77002", firstName: "Clara", type: "PERSON" }]);
  expect((await portal.call("GET", "/crm/owners/2026-09/1")).status).toBe(404);
  expect((await portal.call("GET", "/_sim/identity")).body).toEqual(portal.sim.identity);
});

it("refuses settings that it does not have", async () => {
  expect((await behave({ allow_everything: true })).status).toBe(400);
});
