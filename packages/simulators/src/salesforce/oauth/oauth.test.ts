import { createHash, createHmac, generateKeyPairSync, sign } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startTestOrg } from "../test-org.ts";
import type { TestOrg } from "../test-org.ts";

const CALLBACK = "http://localhost:4100/oauth/salesforce/callback";
const TOKEN = "/services/oauth2/token";
const VERIFIER = "a-verifier-that-only-the-app-knows-0123456789";
const CHALLENGE = createHash("sha256").update(VERIFIER).digest("base64url");
const LIMITS = "/services/data/v67.0/limits";

let org: TestOrg;
beforeEach(async () => {
  org = await startTestOrg();
});
afterEach(() => org.sim.close());

const asked = (changes: Record<string, string> = {}) => ({
  response_type: "code",
  client_id: org.sim.identity.client_id,
  redirect_uri: CALLBACK,
  scope: "api refresh_token",
  state: "s1",
  code_challenge: CHALLENGE,
  code_challenge_method: "S256",
  ...changes,
});
const page = (query: Record<string, string>) =>
  fetch(`${org.sim.url}/services/oauth2/authorize?${new URLSearchParams(query).toString()}`, { redirect: "manual" });
const decide = (query: Record<string, string>, decision: string) =>
  fetch(`${org.sim.url}/services/oauth2/authorize`, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ ...query, decision }),
  });
const backAt = (answer: Response) => new URL(answer.headers.get("location") ?? "");
const approve = async (changes: Record<string, string> = {}) =>
  backAt(await decide(asked(changes), "approve")).searchParams.get("code") ?? "";
const client = () => ({ client_id: org.sim.identity.client_id, client_secret: org.sim.identity.client_secret });
const exchange = (code: string, changes: Record<string, string> = {}) =>
  org.form(TOKEN, {
    grant_type: "authorization_code",
    ...client(),
    redirect_uri: CALLBACK,
    code_verifier: VERIFIER,
    code,
    ...changes,
  });
const connect = async (changes: Record<string, string> = {}) => (await exchange(await approve(changes))).body;
const refresh = (refreshToken: string) =>
  org.form(TOKEN, { grant_type: "refresh_token", ...client(), refresh_token: refreshToken });
const speaks = async (token: string) => (await org.call("GET", LIMITS, undefined, token)).status;

describe("the consent page", () => {
  it("asks a person in words, and sends the decision back with the state", async () => {
    const shown = await page(asked());
    const html = await shown.text();
    expect(shown.status).toBe(200);
    expect(html).toContain("Manage user data via APIs");
    expect(html).toMatch(/<button[^>]*value="approve">Allow<\/button>/u);
    const approved = backAt(await decide(asked(), "approve"));
    expect([approved.origin + approved.pathname, approved.searchParams.get("state")]).toEqual([CALLBACK, "s1"]);
    const denied = backAt(await decide(asked(), "cancel"));
    expect([denied.searchParams.get("error"), denied.searchParams.get("code")]).toEqual(["access_denied", null]);
  });

  it.each([
    ["an unknown client", { client_id: "nobody" }],
    ["a redirect URI that is not registered", { redirect_uri: "https://evil.example/oauth/salesforce/callback" }],
    ["a redirect URI that only looks local", { redirect_uri: "http://localhost:80@evil.example/" }],
  ])("sends nobody anywhere for %s", async (_what, changes) => {
    const shown = await page(asked(changes));
    expect([shown.status, shown.headers.get("location")]).toEqual([400, null]);
    expect((await decide(asked(changes), "approve")).headers.get("location")).toBeNull();
  });

  it.each([
    ["another response type", { response_type: "token" }, "unsupported_response_type"],
    ["an unknown scope", { scope: "api everything" }, "invalid_scope"],
    ["a plain code challenge", { code_challenge_method: "plain" }, "invalid_request"],
    ["a challenge of the wrong length", { code_challenge: "short" }, "invalid_request"],
  ])("tells the app about %s", async (_what, changes, error) => {
    const told = backAt(await page(asked(changes)));
    expect([told.searchParams.get("error"), told.searchParams.get("state")]).toEqual([error, "s1"]);
    expect(backAt(await decide(asked(changes), "approve")).searchParams.get("code")).toBeNull();
  });

  it("wants a code challenge", async () => {
    const { code_challenge: _challenge, code_challenge_method: _method, ...without } = asked();
    const told = backAt(await page(without));
    expect(told.searchParams.get("error_description")).toBe("missing required code challenge");
  });

  it("puts nothing of the request into the page as markup, and approves by itself when told to", async () => {
    expect(await (await page(asked({ state: '"><script>alert(1)</script>' }))).text()).not.toContain("<script>");
    const redirect_uri = "https://crm.example/back";
    await org.call("POST", "/_sim/behaviour", { auto_approve: true, redirect_uris: [redirect_uri] });
    expect((await page(asked({ redirect_uri }))).headers.get("location")).toMatch(
      /^https:\/\/crm\.example\/back\?code=.+&state=s1$/u,
    );
    expect((await page(asked())).status).toBe(400);
    expect((await page(asked({ redirect_uri: `${redirect_uri}/more` }))).status).toBe(400);
  });

  it("comes back to whatever address of this machine a client has, until some are registered", async () => {
    const redirect_uri = "http://127.0.0.1:3000/callback?of=client";
    expect(backAt(await decide(asked({ redirect_uri }), "approve")).searchParams.get("of")).toBe("client");
  });
});

