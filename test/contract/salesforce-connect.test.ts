import type { CrmTokens } from "@aparte/crm/adapter.ts";
import type { RateState } from "@aparte/crm/rate.ts";
import { codeChallengeOf, newCodeVerifier } from "@aparte/crm/pkce.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { post } from "../support/world.ts";
import { startSalesforceOrg, type SalesforceOrg } from "./salesforce-org.ts";

const redirectUri = "http://localhost:4100/oauth/salesforce/callback";

let org: SalesforceOrg;
beforeAll(async () => {
  org = await startSalesforceOrg();
});
beforeEach(() => org.reset());
afterAll(() => org?.close());

/** An admin of the org says yes on the page that our address leads to. */
async function approve(codeVerifier: string): Promise<string> {
  const codeChallenge = codeChallengeOf(codeVerifier);
  const asked = org.adapter.authorizeUrl({ redirectUri, state: "a state", codeChallenge, loginUrl: null });
  if (asked.outcome !== "done") throw new Error(asked.outcome);
  const url = new URL(asked.url);
  const body = new URLSearchParams([...url.searchParams, ["decision", "approve"]]);
  const answer = await fetch(`${org.url}${url.pathname}`, { method: "POST", body, redirect: "manual" });
  const back = new URL(answer.headers.get("location") ?? "about:blank");
  expect(back.searchParams.get("state")).toBe("a state");
  return back.searchParams.get("code") ?? "";
}

async function signIn(): Promise<CrmTokens & { refreshToken: string }> {
  const codeVerifier = newCodeVerifier();
  const code = await approve(codeVerifier);
  const answer = await org.adapter.exchangeCode({ code, redirectUri, codeVerifier, loginUrl: null });
  if (answer.outcome !== "done" || answer.tokens.refreshToken === null) throw new Error(JSON.stringify(answer));
  return { ...answer.tokens, refreshToken: answer.tokens.refreshToken };
}

const grantOf = ({ refreshToken, apiUrl }: CrmTokens) => ({ refreshToken: refreshToken ?? "", apiUrl });

describe("signing in", () => {
  it("brings tokens for the org and tells which one it is", async () => {
    const { accessToken, apiUrl, scopes, expiresInSeconds } = await signIn();
    expect([apiUrl, expiresInSeconds]).toEqual([org.url, null]);
    expect(scopes).toEqual(expect.arrayContaining(["api", "refresh_token", "openid"]));
    expect(await org.adapter.account({ accessToken, apiUrl })).toMatchObject({
      outcome: "done",
      account: {
        account: org.identity.my_domain,
        uiDomain: `${org.identity.my_domain}.lightning.force.com`,
        timeZone: "Europe/Berlin",
      },
    });
  });

  it("is refused with a code that is spent, made up, or asked for by somebody else", async () => {
    const codeVerifier = newCodeVerifier();
    const code = await approve(codeVerifier);
    for (const exchange of [
      { code, codeVerifier: newCodeVerifier() },
      { code: "made up", codeVerifier },
    ]) {
      const answer = await org.adapter.exchangeCode({ ...exchange, redirectUri, loginUrl: null });
      expect(answer).toMatchObject({ outcome: "refused", reason: "crm.oauth_failed" });
    }
  });
});

