import { describe, expect, it } from "vitest";
import type { CrmApp } from "../adapter.ts";
import { cannedServer } from "../canned-server.ts";
import { account } from "./account.ts";
import { authorizeUrl, exchangeCode, refresh, revoke } from "./oauth.ts";

const login = "https://login.salesforce.com";
const redirectUri = "https://a.test/oauth/salesforce/callback";

function appAt(baseUrl: string): CrmApp {
  return { baseUrl, clientId: "client-1", clientSecret: "secret-1", timeoutMs: 2000 };
}

function tokens(instanceUrl: string, more: object = {}): object {
  return {
    access_token: "access-1",
    refresh_token: "refresh-1",
    instance_url: instanceUrl,
    id: "https://login.salesforce.com/id/00D/005",
    token_type: "Bearer",
    issued_at: "1795305600000",
    scope: "refresh_token openid api",
    ...more,
  };
}

const deadToken = {
  status: 400,
  body: { error: "invalid_grant", error_description: "expired access/refresh token" },
};

function form(body: string | undefined): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(body));
}

describe("authorizeUrl", () => {
  const authorization = { redirectUri, state: "s&1", codeChallenge: "ch" };

  it("asks for every right, with state and challenge", () => {
    const answer = authorizeUrl(appAt(login), { ...authorization, loginUrl: null });
    const url = new URL(answer.outcome === "done" ? answer.url : "");
    expect(url.origin + url.pathname).toBe("https://login.salesforce.com/services/oauth2/authorize");
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: "code",
      client_id: "client-1",
      redirect_uri: redirectUri,
      scope: "openid api refresh_token",
      state: "s&1",
      code_challenge: "ch",
      code_challenge_method: "S256",
    });
  });

  it.each([
    ["https://test.salesforce.com", "https://test.salesforce.com"],
    ["acme.my.salesforce.com", "https://acme.my.salesforce.com"],
    ["https://Acme--uat.sandbox.my.salesforce.com/home", "https://acme--uat.sandbox.my.salesforce.com"],
    ["https://acme.lightning.force.com/lightning/page/home", "https://acme.my.salesforce.com"],
    ["http://localhost:4230", "http://localhost:4230"],
  ])("goes to the customer's own address: %s", (loginUrl, origin) => {
    const answer = authorizeUrl(appAt("http://localhost:4230"), { ...authorization, loginUrl });
    expect(answer.outcome === "done" && new URL(answer.url).origin).toBe(origin);
  });

  it.each([
    "https://evil.test",
    "https://login.salesforce.com.evil.test",
    "https://evil.test/.my.salesforce.com",
    "https://acme.my.salesforce.com@evil.test",
    "https://my.salesforce.com",
    "http://acme.my.salesforce.com",
    "https://acme.my.salesforce.com:8443",
    "javascript:alert(1)",
    "not a host",
    "",
  ])("goes to no other host: %s", (loginUrl) => {
    expect(authorizeUrl(appAt(login), { ...authorization, loginUrl })).toMatchObject({
      outcome: "refused",
      reason: "crm.oauth_failed",
    });
  });
});

