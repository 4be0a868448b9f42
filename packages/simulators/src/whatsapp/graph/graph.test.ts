import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CUSTOMER, errorOf, openSimulator } from "../testing/open-simulator.ts";
import type { OpenSimulator } from "../testing/open-simulator.ts";
import { appSecretProof } from "../webhooks/signature.ts";

let sim: OpenSimulator;
beforeAll(async () => {
  sim = await openSimulator();
});
afterAll(() => sim.close());

const text = { messaging_product: "whatsapp", to: `+${CUSTOMER}`, type: "text", text: { body: "Hello" } };
const number = () => `/v26.0/${sim.identity.phone_number_id}`;
const account = () => `/v26.0/${sim.identity.waba_id}`;

describe("versions and headers", () => {
  it.each([
    ["/v26.0", "v26.0"],
    ["/v23.0", "v23.0"],
    ["/v18.0", "v21.0"],
    ["", "v21.0"],
  ])("answers %s with version %s", async (prefix, version) => {
    const { headers, status } = await sim.get(`${prefix}/${sim.identity.waba_id}`);
    expect([status, headers.get("facebook-api-version")]).toEqual([200, version]);
    expect(headers.get("cache-control")).toBe("private, no-cache, no-store, must-revalidate");
    expect(headers.get("x-fb-trace-id")).toMatch(/^A/u);
    expect(headers.get("x-fb-request-id")).toBeTruthy();
    expect(JSON.parse(headers.get("x-business-use-case-usage") ?? "{}")).toMatchObject({
      [sim.identity.waba_id]: [{ type: "whatsapp", call_count: 1 }],
    });
  });

  it.each(["/v27.0", "/v26.1", "/v1.0"])("knows no version %s", async (prefix) => {
    const answer = await sim.get(`${prefix}/${sim.identity.waba_id}`);
    expect(errorOf(answer)).toMatchObject({
      status: 400,
      code: 2500,
      message: expect.stringContaining("Unknown path"),
    });
    expect(answer.headers.get("www-authenticate")).toContain('OAuth "Facebook Platform" "invalid_request"');
    expect(answer.body.error).toMatchObject({ fbtrace_id: expect.stringMatching(/^A.{20,}/u) });
  });
});

describe("who calls", () => {
  it("must bring a token, in the header or in the query", async () => {
    expect(errorOf(await sim.get(account(), null))).toMatchObject({ status: 400, code: 104 });
    expect(errorOf(await sim.get("/v26.0/me", null))).toMatchObject({ status: 400, code: 2500 });
    expect((await sim.get(`${account()}?access_token=${sim.identity.access_token}`, null)).status).toBe(200);
    expect(errorOf(await sim.get(account(), "EAAnonsense"))).toMatchObject({ status: 401, code: 190 });
    expect(errorOf(await sim.get(account(), sim.identity.expired_access_token))).toMatchObject({
      status: 401,
      code: 190,
      subcode: 463,
      message: expect.stringContaining("Session has expired on"),
    });
  });

  it("needs the permission for what it does", async () => {
    const { management_access_token, messaging_access_token } = sim.identity;
    const send = await sim.post(`${number()}/messages`, text, management_access_token);
    expect(errorOf(send)).toMatchObject({ status: 403, code: 10 });
    expect((await sim.post(`${number()}/messages`, text, messaging_access_token)).status).toBe(200);
    expect(errorOf(await sim.get(account(), messaging_access_token))).toMatchObject({ status: 403, code: 200 });
  });

  it("does not see what belongs to another business", async () => {
    const [, other] = sim.identity.accounts;
    const foreign = { status: 400, code: 100, subcode: 33 };
    expect(errorOf(await sim.post(`${number()}/messages`, text, other?.access_token))).toMatchObject(foreign);
    expect(errorOf(await sim.get(account(), other?.access_token))).toMatchObject(foreign);
    expect(errorOf(await sim.get("/v26.0/999999999999999"))).toMatchObject(foreign);
    const own = (await sim.get(`${account()}/message_templates?limit=1`)).body.data as { id: string }[];
    expect(errorOf(await sim.get(`/v26.0/${own[0]?.id}`, other?.access_token))).toMatchObject(foreign);
    expect((await sim.get(`/v26.0/${other?.waba_id}`, other?.access_token)).status).toBe(200);
  });

  it("may prove that it knows the app secret, and must where the app asks for it", async () => {
    const { app_secret, access_token, waba_id } = sim.identity;
    const proof = appSecretProof(app_secret, access_token);
    expect((await sim.get(`${account()}?appsecret_proof=${proof}`)).status).toBe(200);
    expect(errorOf(await sim.get(`${account()}?appsecret_proof=${"0".repeat(64)}`))).toMatchObject({
      status: 400,
      code: 100,
      message: expect.stringContaining("Invalid appsecret_proof"),
    });
    await sim.post(`/_sim/accounts/${waba_id}`, { requires_app_secret_proof: true });
    expect(errorOf(await sim.get(account()))).toMatchObject({
      message: expect.stringContaining("require an appsecret_proof"),
    });
    expect((await sim.get(`${account()}?appsecret_proof=${proof}`)).status).toBe(200);
    await sim.post(`/_sim/accounts/${waba_id}`, { requires_app_secret_proof: false });
  });

  it("can ask what a token opens", async () => {
    const { access_token, app_id, app_secret, waba_id } = sim.identity;
    expect((await sim.get("/v26.0/me")).body).toMatchObject({ id: expect.any(String), name: expect.any(String) });
    const about = (token: string) => sim.get(`/v26.0/debug_token?input_token=${token}`, `${app_id}|${app_secret}`);
    expect((await about(access_token)).body.data).toMatchObject({
      app_id,
      is_valid: true,
      expires_at: 0,
      granular_scopes: expect.arrayContaining([{ scope: "whatsapp_business_messaging", target_ids: [waba_id] }]),
    });
    expect((await about(sim.identity.expired_access_token)).body.data).toMatchObject({ is_valid: false });
    expect((await about("EAAnonsense")).body.data).toMatchObject({ is_valid: false });
  });
});