describe("a session", () => {
  it("that ended is told from everything else, and refreshed with the next token of the row", async () => {
    const tokens = await signIn();
    await post(`${org.url}/_sim/sessions/expire`, {});
    const session = { accessToken: tokens.accessToken, apiUrl: tokens.apiUrl };
    expect(await org.adapter.prepare(session)).toEqual({ outcome: "expired" });
    expect(await org.adapter.account(session)).toEqual({ outcome: "expired" });
    const refreshed = await org.adapter.refresh(grantOf(tokens));
    if (refreshed.outcome !== "done") throw new Error(refreshed.outcome);
    const { accessToken, refreshToken, apiUrl } = refreshed.tokens;
    expect(refreshToken).not.toBe(tokens.refreshToken);
    expect(await org.adapter.prepare({ accessToken, apiUrl })).toMatchObject({ outcome: "done" });
  });

  it("survives that a refresh token was used and its successor lost", async () => {
    const tokens = await signIn();
    expect(await org.adapter.refresh(grantOf(tokens))).toMatchObject({ outcome: "done" });
    const again = await org.adapter.refresh(grantOf(tokens));
    if (again.outcome !== "done") throw new Error(JSON.stringify(again));
    expect(again.tokens.refreshToken).toBeNull();
    const { accessToken, apiUrl } = again.tokens;
    expect(await org.adapter.prepare({ accessToken, apiUrl })).toMatchObject({ outcome: "done" });
  });

  it("is over when the org allows no other grant, and when it was given back", async () => {
    await org.behave({ allow_client_credentials: false });
    const tokens = await signIn();
    expect(await org.adapter.revoke(grantOf(tokens))).toEqual({ outcome: "done" });
    expect(await org.adapter.revoke(grantOf(tokens))).toEqual({ outcome: "done" });
    expect(await org.adapter.refresh(grantOf(tokens))).toMatchObject({
      outcome: "refused",
      reason: "crm.connection_ended",
    });
    const session = { accessToken: tokens.accessToken, apiUrl: tokens.apiUrl };
    expect(await org.adapter.prepare(session)).toEqual({ outcome: "expired" });
  });

  it("waits out an outage", async () => {
    const tokens = await signIn();
    await post(`${org.url}/_sim/outage`, { for_ms: 60_000 });
    expect(await org.adapter.refresh(grantOf(tokens))).toMatchObject({ outcome: "later" });
    expect(await org.adapter.prepare(org.session)).toMatchObject({ outcome: "later" });
  });
});

describe("limits", () => {
  it.each(["usage", "bursts", "per_app"])("are told after each answer, however they are written: %s", async (form) => {
    await org.behave({ limit_info: form, daily_api_requests: 15_000 });
    const rates: RateState[] = [];
    const watched = { ...org.session, onRate: (rate: RateState) => void rates.push(rate) };
    await org.adapter.prepare(watched);
    expect(rates).toMatchObject([{ burst: null, day: { max: expect.any(Number), remaining: expect.any(Number) } }]);
  });

  it("of the day that are spent say how long to wait", async () => {
    await org.behave({ daily_api_requests: 10 });
    await post(`${org.url}/_sim/usage`, { used: 10 });
    const refused = await org.adapter.prepare(org.session);
    expect(refused).toEqual({ outcome: "later", retryAfterMs: 3_600_000, reason: "rate_limited" });
  });
});

describe("an org", () => {
  const contact = () => org.ref("contact", org.identity.demo_contact_id);

  it("without Person Accounts, data protection and our package is read and written all the same", async () => {
    await org.behave({ person_accounts: false, data_protection: false, package_installed: false });
    expect(await org.adapter.prepare(org.session)).toEqual({ outcome: "done", logKeyKind: "read_back" });
    for (const ref of [contact(), org.ref("company", org.identity.demo_account_id)]) {
      const described = await org.adapter.describeFields(org.session, ref.type);
      const fields = described.outcome === "done" ? described.fields : [];
      expect(fields.filter(({ name }) => /Individual|^Person/u.test(name))).toEqual([]);
      expect(await org.adapter.readRecord(org.session, ref, fields)).toMatchObject({ outcome: "done" });
    }
    const { account } = contact();
    const begun = await org.adapter.changesSince(org.session, { account, cursor: null });
    if (begun.outcome !== "done") throw new Error(begun.outcome);
    expect(await org.adapter.changesSince(org.session, { account, cursor: begun.cursor })).toMatchObject({
      outcome: "done",
    });
    expect(await org.adapter.findByPhone(org.session, account, "+5511912345678")).toMatchObject({ outcome: "done" });
    const looked = { logKey: "k1_x", records: [contact()], startedAt: "2026-11-22T09:15:00.000Z" };
    expect(await org.adapter.findLog(org.session, looked)).toEqual({ outcome: "done", externalIds: [] });
  });

  it("whose API is switched off says so", async () => {
    await org.behave({ api_enabled: false });
    expect(await org.adapter.readRecord(org.session, contact(), [])).toMatchObject({
      outcome: "refused",
      reason: "crm.permission_missing",
    });
  });
});
