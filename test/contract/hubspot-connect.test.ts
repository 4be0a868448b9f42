import type { CrmTokens } from "@aparte/crm/adapter.ts";
import { codeChallengeOf, newCodeVerifier } from "@aparte/crm/pkce.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { post } from "../support/world.ts";
import { startHubspotPortal, type HubspotPortal } from "./hubspot-portal.ts";
import { codeForm, refreshForm, tokenAnswer } from "./hubspot-schemas.ts";
import type { Exchange } from "./recorder.ts";

const redirectUri = "http://localhost:4100/oauth/hubspot/callback";

let portal: HubspotPortal;
beforeAll(async () => {
  portal = await startHubspotPortal();
});
beforeEach(() => portal.reset());
afterAll(() => portal?.close());

const formOf = ({ body }: Exchange) => Object.fromEntries(new URLSearchParams(String(body)));

describe("signing in", () => {
  /** An admin of the portal says yes on the page that our address leads to. */
  async function approve(codeChallenge: string): Promise<string> {
    const asked = portal.adapter.authorizeUrl({ redirectUri, state: "a state", codeChallenge, loginUrl: null });
    if (asked.outcome !== "done") throw new Error(asked.outcome);
    const url = new URL(asked.url);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: portal.identity.client_id,
      redirect_uri: redirectUri,
      scope: portal.adapter.permissions.map(({ scope }) => scope).join(" "),
      state: "a state",
      code_challenge: codeChallenge,
      code_challenge_method: "S256",
    });
    const answer = await fetch(`${portal.url}${url.pathname}`, {
      method: "POST",
      body: new URLSearchParams([...url.searchParams, ["decision", "approve"]]),
      redirect: "manual",
    });
    const back = new URL(answer.headers.get("location") ?? "about:blank");
    expect(back.searchParams.get("state")).toBe("a state");
    return back.searchParams.get("code") ?? "";
  }

  async function signIn(): Promise<CrmTokens & { refreshToken: string }> {
    const codeVerifier = newCodeVerifier();
    const code = await approve(codeChallengeOf(codeVerifier));
    portal.take();
    const answer = await portal.adapter.exchangeCode({ code, redirectUri, codeVerifier, loginUrl: null });
    if (answer.outcome !== "done" || answer.tokens.refreshToken === null) throw new Error(answer.outcome);
    return { ...answer.tokens, refreshToken: answer.tokens.refreshToken };
  }

  it("exchanges a code by form, with the secret in the body and the proof of who asked", async () => {
    const tokens = await signIn();
    const exchange = portal.only();
    expect([exchange.method, exchange.path, exchange.query]).toEqual(["POST", "/oauth/2026-09/token", {}]);
    expect(exchange.headers["content-type"]).toMatch(/^application\/x-www-form-urlencoded/);
    codeForm.parse(formOf(exchange));
    tokenAnswer.parse(exchange.answer);
    expect(tokens).toMatchObject({ apiUrl: null, expiresInSeconds: 1800 });
  });

  it("refreshes, learns which account it is, and gives the right back", async () => {
    const grant = { refreshToken: (await signIn()).refreshToken, apiUrl: null };
    portal.take();
    const refreshed = await portal.adapter.refresh(grant);
    refreshForm.parse(formOf(portal.only()));
    if (refreshed.outcome !== "done") throw new Error(refreshed.outcome);
    expect(await portal.adapter.account({ accessToken: refreshed.tokens.accessToken, apiUrl: null })).toMatchObject({
      outcome: "done",
      account: { account: String(portal.identity.portal_id), uiDomain: "app.hubspot.com" },
    });
    const [details] = portal.take();
    expect(details?.path).toBe("/account-info/2026-03/details");
    expect(details?.headers.authorization).toBe(`Bearer ${refreshed.tokens.accessToken}`);
    expect(await portal.adapter.revoke(grant)).toEqual({ outcome: "done" });
    expect(await portal.adapter.refresh(grant)).toMatchObject({ outcome: "refused", reason: "crm.connection_ended" });
  });

  it("refuses a code that is spent, made up, or asked for by somebody else", async () => {
    const codeVerifier = newCodeVerifier();
    const code = await approve(codeChallengeOf(codeVerifier));
    for (const exchange of [
      { code, redirectUri, codeVerifier: newCodeVerifier(), loginUrl: null },
      { code: "made up", redirectUri, codeVerifier, loginUrl: null },
    ]) {
      expect(await portal.adapter.exchangeCode(exchange)).toMatchObject({
        outcome: "refused",
        reason: "crm.oauth_failed",
      });
    }
  });

  it("tells a token that has expired from one that was taken away", async () => {
    const { accessToken, refreshToken } = await signIn();
    const session = { accessToken, apiUrl: null };
    await post(`${portal.url}/_sim/clock`, { advance_ms: 1_801_000 });
    expect(await portal.adapter.account(session)).toEqual({ outcome: "expired" });
    const refreshed = await portal.adapter.refresh({ refreshToken, apiUrl: null });
    if (refreshed.outcome !== "done") throw new Error(refreshed.outcome);
    const fresh = { accessToken: refreshed.tokens.accessToken, apiUrl: null };
    await portal.adapter.revoke({ refreshToken, apiUrl: null });
    expect(await portal.adapter.account(fresh)).toMatchObject({ outcome: "refused", reason: "crm.connection_ended" });
  });
});

describe("limits", () => {
  it("are told after each answer, and a spent one says how long to wait", async () => {
    await post(`${portal.url}/_sim/behaviour`, { private_app_burst: 2 });
    const rates: unknown[] = [];
    const watched = { ...portal.session, onRate: (rate: unknown) => void rates.push(rate) };
    const ref = portal.ref("contact", "101005");
    await portal.adapter.readRecord(watched, ref, []);
    await portal.adapter.readRecord(watched, ref, []);
    expect(rates).toMatchObject([{ burst: { max: 2, remaining: 1 } }, { burst: { max: 2, remaining: 0 } }]);
    const refused = await portal.adapter.readRecord(watched, ref, []);
    expect(refused).toMatchObject({ outcome: "later", retryAfterMs: 10_000 });
    const { status, answer, answerHeaders } = portal.take().at(-1) ?? portal.only();
    expect([status, answerHeaders.get("retry-after")]).toEqual([429, null]);
    expect(answer).toMatchObject({ errorType: "RATE_LIMIT", policyName: "TEN_SECONDLY_ROLLING" });
  });
});
