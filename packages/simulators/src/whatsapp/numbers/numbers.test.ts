import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { SAMPLES } from "../media/samples.ts";
import { CUSTOMER, errorOf, openSimulator } from "../testing/open-simulator.ts";
import type { OpenSimulator } from "../testing/open-simulator.ts";
import { openReceiver } from "../testing/webhook-receiver.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const STRANGER = "33639980043";

let sim: OpenSimulator;
let number: string;
beforeAll(async () => {
  sim = await openSimulator({ reviewMs: MINUTE_MS });
  number = `/v26.0/${sim.identity.phone_number_id}`;
});
afterAll(() => sim.close());
beforeEach(() => sim.post("/_sim/reset"));

const whatsapp = { messaging_product: "whatsapp" };
const lastCode = async () => String((await sim.ledger("code_sent")).at(-1)?.code);

describe("a new number", () => {
  const add = (changes = {}) =>
    sim.post(`/v26.0/${sim.identity.waba_id}/phone_numbers`, {
      cc: "33",
      phone_number: "199004277",
      verified_name: "Lumen Outlet",
      ...changes,
    });

  it("is added, verified by a code, registered with a PIN of its own, and can then send", async () => {
    const added = await add();
    const { id } = added.body;
    const path = `/v26.0/${String(id)}`;
    const register = (pin: string) => sim.post(`${path}/register`, { ...whatsapp, pin });
    expect((await sim.get(`${path}?fields=display_phone_number,code_verification_status,status`)).body).toEqual({
      id,
      display_phone_number: "+33 1 99 00 42 77",
      code_verification_status: "NOT_VERIFIED",
      status: "PENDING",
    });
    expect(errorOf(await register("123456")).code).toBe(133006);
    await sim.post(`${path}/request_code`, { code_method: "SMS", language: "fr" });
    expect(errorOf(await sim.post(`${path}/verify_code`, { code: "000000" }))).toMatchObject({ code: 136025 });
    expect((await sim.post(`${path}/verify_code`, { code: await lastCode() })).body).toEqual({ success: true, id });
    expect((await register("123456")).body).toEqual({ success: true });
    const text = { ...whatsapp, to: `+${CUSTOMER}`, type: "text", text: { body: "Hello" } };
    expect((await sim.post(`${path}/messages`, text)).status).toBe(200);
    await sim.post(`${path}/deregister`);
    expect(errorOf(await sim.post(`${path}/messages`, text)).code).toBe(133010);
    expect(errorOf(await register("654321")).code).toBe(133005);
  });

  it("is refused twice, without a name, and when it is no number", async () => {
    expect((await add()).status).toBe(200);
    expect(errorOf(await add())).toMatchObject({ code: 100, subcode: 2388012 });
    expect(errorOf(await add({ phone_number: "12" }))).toMatchObject({ code: 100 });
    expect(errorOf(await add({ verified_name: undefined }))).toMatchObject({ code: 100 });
  });

  it("can be taken away again while it is not connected", async () => {
    const { id } = (await add()).body;
    expect(errorOf(await sim.del(number))).toMatchObject({ status: 400, code: 100 });
    expect((await sim.del(`/v26.0/${String(id)}`)).body).toEqual({ success: true });
    expect(errorOf(await sim.get(`/v26.0/${String(id)}`))).toMatchObject({ code: 100, subcode: 33 });
  });

  it("gets three codes in ten minutes, each good for ten", async () => {
    const ask = () => sim.post(`${number}/request_code`, { code_method: "VOICE", language: "en_US" });
    for (let count = 0; count < 3; count += 1) expect((await ask()).body).toEqual({ success: true });
    expect(errorOf(await ask()).code).toBe(136024);
    const code = await lastCode();
    await sim.advance(10 * MINUTE_MS);
    expect(errorOf(await sim.post(`${number}/verify_code`, { code })).code).toBe(136025);
    expect((await ask()).status).toBe(200);
  });

  it("can be registered and deregistered ten times in 72 hours", async () => {
    const { phone_numbers } = sim.identity;
    const register = () => sim.post(`${number}/register`, { ...whatsapp, pin: phone_numbers[0]?.pin });
    for (let count = 0; count < 10; count += 1) expect((await register()).status).toBe(200);
    expect(errorOf(await sim.post(`${number}/deregister`)).code).toBe(133016);
    await sim.advance(72 * HOUR_MS);
    expect((await register()).status).toBe(200);
  });
});