describe("nodes and edges", () => {
  it("shows the fields asked for, and refuses one that does not exist", async () => {
    const { waba_id, phone_number_id } = sim.identity;
    expect((await sim.get(`${account()}?fields=currency,primary_funding_id,health_status{errors}`)).body).toMatchObject(
      {
        id: waba_id,
        currency: "EUR",
        health_status: { can_send_message: "AVAILABLE" },
      },
    );
    expect((await sim.get(`${number()}?fields=display_phone_number,throughput`)).body).toEqual({
      id: phone_number_id,
      display_phone_number: "+33 1 99 00 42 10",
      throughput: { level: "STANDARD" },
    });
    expect(errorOf(await sim.get(`${number()}?fields=shoe_size`))).toMatchObject({
      status: 400,
      code: 100,
      message: "(#100) Tried accessing nonexisting field (shoe_size)",
    });
  });

  it("lists numbers in pages, and refuses a cursor it did not give", async () => {
    const list = `${account()}/phone_numbers?fields=status&limit=1`;
    type Page = { data: { id: string; status: string }[]; paging: { next?: string; cursors: { after: string } } };
    const first = (await sim.get(list)).body as Page;
    expect(first.data).toEqual([{ id: sim.identity.phone_number_id, status: "CONNECTED" }]);
    const second = (await sim.get((first.paging.next ?? "").replace(sim.url, ""))).body as Page;
    expect(second.data).toMatchObject([{ status: "PENDING" }]);
    expect(second.paging.next).toBeUndefined();
    expect(errorOf(await sim.get(`${list}&after=bm9uc2Vuc2U`))).toMatchObject({ status: 400, code: 131059 });
    expect(errorOf(await sim.get(`${account()}/phone_numbers?limit=0`))).toMatchObject({ status: 400, code: 100 });
  });

  it("keeps the business profile", async () => {
    const path = `${number()}/whatsapp_business_profile`;
    const profile = {
      messaging_product: "whatsapp",
      about: "Lamps ✨",
      vertical: "RETAIL",
      websites: ["https://a.example"],
    };
    expect((await sim.post(path, profile)).body).toEqual({ success: true });
    expect((await sim.get(`${path}?fields=about,vertical,websites`)).body).toEqual({ data: [profile] });
    expect(errorOf(await sim.post(path, { ...profile, vertical: "LAMPS" })).message).toContain(
      "vertical must be one of {",
    );
    expect(errorOf(await sim.post(path, { ...profile, about: "" }))).toMatchObject({ status: 400, code: 100 });
    expect(errorOf(await sim.post(path, { ...profile, websites: ["a.example"] }))).toMatchObject({ code: 100 });
    expect(await sim.ledger("profile_updated")).toHaveLength(1);
  });

  it("never pretends: what it does not know is refused", async () => {
    expect(errorOf(await sim.post(`${number()}/teleport`, {}))).toMatchObject({ status: 400, code: 2500 });
    expect(errorOf(await sim.del(`${number()}/messages`))).toMatchObject({ status: 400, code: 100, subcode: 33 });
    expect(errorOf(await sim.get("/v26.0/teapot"))).toMatchObject({ status: 400, code: 2500 });
    const broken = await fetch(`${sim.url}${number()}/messages`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${sim.identity.access_token}` },
      body: "{",
    });
    expect([broken.status, await broken.json()]).toMatchObject([400, { error: { code: 100 } }]);
  });

  it("refuses a method that Graph does not know, as Graph does", async () => {
    const headers = { authorization: `Bearer ${sim.identity.access_token}` };
    const answer = await fetch(`${sim.url}${number()}`, { method: "PUT", headers });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      error: { code: 100, error_subcode: 33, message: expect.stringContaining("Unsupported put request") },
    });
  });

  it("takes a null for what is not given", async () => {
    const contact = { name: { formatted_name: "Ana Sousa", first_name: "Ana", suffix: null }, birthday: null };
    expect((await sim.send({ type: "contacts", contacts: [contact], context: null })).status).toBe(200);
    expect(errorOf(await sim.send({ type: "text", text: null }))).toMatchObject({ code: 131008 });
  });

  it("takes form bodies as Graph does", async () => {
    const answer = await fetch(`${sim.url}${number()}/messages`, {
      method: "POST",
      headers: { authorization: `Bearer ${sim.identity.access_token}` },
      body: new URLSearchParams({ messaging_product: "whatsapp", status: "read", message_id: "wamid.unknown" }),
    });
    expect(await answer.json()).toMatchObject({ error: { code: 100 } });
  });
});
