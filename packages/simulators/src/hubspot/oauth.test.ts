import { createHash } from "node:crypto";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startTestPortal } from "./test-portal.ts";
import type { TestPortal } from "./test-portal.ts";

const CALLBACK = "http://localhost:4100/oauth/hubspot/callback";
const TOKEN = "/oauth/2026-09/token";
const VERIFIER = "a-verifier-that-only-the-app-knows-0123456789";
const CHALLENGE = createHash("sha256").update(VERIFIER).digest("base64url");
const ANA = "/crm/objects/2026-09/contacts/101001";

let portal: TestPortal;
beforeEach(async () => {
  portal = await startTestPortal();
});
afterEach(() => portal.sim.close());

const request = (changes: Record<string, string> = {}) => ({
  client_id: portal.sim.identity.client_id,
  redirect_uri: CALLBACK,
  scope: "oauth crm.objects.contacts.read",
  state: "s1",
  ...changes,
});
const page = (query: Record<string, string>, path = "/oauth/authorize") =>
  fetch(`${portal.sim.url}${path}?${new URLSearchParams(query).toString()}`, { redirect: "manual" });
const decide = (query: Record<string, string>, decision: string) =>
  fetch(`${portal.sim.url}/oauth/authorize`, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ ...query, decision }),
  });
const approve = async (changes: Record<string, string> = {}) => {
  const location = new URL((await decide(request(changes), "approve")).headers.get("location") ?? "");
  return location.searchParams.get("code") ?? "";
};
const client = () => ({ client_id: portal.sim.identity.client_id, client_secret: portal.sim.identity.client_secret });
const exchange = (code: string, changes: Record<string, string> = {}) =>
  portal.form(TOKEN, { grant_type: "authorization_code", ...client(), redirect_uri: CALLBACK, code, ...changes });
const refresh = (refreshToken: string) =>
  portal.form(TOKEN, { grant_type: "refresh_token", ...client(), refresh_token: refreshToken });

it("asks a person in words, and sends the decision back with the state", async () => {
  const shown = await page(request());
  const html = await shown.text();
  expect(shown.status).toBe(200);
  expect(html).toContain("See contacts and their activities");
  expect(html).toMatch(/<button[^>]*>Approve<\/button>/u);
  expect((await page(request(), `/oauth/${portal.sim.identity.portal_id}/authorize`)).status).toBe(200);

  const approved = new URL((await decide(request(), "approve")).headers.get("location") ?? "");
  expect([approved.origin + approved.pathname, approved.searchParams.get("state")]).toEqual([CALLBACK, "s1"]);
  expect(approved.searchParams.get("code")).not.toBeNull();
  const cancelled = new URL((await decide(request(), "cancel")).headers.get("location") ?? "");
  expect(cancelled.searchParams.get("error")).toBe("access_denied");
  expect(cancelled.searchParams.get("code")).toBeNull();
});

it.each([
  ["an unknown client", { client_id: "nobody" }],
  ["a redirect URI that is not registered", { redirect_uri: "https://evil.example/oauth/hubspot/callback" }],
  ["a redirect URI that only looks local", { redirect_uri: "http://localhost.evil.example/callback" }],
  ["an unknown scope", { scope: "oauth everything" }],
  ["no scope", { scope: "" }],
  ["a plain code challenge", { code_challenge: VERIFIER, code_challenge_method: "plain" }],
])("shows no consent and sends nobody anywhere for %s", async (_what, changes) => {
  const shown = await page(request(changes));
  expect([shown.status, shown.headers.get("location")]).toEqual([400, null]);
  expect((await decide(request(changes), "approve")).headers.get("location")).toBeNull();
});

it("puts nothing of the request into the page as markup", async () => {
  const html = await (await page(request({ state: '"><script>alert(1)</script>' }))).text();
  expect(html).not.toContain("<script>");
});

it("comes back to whatever address of this machine a client has, until some are registered", async () => {
  const back = await decide(request({ redirect_uri: "http://127.0.0.1:3000/callback" }), "approve");
  expect(back.headers.get("location")).toMatch(/^http:\/\/127\.0\.0\.1:3000\/callback\?code=/u);
});

it("approves by itself and knows other redirect URIs when told to", async () => {
  const redirect_uri = "https://crm.example/back";
  await portal.call("POST", "/_sim/behaviour", { auto_approve: true, redirect_uris: [redirect_uri] });
  const location = (await page(request({ redirect_uri }))).headers.get("location") ?? "";
  expect(location).toMatch(/^https:\/\/crm\.example\/back\?code=.+&state=s1$/u);
  expect((await page(request())).status).toBe(400);
});

it("gives tokens for a code that work with the scopes that were approved", async () => {
  const { status, body } = await exchange(await approve());
  expect(status).toBe(200);
  expect(body).toMatchObject({
    token_type: "bearer",
    token_use: "access_token",
    expires_in: 1_800,
    hub_id: portal.sim.identity.portal_id,
    scopes: ["oauth", "crm.objects.contacts.read"],
  });
  const read = await portal.call("GET", ANA, undefined, body.access_token);
  expect([read.status, read.headers.get("x-hubspot-ratelimit-max")]).toEqual([200, "110"]);
  expect(read.headers.get("x-hubspot-ratelimit-daily")).toBeNull();
  const write = await portal.call("PATCH", ANA, { properties: {} }, body.access_token);
  expect([write.status, write.body["category"]]).toEqual([403, "MISSING_SCOPES"]);
});