describe("what a business sets up", () => {
  it("is a callback for one number, before the account's, once it answers the challenge", async () => {
    const own = await openReceiver("own");
    const wide = await openReceiver("wide");
    const configure = (override_callback_uri: string, verify_token: string) =>
      sim.post(number, { webhook_configuration: { override_callback_uri, verify_token } });
    await sim.post(`/v26.0/${sim.identity.waba_id}/subscribed_apps`, {
      override_callback_uri: wide.url,
      verify_token: "wide",
    });
    expect(errorOf(await configure(own.url, "wrong")).code).toBe(2200);
    expect((await configure(own.url, "own")).body).toEqual({ success: true });
    expect((await sim.get(`${number}?fields=webhook_configuration`)).body.webhook_configuration).toEqual({
      phone_number: own.url,
      whatsapp_business_account: wide.url,
    });
    await sim.hear("Hello");
    await own.until(1);
    expect([own.received.length, wide.received.length]).toEqual([1, 0]);
    await configure("", "own");
    await sim.hear("Hello again");
    await wide.until(1);
    expect([own.received.length, wide.received.length]).toEqual([1, 1]);
    await own.close();
    await wide.close();
  });

  it("is a display name, which is reviewed", async () => {
    const name = async () => (await sim.get(`${number}?fields=verified_name,new_display_name,new_name_status`)).body;
    await sim.post(number, { new_display_name: "Lumen & Co" });
    expect(await name()).toMatchObject({ verified_name: "Maison Lumen", new_name_status: "PENDING_REVIEW" });
    await sim.advance(MINUTE_MS);
    expect(await name()).toMatchObject({ verified_name: "Lumen & Co", new_name_status: "NONE" });
    await sim.post(number, { new_display_name: "BUY" });
    await sim.advance(MINUTE_MS);
    expect(await name()).toMatchObject({ verified_name: "Lumen & Co", new_name_status: "DECLINED" });
  });

  it("is a profile with a picture, which anyone can load", async () => {
    const { app_id, access_token } = sim.identity;
    const { bytes } = SAMPLES.image;
    const { id } = (await sim.post(`/v26.0/${app_id}/uploads?file_length=${bytes.length}&file_type=image/jpeg`)).body;
    const uploaded = await fetch(`${sim.url}/v26.0/${String(id)}`, {
      method: "POST",
      headers: { authorization: `OAuth ${access_token}`, file_offset: "0" },
      body: new Uint8Array(bytes),
    });
    const { h } = (await uploaded.json()) as { h: string };
    const path = `${number}/whatsapp_business_profile`;
    expect(errorOf(await sim.post(path, { ...whatsapp, profile_picture_handle: "4::x" })).code).toBe(100);
    await sim.post(path, { ...whatsapp, profile_picture_handle: h, email: "a@lumen.example" });
    const { data } = (await sim.get(`${path}?fields=id,email,profile_picture_url`)).body;
    const [profile] = data as Record<string, string>[];
    expect(await (await fetch(profile?.profile_picture_url ?? "")).arrayBuffer()).toHaveProperty(
      "byteLength",
      bytes.length,
    );
    expect((await sim.get(`/v26.0/${profile?.id}?fields=email`)).body).toMatchObject({ email: "a@lumen.example" });
  });

  it("is QR codes, whose pictures are drawn", async () => {
    const path = `${number}/message_qrdls`;
    const made = await sim.post(path, { prefilled_message: "I have a question", generate_qr_image: "PNG" });
    const { code, qr_image_url } = made.body;
    expect(made.body).toMatchObject({
      code: expect.stringMatching(/^[A-Z2-7]{14}$/u),
      deep_link_url: `https://wa.me/message/${String(code)}`,
    });
    const png = await fetch(String(qr_image_url));
    expect([png.headers.get("content-type"), (await png.text()).slice(1, 4)]).toEqual(["image/png", "PNG"]);
    await sim.post(path, { code, prefilled_message: "Another question" });
    const listed = (await sim.get(`${path}?fields=code,prefilled_message,qr_image_url.format(SVG)`)).body.data;
    const [svg] = listed as Record<string, string>[];
    expect(svg?.prefilled_message).toBe("Another question");
    expect(await (await fetch(svg?.qr_image_url ?? "")).text()).toMatch(/^<svg/u);
    expect((await sim.get(`${path}/${String(code)}`)).body.data).toHaveLength(1);
    expect((await sim.del(`${path}/${String(code)}`)).body).toEqual({ success: true });
    expect(errorOf(await sim.get(`${path}/${String(code)}`))).toMatchObject({ code: 100, subcode: 33 });
    expect(errorOf(await sim.post(path, { prefilled_message: "x".repeat(141) })).code).toBe(100);
  });

  it.each<[string, string, unknown, number]>([
    ["five prompts", "conversational_automation", { prompts: ["a", "b", "c", "d", "e"] }, 100],
    ["a prompt too long", "conversational_automation", { prompts: ["x".repeat(81)] }, 100],
    [
      "31 commands",
      "conversational_automation",
      { commands: Array.from({ length: 31 }, (_, n) => ({ command_name: `c${n}`, command_description: "a" })) },
      100,
    ],
    ["a username like a site", "username", { username: "lumen.com" }, 147_001],
    ["a username too short", "username", { username: "lu" }, 147_001],
    ["a key that is none", "whatsapp_business_encryption", { business_public_key: "key" }, 100],
    ["settings of no kind", "settings", { teleport: true }, 100],
    ["encryption without a key", "settings", { payload_encryption: { status: "enabled" } }, 100],
    ["no settings of the shop", "whatsapp_commerce_settings", {}, 100],
    ["an application without data", "official_business_account", { action: "SUBMIT_APPLICATION" }, 100],
    ["a PIN of five digits", "register", { messaging_product: "whatsapp", pin: "12345" }, 100],
  ])("is not %s", async (_what, edge, body, code) => {
    expect(errorOf(await sim.post(`${number}/${edge}`, body))).toMatchObject({ status: 400, code });
  });

  it("is refused as a whole when nothing is said", async () => {
    expect(errorOf(await sim.post(number, {}))).toMatchObject({ status: 400, code: 100 });
  });
});