describe("tokens", () => {
  const exchange = { code: "code-1", redirectUri, codeVerifier: "v", loginUrl: null };

  it("are exchanged for the code with the verifier and the secret", async () => {
    await using server = await cannedServer({ body: tokens("https://acme.my.salesforce.com") });
    expect(await exchangeCode(appAt(server.url), exchange)).toEqual({
      outcome: "done",
      tokens: {
        accessToken: "access-1",
        refreshToken: "refresh-1",
        expiresInSeconds: null,
        apiUrl: "https://acme.my.salesforce.com",
        scopes: ["refresh_token", "openid", "api"],
      },
    });
    expect(server.requests[0]?.url).toBe("/services/oauth2/token");
    expect(form(server.requests[0]?.body)).toEqual({
      grant_type: "authorization_code",
      code: "code-1",
      redirect_uri: redirectUri,
      code_verifier: "v",
      client_id: "client-1",
      client_secret: "secret-1",
    });
  });

  it("are not taken from an answer that would send us to another host", async () => {
    for (const host of ["https://evil.test", "http://169.254.169.254", "https://acme.my.salesforce.com.evil.test"]) {
      await using server = await cannedServer({ body: tokens(host) });
      const answer = await exchangeCode(appAt(server.url), exchange);
      expect(answer).toMatchObject({ outcome: "refused", reason: "crm.oauth_failed" });
    }
    expect(await exchangeCode(appAt(login), { ...exchange, loginUrl: "https://evil.test" })).toMatchObject({
      outcome: "refused",
    });
  });

  it("are not taken where the app may not stay connected", async () => {
    await using server = await cannedServer({
      body: tokens("https://acme.my.salesforce.com", { refresh_token: null }),
    });
    expect(await exchangeCode(appAt(server.url), exchange)).toMatchObject({
      outcome: "refused",
      reason: "crm.permission_missing",
    });
  });

  it("are not given for a spent code", async () => {
    await using server = await cannedServer(deadToken, { status: 502 });
    const app = appAt(server.url);
    expect(await exchangeCode(app, exchange)).toMatchObject({ outcome: "refused", reason: "crm.oauth_failed" });
    expect(await exchangeCode(app, exchange)).toMatchObject({ outcome: "later" });
  });

  it("are refreshed at the org, and the next refresh token is brought back", async () => {
    await using server = await cannedServer();
    await using org = await cannedServer({ body: tokens(server.url, { refresh_token: "refresh-2" }) });
    const answer = await refresh(appAt(server.url), { refreshToken: "refresh-1", apiUrl: org.url });
    expect(answer).toMatchObject({ outcome: "done", tokens: { refreshToken: "refresh-2" } });
    expect(form(org.requests[0]?.body)).toMatchObject({ grant_type: "refresh_token", refresh_token: "refresh-1" });
    expect(server.requests).toEqual([]);
  });

  it("come in the app's own name when a dead process used the refresh token up", async () => {
    await using server = await cannedServer(deadToken);
    await using org = await cannedServer(deadToken, { body: tokens(server.url, { refresh_token: undefined }) });
    const answer = await refresh(appAt(server.url), { refreshToken: "refresh-1", apiUrl: org.url });
    expect(answer).toMatchObject({ outcome: "done", tokens: { accessToken: "access-1", refreshToken: null } });
    expect(form(org.requests[1]?.body)).toEqual({
      grant_type: "client_credentials",
      client_id: "client-1",
      client_secret: "secret-1",
    });
  });

  it("tell an ended connection from a wrong app and from an outage", async () => {
    const noUser = { status: 400, body: { error: "invalid_grant", error_description: "no user enabled" } };
    await using server = await cannedServer(
      deadToken,
      noUser,
      { status: 400, body: { error: "invalid_client", error_description: "invalid client credentials" } },
      { fault: "drop" },
      deadToken,
      { status: 503 },
    );
    const [app, grant] = [appAt(server.url), { refreshToken: "r", apiUrl: null }];
    expect(await refresh(app, grant)).toMatchObject({
      outcome: "refused",
      reason: "crm.connection_ended",
      details: "expired access/refresh token",
    });
    expect(await refresh(app, grant)).toMatchObject({ outcome: "refused", reason: "crm.oauth_failed" });
    expect(await refresh(app, grant)).toMatchObject({ outcome: "later" });
    expect(await refresh(app, grant)).toMatchObject({ outcome: "later", reason: "http_503" });
  });

  it("are given back; a dead one counts as given back", async () => {
    const unknown = { status: 400, body: { error: "unsupported_token_type" } };
    await using server = await cannedServer({ status: 200 }, unknown, { status: 500 }, { status: 403 });
    const [app, grant] = [appAt("http://localhost:1"), { refreshToken: "refresh-1", apiUrl: server.url }];
    expect(await revoke(app, grant)).toEqual({ outcome: "done" });
    expect(await revoke(app, grant)).toEqual({ outcome: "done" });
    expect(await revoke(app, grant)).toMatchObject({ outcome: "later" });
    expect(await revoke(app, grant)).toMatchObject({ outcome: "refused" });
    expect(server.requests[0]?.url).toBe("/services/oauth2/revoke");
    expect(form(server.requests[0]?.body)).toEqual({ token: "refresh-1" });
  });
});

describe("account", () => {
  const user = { user_id: "005x", urls: { custom_domain: "https://Acme--uat.sandbox.my.salesforce.com" } };

  it("goes by its My Domain", async () => {
    const company = { Name: "Acme GmbH", TimeZoneSidKey: "Europe/Berlin" };
    await using server = await cannedServer({ body: user }, { body: { totalSize: 1, done: true, records: [company] } });
    expect(await account(appAt(login), { accessToken: "t", apiUrl: server.url })).toEqual({
      outcome: "done",
      account: {
        account: "acme--uat.sandbox",
        accountName: "Acme GmbH",
        uiDomain: "acme--uat.sandbox.lightning.force.com",
        timeZone: "Europe/Berlin",
      },
    });
  });

  it("counts its days in UTC when its zone is none that is known", async () => {
    const company = { Name: "Acme GmbH", TimeZoneSidKey: "Mars/Olympus" };
    await using server = await cannedServer({ body: user }, { body: { records: [company] } });
    expect(await account(appAt(login), { accessToken: "t", apiUrl: server.url })).toMatchObject({
      account: { timeZone: "UTC" },
    });
  });

  it("is not asked for with a dead token, and must have a My Domain", async () => {
    await using server = await cannedServer({ status: 403, fault: "no_json" }, { body: { user_id: "005x" } });
    const session = { accessToken: "t", apiUrl: server.url };
    expect(await account(appAt(login), session)).toEqual({ outcome: "expired" });
    expect(await account(appAt(login), session)).toMatchObject({ outcome: "refused", reason: "crm.oauth_failed" });
  });
});
