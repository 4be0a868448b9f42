import { describe, expect, it } from "vitest";
import type { CrmApp } from "../adapter.ts";
import { cannedServer } from "../canned-server.ts";
import { account, authorizeUrl, exchangeCode, permissions, refresh, revoke } from "./oauth.ts";

const authorization = {
  redirectUri: "https://a.test/oauth/hubspot/callback",
  state: "s&1",
  codeChallenge: "ch",
  loginUrl: null,
};

function appAt(baseUrl: string): CrmApp {
  return { baseUrl, clientId: "client-1", clientSecret: "secret-1", timeoutMs: 2000 };
}

const tokens = {
  token_type: "bearer",
  access_token: "access-1",
  refresh_token: "refresh-1",
  expires_in: 1800,
  hub_id: 4242,
  user_id: 1,
  scopes: ["oauth"],
};

const grant = { refreshToken: "refresh-1", apiUrl: null };

const badToken = { error: "invalid_grant", status: "BAD_REFRESH_TOKEN", message: "missing or invalid refresh token" };

function form(body: string | undefined): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(body));
}

function addressOf(result: ReturnType<typeof authorizeUrl>): URL {
  if (result.outcome !== "done") throw new Error(result.outcome);
  return new URL(result.url);
}

describe("authorizeUrl", () => {
  it("asks on HubSpot's own pages for every right, with state and challenge", () => {
    const url = addressOf(authorizeUrl(appAt("https://api.hubapi.com"), authorization));
    expect(url.origin + url.pathname).toBe("https://app.hubspot.com/oauth/authorize");
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: "client-1",
      redirect_uri: authorization.redirectUri,
      scope: permissions.map(({ scope }) => scope).join(" "),
      state: "s&1",
      code_challenge: "ch",
      code_challenge_method: "S256",
    });
  });

  it("asks any other API at its own address", () => {
    const url = addressOf(authorizeUrl(appAt("http://localhost:4220"), authorization));
    expect(url.origin + url.pathname).toBe("http://localhost:4220/oauth/authorize");
  });

  it("sends nobody to another address: all customers of HubSpot sign in at one", () => {
    const foreign = { ...authorization, loginUrl: "https://login.example" };
    expect(authorizeUrl(appAt("https://api.hubapi.com"), foreign)).toMatchObject({ reason: "crm.oauth_failed" });
  });
});

describe("tokens", () => {
  it("are exchanged for the code with the verifier, form-encoded", async () => {
    await using server = await cannedServer({ body: tokens });
    const exchange = { code: "code-1", redirectUri: authorization.redirectUri, codeVerifier: "v", loginUrl: null };
    expect(await exchangeCode(appAt(server.url), exchange)).toEqual({
      outcome: "done",
      tokens: {
        accessToken: "access-1",
        refreshToken: "refresh-1",
        expiresInSeconds: 1800,
        apiUrl: null,
        scopes: ["oauth"],
      },
    });
    expect(server.requests[0]?.url).toBe("/oauth/2026-09/token");
    expect(server.requests[0]?.headers["content-type"]).toBe("application/x-www-form-urlencoded");
    expect(form(server.requests[0]?.body)).toEqual({
      grant_type: "authorization_code",
      code: "code-1",
      redirect_uri: authorization.redirectUri,
      code_verifier: "v",
      client_id: "client-1",
      client_secret: "secret-1",
    });
  });

  it("are refreshed", async () => {
    await using server = await cannedServer({ body: tokens });
    expect(await refresh(appAt(server.url), { refreshToken: "refresh-0", apiUrl: null })).toMatchObject({
      outcome: "done",
    });
    expect(form(server.requests[0]?.body)).toMatchObject({ grant_type: "refresh_token", refresh_token: "refresh-0" });
  });

  it("tell an ended connection from a wrong app and from an outage", async () => {
    await using server = await cannedServer(
      { status: 400, body: badToken },
      { status: 401, body: { error: "invalid_client" } },
      { status: 502 },
    );
    const app = appAt(server.url);
    expect(await refresh(app, grant)).toMatchObject({ outcome: "refused", reason: "crm.connection_ended" });
    expect(await refresh(app, grant)).toMatchObject({ outcome: "refused", reason: "crm.oauth_failed" });
    expect(await refresh(app, grant)).toMatchObject({ outcome: "later" });
  });

  it("are not given for a spent code", async () => {
    await using server = await cannedServer({ status: 400, body: { error: "invalid_grant", status: "BAD_AUTH_CODE" } });
    const result = await exchangeCode(appAt(server.url), {
      code: "c",
      redirectUri: "u",
      codeVerifier: "v",
      loginUrl: null,
    });
    expect(result).toMatchObject({ outcome: "refused", reason: "crm.oauth_failed" });
  });

  it("are given back; a dead one counts as given back", async () => {
    await using server = await cannedServer({ status: 204 }, { status: 400, body: badToken }, { status: 500 });
    const app = appAt(server.url);
    expect(await revoke(app, grant)).toEqual({ outcome: "done" });
    expect(await revoke(app, grant)).toEqual({ outcome: "done" });
    expect(await revoke(app, grant)).toMatchObject({ outcome: "later" });
    expect(server.requests[0]?.url).toBe("/oauth/2026-09/token/revoke");
    expect(form(server.requests[0]?.body)).toMatchObject({ token: "refresh-1", token_type_hint: "refresh_token" });
  });
});

describe("account", () => {
  const details = {
    portalId: 4242,
    uiDomain: "app-eu1.hubspot.com",
    timeZone: "Europe/Berlin",
    accountType: "STANDARD",
  };

  it("names the portal by its domain", async () => {
    await using server = await cannedServer({ body: details }, { body: { active: true, hub_domain: "acme.test" } });
    expect(await account(appAt(server.url), { accessToken: "t", apiUrl: null })).toEqual({
      outcome: "done",
      account: {
        account: "4242",
        accountName: "acme.test",
        uiDomain: "app-eu1.hubspot.com",
        timeZone: "Europe/Berlin",
      },
    });
    expect(server.requests.map(({ url }) => url)).toEqual([
      "/account-info/2026-03/details",
      "/oauth/2026-09/token/introspect",
    ]);
  });

  it("does without the domain when HubSpot does not tell it", async () => {
    await using server = await cannedServer({ body: details }, { status: 500 });
    expect(await account(appAt(server.url), { accessToken: "t", apiUrl: null })).toMatchObject({
      outcome: "done",
      account: { accountName: "HubSpot 4242" },
    });
  });
});