describe("people whom a business blocks", () => {
  const block = (...users: object[]) => sim.post(`${number}/block_users`, { ...whatsapp, block_users: users });
  const blocked = async () => (await sim.get(`${number}/block_users`)).body.data;

  it("have written in the last 24 hours, and get nothing any more", async () => {
    const { user_id } = (await sim.hear("Hi")).body;
    expect((await block({ user: `+${CUSTOMER}` })).body).toEqual({
      messaging_product: "whatsapp",
      block_users: { added_users: [{ input: `+${CUSTOMER}`, wa_id: CUSTOMER }] },
    });
    expect(await blocked()).toEqual([{ messaging_product: "whatsapp", wa_id: CUSTOMER, user_id }]);
    await sim.send({ type: "text", text: { body: "Hello" } });
    await sim.advance(5 * MINUTE_MS);
    expect(await sim.ledger()).toMatchObject([{ status: "failed", failure: { code: 130_403 } }]);
    const lifted = await fetch(`${sim.url}${number}/block_users`, {
      method: "DELETE",
      headers: { authorization: `Bearer ${sim.identity.access_token}`, "content-type": "application/json" },
      body: JSON.stringify({ ...whatsapp, block_users: [{ user_id }] }),
    });
    expect(await lifted.json()).toMatchObject({ block_users: { removed_users: [{ wa_id: CUSTOMER, user_id }] } });
    expect(await blocked()).toEqual([]);
  });

  it("are named one by one where some cannot be blocked", async () => {
    await sim.hear("Hi");
    const answer = await block({ user: `+${CUSTOMER}` }, { user: `+${STRANGER}` });
    expect(errorOf(answer)).toMatchObject({ status: 400, code: 139_100 });
    expect(answer.body.block_users).toMatchObject({
      added_users: [{ wa_id: CUSTOMER }],
      failed_users: [{ wa_id: STRANGER, errors: [{ code: 139_100, error_data: { details: expect.any(String) } }] }],
    });
    await sim.advance(25 * HOUR_MS);
    expect(errorOf(await block({ user: `+${CUSTOMER}` })).code).toBe(139_100);
    expect(errorOf(await block({}))).toMatchObject({ code: 100 });
  });
});
