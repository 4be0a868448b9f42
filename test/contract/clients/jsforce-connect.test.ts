import { afterEach, beforeEach, expect, it } from "vitest";
import { openJsforceOrg, REDIRECT_URI, type JsforceOrg } from "./jsforce-org.ts";
import type { Connection, OAuth2 } from "jsforce";

let org: JsforceOrg;
beforeEach(async () => {
  org = await openJsforceOrg();
});
afterEach(() => org?.close());

/** Approves what the app asks for, as a person in a browser does, and returns the code. */
async function approve(oauth2: OAuth2): Promise<string> {
  await org.steer("behaviour", { auto_approve: true });
  const asked = oauth2.getAuthorizationUrl({ scope: "api refresh_token openid", state: "s1" });
  const answer = await fetch(asked, { redirect: "manual" });
  const back = new URL(answer.headers.get("location") ?? "");
  expect([back.origin + back.pathname, back.searchParams.get("state")]).toEqual([REDIRECT_URI, "s1"]);
  return back.searchParams.get("code") ?? "";
}

async function connected(): Promise<Connection> {
  const oauth2 = org.app();
  const connection = org.connect(oauth2);
  await connection.authorize(await approve(oauth2));
  return connection;
}

it("is let in by a person, with a code verifier", async () => {
  const connection = await connected();
  const { org_id: organizationId, user_id: id } = org.sim.identity;
  expect(connection.userInfo).toEqual({ id, organizationId, url: `${org.sim.url}/id/${organizationId}/${id}` });
  expect([connection.instanceUrl, typeof connection.refreshToken]).toEqual([org.sim.url, "string"]);
  expect(await connection.query("SELECT Id FROM Contact LIMIT 1")).toMatchObject({ totalSize: 1 });
});

it("is turned away with a wrong verifier, and with a code that was used", async () => {
  const oauth2 = org.app();
  const stolen = await approve(oauth2);
  await expect(org.connect(org.app()).authorize(stolen)).rejects.toThrow("invalid code verifier");
  const code = await approve(oauth2);
  await org.connect(oauth2).authorize(code);
  await expect(org.connect(oauth2).authorize(code)).rejects.toThrow("invalid authorization code");
});

it("learns who it is", async () => {
  const { org_id, user_id, custom_domain } = org.sim.identity;
  const facts = { organization_id: org_id, user_id, urls: { custom_domain } };
  expect(await (await connected()).identity()).toMatchObject(facts);
  expect(await org.admin.identity()).toMatchObject(facts);
});

it("refreshes its session when that ends, and is told the next refresh token", async () => {
  const connection = await connected();
  const before = { access: connection.accessToken, refresh: connection.refreshToken };
  const refreshed: unknown[] = [];
  connection.on("refresh", (_token: string, answer: { refresh_token?: string }) => {
    refreshed.push(answer.refresh_token);
    connection.refreshToken = answer.refresh_token ?? null;
  });
  for (const times of [1, 2]) {
    await org.clock.advance(7_200_000);
    expect(await connection.query("SELECT Id FROM Contact LIMIT 1")).toMatchObject({ totalSize: 1 });
    expect(refreshed).toHaveLength(times);
  }
  expect(connection.accessToken).not.toBe(before.access);
  expect(new Set([before.refresh, ...refreshed]).size).toBe(3);
});

it("makes one refresh for many calls at once", async () => {
  const connection = await connected();
  await org.clock.advance(7_200_000);
  await Promise.all(Array.from({ length: 9 }, () => connection.limits()));
  const ledger = await (await fetch(`${org.sim.url}/_sim/ledger`)).json();
  const kinds = Array.isArray(ledger) ? ledger.map(({ kind }) => kind) : [];
  expect(kinds.filter((kind) => kind === "oauth.refresh_token")).toHaveLength(1);
});

it("loses the connection when a refresh token is used twice", async () => {
  const oauth2 = org.app();
  const connection = org.connect(oauth2);
  await connection.authorize(await approve(oauth2));
  const first = connection.refreshToken ?? "";
  const { refresh_token: second } = await oauth2.refreshToken(first);
  await expect(oauth2.refreshToken(first)).rejects.toThrow("expired access/refresh token");
  await expect(oauth2.refreshToken(second ?? "")).rejects.toThrow("expired access/refresh token");
  await expect(connection.limits()).rejects.toThrow("expired access/refresh token");
});

it("logs out by revoking", async () => {
  const connection = await connected();
  const { accessToken } = connection;
  await connection.logout(true);
  expect(connection.accessToken).toBeNull();
  const late = await fetch(`${org.sim.url}/services/data/v67.0/limits`, {
    headers: { authorization: `Bearer ${accessToken ?? ""}` },
  });
  expect(late.status).toBe(401);
});

it("speaks as the integration user with the app's own credentials", async () => {
  const connection = org.connect(org.app());
  const { id } = await connection.authorize({ grant_type: "client_credentials" });
  expect(id).not.toBe(org.sim.identity.user_id);
  expect(await connection.query("SELECT COUNT() FROM Contact")).toMatchObject({ records: [] });
});