describe("a code", () => {
  it("gives tokens as Salesforce writes them", async () => {
    const tokens = await connect();
    const { org_id, user_id, client_secret } = org.sim.identity;
    const id = `${org.sim.url}/id/${org_id}/${user_id}`;
    expect(tokens).toEqual({
      access_token: expect.stringMatching(/^00D\w{12}!/u),
      refresh_token: expect.any(String),
      instance_url: org.sim.url,
      id,
      token_type: "Bearer",
      issued_at: expect.stringMatching(/^\d{13}$/u),
      signature: createHmac("sha256", client_secret)
        .update(`${id}${String(tokens["issued_at"])}`)
        .digest("base64"),
      scope: "api refresh_token",
    });
    expect(await speaks(tokens.access_token)).toBe(200);
    expect((await connect({ scope: "api" })).refresh_token).toBeUndefined();
    expect(await speaks((await connect({ scope: "openid" })).access_token)).toBe(401);
  });

  it("works once, for 15 minutes, for the same redirect URI, client and verifier", async () => {
    const used = await approve();
    const { body: stolen } = await exchange(used);
    const late = await approve();
    const refusals = [
      await exchange(used),
      await exchange(await approve(), { redirect_uri: "http://localhost:4101/oauth/salesforce/callback" }),
      await exchange(await approve(), { client_secret: "guess" }),
      await exchange(await approve(), { client_id: "guess" }),
      await exchange(await approve(), { code_verifier: "another" }),
      await exchange("invented"),
    ];
    await org.clock.advance(15 * 60_000);
    refusals.push(await exchange(late));
    expect(refusals.map(({ status, body }) => [status, body["error"], body["error_description"]])).toEqual([
      [400, "invalid_grant", "invalid authorization code"],
      [400, "redirect_uri_mismatch", "redirect_uri must match configuration"],
      [400, "invalid_client", "invalid client credentials"],
      [400, "invalid_client_id", "client identifier invalid"],
      [400, "invalid_grant", "invalid code verifier"],
      [400, "invalid_grant", "invalid authorization code"],
      [400, "invalid_grant", "expired authorization code"],
    ]);
    expect(await speaks(stolen.access_token)).toBe(401);
  });
});

describe("a session", () => {
  it("ends after two hours, and the refresh token begins another and is dead itself", async () => {
    const tokens = await connect();
    await org.clock.advance(7_200_000);
    const expired = await org.call("GET", LIMITS, undefined, tokens.access_token);
    expect([expired.status, expired.list[0]?.["errorCode"]]).toEqual([401, "INVALID_SESSION_ID"]);
    const { body: renewed } = await refresh(tokens.refresh_token);
    expect(await speaks(renewed.access_token)).toBe(200);
    expect(renewed.refresh_token).not.toBe(tokens.refresh_token);
    expect((await refresh(renewed.refresh_token)).status).toBe(200);
  });

  it("ends with all of its family when a used refresh token comes back", async () => {
    const tokens = await connect();
    const { body: renewed } = await refresh(tokens.refresh_token);
    const reused = await refresh(tokens.refresh_token);
    expect([reused.status, reused.body["error"], reused.body["error_description"]]).toEqual([
      400,
      "invalid_grant",
      "expired access/refresh token",
    ]);
    expect((await refresh(renewed.refresh_token)).status).toBe(400);
    expect(await speaks(renewed.access_token)).toBe(401);
  });

  it("keeps its refresh token where the org does not rotate", async () => {
    await org.call("POST", "/_sim/behaviour", { rotate_refresh_tokens: false });
    const tokens = await connect();
    const { body: first } = await refresh(tokens.refresh_token);
    expect([first.refresh_token, (await refresh(tokens.refresh_token)).status]).toEqual([undefined, 200]);
  });

  it("takes no refresh token for an access token, nor the other way round", async () => {
    const tokens = await connect();
    expect(await speaks(tokens.refresh_token)).toBe(401);
    expect((await refresh(tokens.access_token)).body["error"]).toBe("invalid_grant");
    expect((await refresh("made up")).body["error"]).toBe("invalid_grant");
  });

  it("outlives a restart", async () => {
    const tokens = await connect();
    await org.sim.close();
    org = await startTestOrg();
    expect((await refresh(tokens.refresh_token)).status).toBe(200);
  });

  it("is described, and ended when it is revoked; with the refresh token everything ends", async () => {
    const tokens = await connect();
    const introspect = (token: string) => org.form("/services/oauth2/introspect", { ...client(), token });
    expect((await introspect(tokens.access_token)).body).toMatchObject({
      active: true,
      scope: "api refresh_token",
      token_type: "access_token",
    });
    const revoke = (token: string) => org.form("/services/oauth2/revoke", { token });
    expect((await revoke(tokens.access_token)).status).toBe(200);
    expect((await introspect(tokens.access_token)).body).toEqual({ active: false });
    const { body: renewed } = await refresh(tokens.refresh_token);
    expect((await revoke(renewed.refresh_token)).status).toBe(200);
    expect(await speaks(renewed.access_token)).toBe(401);
    expect((await revoke(renewed.refresh_token)).body["error"]).toBe("unsupported_token_type");
  });
});

