import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SAMPLES } from "../media/samples.ts";
import { CUSTOMER, openSimulator } from "../testing/open-simulator.ts";
import type { OpenSimulator } from "../testing/open-simulator.ts";
import { openPhone } from "../testing/phone-stream.ts";
import type { PhoneStream } from "../testing/phone-stream.ts";
import type { Bubble } from "./bubble.ts";

let sim: OpenSimulator;
let phone: PhoneStream;
beforeEach(async () => {
  sim = await openSimulator({ reviewMs: 0, autoStatuses: { sent_ms: 0, delivered_ms: 0, read_ms: 60_000 } });
  phone = await openPhone(sim);
  await sim.hear("hi");
  await nextBubble();
});
afterEach(async () => {
  await phone.close();
  await sim.close();
});

const nextBubble = async () => (await phone.next("message")) as Bubble;
const write = async (message: Record<string, unknown> | undefined) => {
  const answer = await sim.post("/_sim/inbound", {
    phone_number_id: sim.identity.phone_number_id,
    from: CUSTOMER,
    ...message,
  });
  expect(answer.status).toBe(200);
  return { id: String(answer.body.id), bubble: await nextBubble() };
};
const send = async (message: Record<string, unknown>) => {
  const answer = await sim.send(message);
  expect(answer.body).not.toHaveProperty("error");
  return nextBubble();
};
const interactive = (type: string, action: object, rest: object = {}) => ({
  type: "interactive",
  interactive: { type, body: { text: "Choose" }, action, ...rest },
});

describe("what is done to a message shows on it", () => {
  it("reactions of both sides, the last of each, until taken away", async () => {
    const { id } = await write({ type: "text", text: { body: "mine" } });
    await write({ type: "reaction", reaction: { message_id: id, emoji: "👍" } });
    const react = (emoji: string) => send({ type: "reaction", reaction: { message_id: id, emoji } });
    expect((await react("🙏")).reactions).toEqual(["👍", "🙏"]);
    expect((await write({ type: "reaction", reaction: { message_id: id, emoji: "❤️" } })).bubble).toMatchObject({
      id,
      reactions: ["❤️", "🙏"],
    });
    expect((await write({ type: "reaction", reaction: { message_id: id } })).bubble.reactions).toEqual(["🙏"]);
  });

  it("an edit and a deletion", async () => {
    const { id } = await write({ type: "text", text: { body: "Wrng" } });
    const message = { type: "text", text: { body: "Wrong" } };
    const edited = await write({ type: "edit", edit: { original_message_id: id, message } });
    expect(edited.bubble).toMatchObject({ id, body: "Wrong", edited: true, deleted: false });
    const { bubble } = await write({ type: "revoke", revoke: { original_message_id: id } });
    expect(bubble).toMatchObject({ id, body: "", deleted: true });
  });

  it("an edited caption keeps its picture", async () => {
    const { id, bubble } = await write({ type: "image", image: { caption: "a" } });
    const message = { type: "image", image: { caption: "b" } };
    const edited = await write({ type: "edit", edit: { original_message_id: id, message } });
    expect(edited.bubble).toMatchObject({ body: "b", media: bubble.media });
  });

  it("a quote and a forward", async () => {
    const first = await write({ type: "text", text: { body: "first" } });
    const quoted = await send({ type: "text", text: { body: "yes" }, context: { message_id: first.id } });
    expect(quoted).toMatchObject({ body: "yes", quotes: first.id });
    const forward = await write({ type: "text", text: { body: "look" }, context: { forwarded: true } });
    expect(forward.bubble.forwarded).toBe(true);
  });
});

describe("a file shows itself", () => {
  const bytes = async ({ media }: Bubble) => {
    const answer = await fetch(`${sim.url}${media?.url}`);
    expect(answer.headers.get("content-security-policy")).toContain("sandbox");
    return Buffer.from(await answer.arrayBuffer());
  };
  it.each(["image", "video", "audio", "document", "sticker"] as const)("%s, in both directions", async (kind) => {
    const own = await write({ type: kind, [kind]: {} });
    const { id } = (await sim.upload(SAMPLES[kind])).body;
    const theirs = await send({ type: kind, [kind]: { id } });
    for (const bubble of [own.bubble, theirs]) {
      expect(bubble.media).toMatchObject({ kind, mimeType: SAMPLES[kind].mimeType });
      expect(await bytes(bubble)).toEqual(Buffer.from(SAMPLES[kind].bytes));
    }
  });
});

it("a voice message is told to be played, once and only if reading may be seen", async () => {
  const { id } = (await sim.upload(SAMPLES.audio)).body;
  const status = async () => (await sim.ledger()).at(-1)?.status;
  const voice = await send({ type: "audio", audio: { id, voice: true } });
  const play = () => sim.post("/_sim/phone/played", { message: voice.id });
  await sim.post(`/_sim/people/${CUSTOMER}`, { reads: false });
  await play();
  expect(await status()).toBe("delivered");
  await sim.post(`/_sim/people/${CUSTOMER}`, { reads: true });
  await play();
  expect(await status()).toBe("played");
  expect((await sim.post("/_sim/phone/played", { message: "wamid.X" })).status).toBe(404);
  await sim.post("/_sim/behaviour", { plays: true });
  await sim.send({ type: "audio", audio: { id, voice: true } });
  await sim.advance(180_000);
  expect(await status()).toBe("played");
});

