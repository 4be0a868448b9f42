import { exchangeCode } from "@aparte/whatsapp/account-calls.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { page, success } from "./meta-schemas.ts";
import { openWire, type Wire } from "./meta-wire.ts";

let wire: Wire;
beforeAll(async () => {
  wire = await openWire();
});
beforeEach(() => void wire.recorder.take());
afterAll(() => wire?.close());

const number = () => wire.simulator.identity.phone_number_id;
const account = () => wire.simulator.identity.waba_id;
const done = { ok: true, value: null };

describe("a number", () => {
  it("tells everything that was asked for", async () => {
    expect(await wire.client.numberFacts(number())).toMatchObject({
      ok: true,
      value: {
        phoneNumberId: number(),
        status: "CONNECTED",
        nameStatus: "APPROVED",
        qualityRating: "GREEN",
        throughput: "STANDARD",
        messagingLimit: expect.stringMatching(/^TIER_/),
        pinEnabled: true,
        platform: "CLOUD_API",
        health: { canSend: "AVAILABLE", parts: expect.arrayContaining([expect.objectContaining({ id: number() })]) },
      },
    });
  });

  it("is registered with its PIN, not with another, and gets a new one", async () => {
    const pin = wire.simulator.identity.phone_numbers[0]?.pin ?? "";
    expect(await wire.client.register(number(), "000001", null)).toMatchObject({ ok: false, error: { code: 133005 } });
    wire.recorder.take();
    expect(await wire.client.register(number(), pin, null)).toEqual(done);
    success.parse(wire.only().answer);
    expect(await wire.client.setPin(number(), "271828")).toEqual(done);
    expect(await wire.client.register(number(), pin, null)).toMatchObject({ ok: false });
    expect(await wire.client.register(number(), "271828", null)).toEqual(done);
  });

  it("is deregistered, and registered again in a region", async () => {
    expect(await wire.client.deregister(number())).toEqual(done);
    expect(await wire.client.numberFacts(number())).toMatchObject({ ok: true, value: { platform: "NOT_APPLICABLE" } });
    expect(await wire.client.register(number(), "271828", "BR")).toEqual(done);
  });

  it("answers to the code that was sent to it, once", async () => {
    expect(await wire.client.requestCode(number(), "SMS", "fr")).toEqual(done);
    const ledger = (await (await fetch(`${wire.simulator.url}/_sim/ledger`)).json()) as readonly { code?: string }[];
    const code = ledger.findLast((line) => line.code !== undefined)?.code ?? "";
    expect(await wire.client.verifyCode(number(), "000000")).toMatchObject({ ok: false, error: { code: 136025 } });
    expect(await wire.client.verifyCode(number(), code)).toEqual(done);
    expect(await wire.client.verifyCode(number(), code)).toMatchObject({ ok: false });
    expect(await wire.client.numberFacts(number())).toMatchObject({ value: { codeVerification: "VERIFIED" } });
  });

  it("keeps its settings", async () => {
    expect(await wire.client.setNumberSettings(number(), { identityCheck: true })).toEqual(done);
    expect(await wire.client.numberSettings(number())).toEqual({ ok: true, value: { identityCheck: true } });
  });

  it("sends its webhooks where it is told to", async () => {
    const { verify_token: verifyToken } = wire.simulator.identity;
    expect(await wire.client.setNumberCallback(number(), { callbackUrl: wire.receiverUrl, verifyToken })).toEqual(done);
    expect(await wire.client.numberFacts(number())).toMatchObject({
      value: { callbacks: { number: wire.receiverUrl } },
    });
    expect(await wire.client.setNumberCallback(number(), null)).toEqual(done);
    expect(await wire.client.numberFacts(number())).toMatchObject({ value: { callbacks: { number: null } } });
  });

  it("asks for another name", async () => {
    expect(await wire.client.requestDisplayName(number(), "Maison Lumen Paris")).toEqual(done);
    expect(await wire.client.numberFacts(number())).toMatchObject({ value: { newName: "Maison Lumen Paris" } });
  });
});