describe("without a person", () => {
  it("the app speaks as the integration user, unless the org forbids it", async () => {
    const grant = { grant_type: "client_credentials", ...client() };
    const { body: tokens } = await org.form(TOKEN, grant);
    expect([tokens.refresh_token, await speaks(tokens.access_token)]).toEqual([undefined, 200]);
    expect(tokens["id"]).not.toContain(org.sim.identity.user_id);
    expect((await org.form(TOKEN, { ...grant, client_secret: "guess" })).body["error"]).toBe("invalid_client");
    await org.call("POST", "/_sim/behaviour", { allow_client_credentials: false });
    expect((await org.form(TOKEN, grant)).body["error"]).toBe("invalid_grant");
  });

  it("a signed assertion names the user, in time and by the registered key alone", async () => {
    const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    await org.call("POST", "/_sim/behaviour", { jwt_public_key: publicKey.export({ type: "spki", format: "pem" }) });
    const { preferred_username: sub } = (await org.call("GET", "/services/oauth2/userinfo")).body;
    const assert = (claims: Record<string, unknown>, key = privateKey) => {
      const exp = Math.floor(org.clock.now() / 1000) + 180;
      const all = { iss: client().client_id, sub, aud: "https://login.salesforce.com", exp, ...claims };
      const parts = [{ alg: "RS256" }, all].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
      const signature = sign("RSA-SHA256", Buffer.from(parts.join(".")), key).toString("base64url");
      const grant_type = "urn:ietf:params:oauth:grant-type:jwt-bearer";
      return org.form(TOKEN, { grant_type, assertion: [...parts, signature].join(".") });
    };
    expect(await speaks((await assert({})).body.access_token)).toBe(200);
    const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
    const refusals = [
      await assert({}, stranger),
      await assert({ aud: "https://elsewhere.example" }),
      await assert({ sub: "nobody@example.com" }),
      await assert({ exp: Math.floor(org.clock.now() / 1000) + 3_600 }),
    ];
    expect(refusals.map(({ body }) => body["error"])).toEqual(Array(4).fill("invalid_grant"));
  });

  it("a password opens nothing", async () => {
    const grant = { grant_type: "password", ...client(), username: "admin", password: "secret" };
    expect((await org.form(TOKEN, grant)).body["error"]).toBe("invalid_grant");
    expect((await org.form(TOKEN, { ...grant, grant_type: "guess" })).body["error"]).toBe("unsupported_grant_type");
  });
});

it("says who is connected, and to which org", async () => {
  const { org_id, user_id, custom_domain } = org.sim.identity;
  const tokens = await connect();
  const facts = {
    user_id,
    organization_id: org_id,
    urls: { custom_domain, rest: expect.stringContaining("{version}") },
  };
  const info = await org.call("GET", "/services/oauth2/userinfo", undefined, tokens.access_token);
  expect(info.body).toMatchObject({ ...facts, sub: tokens["id"], zoneinfo: expect.any(String) });
  const path = new URL(tokens.id).pathname;
  expect((await org.call("GET", path, undefined, tokens.access_token)).body).toMatchObject({
    ...facts,
    id: tokens["id"],
  });
  for (const closed of ["/services/oauth2/userinfo", path]) {
    const refused = await fetch(org.sim.url + closed, { headers: { authorization: "Bearer nothing" } });
    expect([refused.status, await refused.text()]).toEqual([403, "Bad_OAuth_Token"]);
  }
});

it("writes exchanges and refreshes into the ledger, without the tokens", async () => {
  const tokens = await connect();
  await refresh(tokens.refresh_token);
  const { list } = await org.call("GET", "/_sim/ledger");
  expect(list.map((entry) => entry["kind"])).toEqual(["oauth.authorization_code", "oauth.refresh_token"]);
  expect(JSON.stringify(list)).not.toContain(tokens.refresh_token);
});