it("lets a code work once, for a minute, for the same redirect URI and the same client", async () => {
  const used = await approve();
  await exchange(used);
  const late = await approve();
  const mismatched = await approve();
  const stolen = await approve();
  const refusals = [
    await exchange(used),
    await exchange(mismatched, { redirect_uri: "http://localhost:4101/oauth/hubspot/callback" }),
    await exchange(stolen, { client_secret: "guess" }),
    await exchange("invented"),
  ];
  await portal.clock.advance(60_000);
  refusals.push(await exchange(late));
  expect(refusals.map(({ status, body }) => [status, body["error"], body["status"]])).toEqual([
    [400, "invalid_grant", "BAD_AUTH_CODE"],
    [400, "invalid_grant", "BAD_REDIRECT_URI"],
    [400, "invalid_client", "BAD_CLIENT_SECRET"],
    [400, "invalid_grant", "BAD_AUTH_CODE"],
    [400, "invalid_grant", "BAD_AUTH_CODE"],
  ]);
  expect(refusals[0]?.body).toMatchObject({ error_description: expect.any(String), message: expect.any(String) });
});

it("asks for the code verifier where there was a challenge", async () => {
  const pkce = { code_challenge: CHALLENGE, code_challenge_method: "S256" };
  expect((await exchange(await approve(pkce))).body["status"]).toBe("BAD_CODE_VERIFIER");
  expect((await exchange(await approve(pkce), { code_verifier: "another" })).status).toBe(400);
  expect((await exchange(await approve(pkce), { code_verifier: VERIFIER })).status).toBe(200);
});

it("ends an access token after 30 minutes and gives another for the refresh token", async () => {
  const { body: tokens } = await exchange(await approve());
  await portal.clock.advance(1_800_000);
  const expired = await portal.call("GET", ANA, undefined, tokens.access_token);
  expect([expired.status, expired.body["category"]]).toEqual([401, "EXPIRED_AUTHENTICATION"]);
  const { body: renewed } = await refresh(tokens.refresh_token);
  expect(renewed.refresh_token).toBe(tokens.refresh_token);
  expect((await portal.call("GET", ANA, undefined, renewed.access_token)).status).toBe(200);
  expect((await refresh("eu1.made.up")).body["status"]).toBe("BAD_REFRESH_TOKEN");
  expect((await refresh(renewed.access_token)).body["status"]).toBe("BAD_REFRESH_TOKEN");
});

it("ends all access tokens at once when told to, and goes on with new ones", async () => {
  const { body: tokens } = await exchange(await approve());
  await portal.call("POST", "/_sim/tokens/expire");
  const expired = await portal.call("GET", ANA, undefined, tokens.access_token);
  expect([expired.status, expired.body["category"]]).toEqual([401, "EXPIRED_AUTHENTICATION"]);
  const { body: fresh } = await refresh(tokens.refresh_token);
  expect((await portal.call("GET", ANA, undefined, fresh.access_token)).status).toBe(200);
});

it("takes no refresh token for an access token", async () => {
  const { body: tokens } = await exchange(await approve());
  const { status, body } = await portal.call("GET", ANA, undefined, tokens.refresh_token);
  expect([status, body["category"]]).toEqual([401, "INVALID_AUTHENTICATION"]);
});

it("keeps a connection over a restart", async () => {
  const { body: tokens } = await exchange(await approve());
  await portal.sim.close();
  portal = await startTestPortal();
  expect((await refresh(tokens.refresh_token)).status).toBe(200);
});

it("tells what a token is, and ends it when it is revoked", async () => {
  const { body: tokens } = await exchange(await approve());
  const introspect = (token: string) => portal.form(`${TOKEN}/introspect`, { ...client(), token });
  expect((await introspect(tokens.access_token)).body).toMatchObject({
    active: true,
    token_use: "access_token",
    app_id: portal.sim.identity.app_id,
    hub_domain: portal.sim.identity.hub_domain,
    scopes: ["oauth", "crm.objects.contacts.read"],
  });
  expect((await portal.form(`${TOKEN}/revoke`, { ...client(), token: tokens.refresh_token })).status).toBe(204);
  expect((await introspect(tokens.access_token)).body).toEqual({ active: false });
  expect((await refresh(tokens.refresh_token)).body["status"]).toBe("BAD_REFRESH_TOKEN");
  expect((await portal.call("GET", ANA, undefined, tokens.access_token)).status).toBe(401);
});

it("writes exchanges and refreshes into the ledger, without the tokens", async () => {
  const { body: tokens } = await exchange(await approve());
  await refresh(tokens.refresh_token);
  const { list } = await portal.call("GET", "/_sim/ledger");
  expect(list.map((entry) => entry["kind"])).toEqual(["oauth.authorization_code", "oauth.refresh_token"]);
  expect(JSON.stringify(list)).not.toContain(tokens.refresh_token);
});

it("speaks version 1 of the token endpoint until HubSpot ends it", async () => {
  const { body: tokens } = await exchange(await approve());
  const asV1 = () =>
    portal.form("/oauth/v1/token", {
      grant_type: "refresh_token",
      ...client(),
      refresh_token: tokens.refresh_token,
    });
  expect(Object.keys((await asV1()).body).sort()).toEqual([
    "access_token",
    "expires_in",
    "refresh_token",
    "token_type",
  ]);
  await portal.clock.set(Date.parse("2027-02-16T00:00:00Z"));
  expect((await asV1()).status).toBe(404);
});

it("takes forms alone, and says what is missing in an empty one", async () => {
  const asJson = await portal.call("POST", TOKEN, { grant_type: "refresh_token", ...client() });
  expect(asJson.status).toBe(415);
  const empty = await portal.form(TOKEN, {});
  expect([empty.status, empty.body["status"]]).toEqual([400, "BAD_CLIENT_ID"]);
  expect((await fetch(`${portal.sim.url}${TOKEN}`, { method: "POST" })).status).toBe(400);
  expect((await fetch(`${portal.sim.url}/oauth/authorize`, { method: "POST" })).status).toBe(400);
});
