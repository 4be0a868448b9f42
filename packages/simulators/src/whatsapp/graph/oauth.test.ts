import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { errorOf, openSimulator } from "../testing/open-simulator.ts";
import type { OpenSimulator } from "../testing/open-simulator.ts";

let sim: OpenSimulator;
beforeEach(async () => {
  sim = await openSimulator();
});
afterEach(() => sim.close());

const ask = (params: Record<string, string>, secret = sim.identity.app_secret) => {
  const query = new URLSearchParams({ client_id: sim.identity.app_id, client_secret: secret, ...params });
  return sim.get(`/v26.0/oauth/access_token?${query.toString()}`, null);
};
const signUp = async () => String((await sim.post("/_sim/signups", { waba_id: sim.identity.waba_id })).body.code);
const account = () => `/v26.0/${sim.identity.waba_id}`;

describe("a code of Embedded Signup", () => {
  it("gives a business token, once and within 30 seconds, to who knows the app's secret", async () => {
    const code = await signUp();
    expect(errorOf(await ask({ code }, "0".repeat(32)))).toMatchObject({ status: 400, code: 1 });
    const { body } = await ask({ code });
    expect(body).toEqual({ access_token: expect.stringMatching(/^EAA/u), token_type: "bearer" });
    expect((await sim.get(account(), String(body.access_token))).status).toBe(200);
    expect(errorOf(await ask({ code }))).toMatchObject({ code: 100, subcode: 36_009 });
    const late = await signUp();
    await sim.advance(30_000);
    expect(errorOf(await ask({ code: late }))).toMatchObject({ code: 100, subcode: 36_007 });
    expect(errorOf(await ask({ code: "AQmadeup" }))).toMatchObject({ code: 100, subcode: 36_008 });
    expect(errorOf(await ask({}))).toMatchObject({ code: 100 });
    expect(errorOf(await ask({ client_id: "1" }))).toMatchObject({ code: 101 });
  });
});

describe("a token", () => {
  it("is exchanged for one that lives 60 days, while both are good", async () => {
    const { access_token } = sim.identity;
    const { body } = await ask({ grant_type: "fb_exchange_token", fb_exchange_token: access_token });
    expect(body).toMatchObject({ expires_in: 60 * 86_400 });
    const renewed = String(body.access_token);
    expect([(await sim.get(account(), renewed)).status, (await sim.get(account())).status]).toEqual([200, 200]);
    await sim.advance(60 * 86_400_000);
    expect(errorOf(await sim.get(account(), renewed))).toMatchObject({ status: 401, code: 190, subcode: 463 });
    expect(errorOf(await ask({ grant_type: "fb_exchange_token", fb_exchange_token: renewed }))).toMatchObject({
      code: 190,
    });
  });

  it("of a system user can be made anew, and revoked", async () => {
    const { id } = (await sim.get("/v26.0/me")).body;
    const made = String((await sim.post(`/v26.0/${String(id)}/access_tokens`)).body.access_token);
    expect((await sim.get(account(), made)).status).toBe(200);
    const { app_id, app_secret } = sim.identity;
    const query = new URLSearchParams({ client_id: app_id, client_secret: app_secret, revoke_token: made });
    expect((await sim.get(`/v26.0/oauth/revoke?${query.toString()}`, null)).body).toEqual({ success: true });
    expect(errorOf(await sim.get(account(), made))).toMatchObject({ status: 401, code: 190 });
  });

  it("of the app is made of its id and its secret", async () => {
    const { app_id, app_secret } = sim.identity;
    const { body } = await ask({ grant_type: "client_credentials" });
    expect(body.access_token).toBe(`${app_id}|${app_secret}`);
    expect((await sim.get(`/v26.0/${app_id}`, String(body.access_token))).status).toBe(200);
  });
});