describe("what is asked can be answered by a tap", () => {
  const buttons = [
    { type: "reply", reply: { id: "a", title: "Monday" } },
    { type: "reply", reply: { id: "b", title: "Tuesday" } },
  ];
  const rows = [{ id: "1", title: "09:00", description: "with Zoé" }];
  const flow = { flow_message_version: "3", flow_id: "1", flow_cta: "Fill in", flow_token: "t1" };

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      "a button",
      interactive("button", { buttons }),
      { type: "button_reply", button_reply: { id: "a", title: "Monday" } },
    ],
    [
      "a row",
      interactive("list", { button: "Slots", sections: [{ title: "Morning", rows }] }),
      { type: "list_reply", list_reply: rows[0] },
    ],
    [
      "a form",
      interactive("flow", { name: "flow", parameters: flow }),
      { type: "nfm_reply", nfm_reply: { name: "flow", body: "Sent", response_json: '{"flow_token":"t1"}' } },
    ],
    [
      "leave to call",
      interactive("call_permission_request", { name: "call_permission_request" }),
      {
        type: "call_permission_reply",
        call_permission_reply: {
          response: "accept",
          response_source: "user_action",
          expiration_timestamp: expect.any(String),
        },
      },
    ],
  ])("%s", async (_what, message, answer) => {
    const { id, buttons: shown } = await send(message);
    const [first] = shown;
    const reply = first?.rows?.[0]?.message ?? first?.message;
    expect(reply).toEqual({ type: "interactive", interactive: answer, context: { id } });
    expect((await write(reply)).bubble.quotes).toBe(id);
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      "a place",
      interactive("location_request_message", { name: "send_location" }),
      { type: "location", location: { latitude: expect.any(Number) } },
    ],
    [
      "a number",
      interactive("request_contact_info", { name: "request_contact_info" }),
      { type: "contacts", contacts: [{ phones: [{ wa_id: CUSTOMER }], origin: "contact_request" }] },
    ],
  ])("%s", async (_what, message, answer) => {
    const [first] = (await send(message)).buttons;
    expect(first?.message).toMatchObject(answer);
    expect((await write(first?.message)).bubble.fromMe).toBe(true);
  });

  it("a link, cards and an order", async () => {
    const parameters = { display_text: "Open", url: "https://example.com/" };
    const link = await send(interactive("cta_url", { name: "cta_url", parameters }));
    expect(link.buttons).toEqual([{ kind: "url", text: "Open", target: "https://example.com/" }]);
    const { id } = (await sim.upload(SAMPLES.image)).body;
    const card = (card_index: number) => ({
      card_index,
      type: "cta_url",
      header: { type: "image", image: { id } },
      body: { text: `Lamp ${card_index}` },
      action: { name: "cta_url", parameters },
    });
    expect((await send(interactive("carousel", { cards: [card(0), card(1)] }))).cards).toMatchObject([
      { media: { kind: "image" }, body: "Lamp 0", buttons: [{ text: "Open" }] },
      { body: "Lamp 1" },
    ]);
  });
});

it("shows codes and limited offers of templates", async () => {
  const template = async (name: string, category: string, stored: object[], sent: object[]) => {
    const language = "en_US";
    const made = await sim.post(`/v26.0/${sim.identity.waba_id}/message_templates`, {
      name,
      language,
      category,
      components: stored,
    });
    expect(made.status).toBe(200);
    await sim.advance(1000);
    return send({ type: "template", template: { name, language: { code: language }, components: sent } });
  };
  const text = (words: string) => [{ type: "text", text: words }];
  const code = await template(
    "code",
    "AUTHENTICATION",
    [{ type: "BODY" }, { type: "BUTTONS", buttons: [{ type: "OTP", otp_type: "COPY_CODE", text: "Copy" }] }],
    [
      { type: "body", parameters: text("482913") },
      { type: "button", sub_type: "url", index: "0", parameters: text("482913") },
    ],
  );
  expect(code).toMatchObject({
    body: expect.stringContaining("482913"),
    buttons: [{ kind: "copy", target: "482913" }],
  });
  const expiration_time_ms = Date.UTC(2030, 0, 1);
  const offer = await template(
    "spring",
    "MARKETING",
    [
      { type: "LIMITED_TIME_OFFER", limited_time_offer: { text: "Spring", has_expiration: true } },
      { type: "BODY", text: "Enjoy it while it lasts." },
      {
        type: "BUTTONS",
        buttons: [
          { type: "COPY_CODE", example: "SPRING25" },
          { type: "URL", text: "Shop", url: "https://example.com/s" },
        ],
      },
    ],
    [
      {
        type: "limited_time_offer",
        parameters: [{ type: "limited_time_offer", limited_time_offer: { expiration_time_ms } }],
      },
      {
        type: "button",
        sub_type: "copy_code",
        index: 0,
        parameters: [{ type: "coupon_code", coupon_code: "SPRING25" }],
      },
    ],
  );
  expect(offer).toMatchObject({
    offer: { text: "Spring", endsAt: "2030-01-01T00:00:00.000Z" },
    buttons: [{ kind: "copy", target: "SPRING25" }, { kind: "url" }],
  });
});