describe("how a number presents itself", () => {
  it("changes in part", async () => {
    const change = {
      about: "Des lampes, à l'ancienne ✨",
      websites: ["https://example.com"],
      vertical: "RETAIL",
    } as const;
    expect(await wire.client.changeProfile(number(), change)).toEqual(done);
    expect(await wire.client.changeProfile(number(), { email: "hello@example.com" })).toEqual(done);
    expect(await wire.client.profile(number())).toMatchObject({
      ok: true,
      value: { ...change, email: "hello@example.com" },
    });
    expect(await wire.client.changeProfile(number(), { about: "x".repeat(140) })).toMatchObject({ ok: false });
  });

  it("offers prompts and commands", async () => {
    const starters = { prompts: ["Book a visit"], commands: [{ name: "hours", description: "When we are open" }] };
    expect(await wire.client.setConversationStarters(number(), starters)).toEqual(done);
    expect(await wire.client.conversationStarters(number())).toEqual({ ok: true, value: starters });
  });

  it("shows its catalogue or not", async () => {
    const settings = { catalogVisible: true, cartEnabled: false };
    expect(await wire.client.setCommerceSettings(number(), settings)).toEqual(done);
    expect(await wire.client.commerceSettings(number())).toEqual({ ok: true, value: { settings } });
  });

  it("has QR codes that can be made, changed, listed and deleted", async () => {
    const made = await wire.client.createQrCode(number(), "Olá!", "SVG");
    if (!made.ok) throw new Error("no code was made");
    const { code, link } = made.value;
    expect(link).toBe(`https://wa.me/message/${code}`);
    expect(await wire.client.changeQrCode(number(), code, "Bonjour !")).toMatchObject({
      value: { code, message: "Bonjour !" },
    });
    wire.recorder.take();
    expect(await wire.client.qrCodes(number())).toMatchObject({
      value: expect.arrayContaining([expect.objectContaining({ code, message: "Bonjour !" })]),
    });
    page.parse(wire.only().answer);
    expect(await wire.client.deleteQrCode(number(), code)).toEqual(done);
    expect(await wire.client.qrCodes(number())).toMatchObject({ value: [] });
  });
});

describe("the block list", () => {
  it("takes who wrote lately, tells of the others, and frees", async () => {
    const from = "5511912345678";
    await wire.steer("inbound", { phone_number_id: number(), from, text: { body: "oi" } });
    const people = [{ to: `+${from}` }, { to: "+5511900000099" }];
    expect(await wire.client.block(number(), people)).toMatchObject({
      ok: true,
      value: { done: [`+${from}`], failed: [{ input: "+5511900000099", code: expect.any(Number) }] },
    });
    expect(await wire.client.blocked(number())).toMatchObject({ ok: true, value: [{ waId: from }] });
    expect(await wire.client.unblock(number(), [{ to: `+${from}` }])).toEqual({
      ok: true,
      value: { done: [`+${from}`], failed: [] },
    });
    expect(await wire.client.blocked(number())).toEqual({ ok: true, value: [] });
  });
});

describe("messages that came in", () => {
  it("are marked as read, with an answer to come", async () => {
    const heard = (await wire.steer("inbound", {
      phone_number_id: number(),
      from: "5511912345678",
      text: { body: "oi" },
    })) as { readonly id: string };
    expect(await wire.client.markRead(number(), heard.id)).toEqual(done);
    expect(await wire.client.showTyping(number(), heard.id)).toEqual(done);
    expect(await wire.client.markRead(number(), "wamid.nobody")).toMatchObject({ ok: false });
  });
});

describe("an account", () => {
  it("tells everything that was asked for", async () => {
    expect(await wire.client.account(account())).toMatchObject({
      ok: true,
      value: {
        wabaId: account(),
        reviewStatus: "APPROVED",
        fundingId: expect.stringMatching(/^\d+$/),
        health: { canSend: "AVAILABLE" },
      },
    });
  });

  it("names the apps that hear of it, until one leaves", async () => {
    const { verify_token: verifyToken, app_id: appId } = wire.simulator.identity;
    const callbackUrl = wire.receiverUrl;
    await wire.client.subscribeApp(account(), { callbackUrl, verifyToken });
    expect(await wire.client.subscribedApps(account())).toMatchObject({
      value: expect.arrayContaining([expect.objectContaining({ appId, callbackUrl })]),
    });
    expect(await wire.client.unsubscribeApp(account())).toEqual(done);
    const left = await wire.client.subscribedApps(account());
    expect(left.ok && left.value.some((app) => app.appId === appId)).toBe(false);
  });

  it("is opened by the code of a sign-up, once", async () => {
    const { app_id: appId, app_secret: appSecret } = wire.simulator.identity;
    const { code } = (await wire.steer("signups", { waba_id: account() })) as { readonly code: string };
    const settings = { baseUrl: wire.recorder.url, version: "v26.0" };
    const exchanged = await exchangeCode(settings, { appId, appSecret }, code);
    if (!exchanged.ok) throw new Error("the code was not taken");
    expect(await wire.clientWith(exchanged.value).account(account())).toMatchObject({ ok: true });
    expect(await exchangeCode(settings, { appId, appSecret }, code)).toMatchObject({ ok: false, error: { code: 100 } });
  });

  it("is opened by a token whose facts can be asked for", async () => {
    const { app_id: appId, app_secret: appSecret } = wire.simulator.identity;
    expect(await wire.client.debugToken({ appId, appSecret })).toMatchObject({
      ok: true,
      value: { valid: true, appId, wabaIds: [account()] },
    });
  });
});
