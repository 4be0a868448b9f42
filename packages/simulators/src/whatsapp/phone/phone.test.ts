import { afterEach, beforeEach, expect, it } from "vitest";
import { SAMPLES } from "../media/samples.ts";
import { CUSTOMER, openSimulator } from "../testing/open-simulator.ts";
import type { OpenSimulator } from "../testing/open-simulator.ts";
import { openPhone } from "../testing/phone-stream.ts";
import type { PhoneStream } from "../testing/phone-stream.ts";
import type { Bubble } from "./bubble.ts";

let sim: OpenSimulator;
let phone: PhoneStream;
beforeEach(async () => {
  sim = await openSimulator({ autoStatuses: { sent_ms: 0, delivered_ms: 0, read_ms: 60_000 } });
  phone = await openPhone(sim);
});
afterEach(async () => {
  await phone.close();
  await sim.close();
});

const write = (message: Record<string, unknown> | undefined) =>
  sim.post("/_sim/inbound", { phone_number_id: sim.identity.phone_number_id, from: CUSTOMER, ...message });
const nextBubble = async () => (await phone.next("message")) as Bubble;

it("shows a template as it looks, live", async () => {
  await sim.send({
    type: "template",
    template: {
      name: "order_shipped",
      language: { code: "en_US" },
      components: [
        { type: "body", parameters: ["Ana", "A-1042", "Friday"].map((text) => ({ type: "text", text })) },
        { type: "button", sub_type: "url", index: "0", parameters: [{ type: "text", text: "FR204118" }] },
      ],
    },
  });
  expect(await nextBubble()).toMatchObject({
    fromMe: false,
    status: "delivered",
    type: "template",
    header: { kind: "text", text: "Your order is on its way" },
    body: "Hello Ana, order A-1042 left our workshop today and should reach you on Friday at the latest.",
    buttons: [{ kind: "url", text: "Track parcel", target: "https://track.example.com/p/FR204118" }],
  });
});

it("shows footers, quick replies, answers and attachments", async () => {
  await sim.hear("hi");
  expect(await nextBubble()).toMatchObject({ fromMe: true, body: "hi" });
  const named = [{ type: "text", parameter_name: "first_name", text: "Ana" }];
  const image = (await sim.upload(SAMPLES.image)).body;
  await sim.send({
    type: "template",
    template: {
      name: "new_collection",
      language: { code: "en_US" },
      components: [
        { type: "header", parameters: [{ type: "image", image }] },
        { type: "body", parameters: named },
      ],
    },
  });
  const offer = await nextBubble();
  expect(offer).toMatchObject({
    media: { kind: "image", mimeType: "image/jpeg", size: SAMPLES.image.bytes.length },
    footer: "Reply STOP to opt out",
    buttons: [
      { kind: "reply", text: "Book a visit", message: { button: { payload: "Book a visit", text: "Book a visit" } } },
    ],
  });
  const file = await fetch(`${sim.url}${offer.media?.url}`);
  expect([file.status, Buffer.from(await file.arrayBuffer())]).toEqual([200, SAMPLES.image.bytes]);
  await write(offer.buttons[0]?.message);
  expect(await nextBubble()).toMatchObject({ fromMe: true, body: "Book a visit", quotes: offer.id });
});

it("opens the chat: what was delivered is read, if the person lets that be seen", async () => {
  await sim.hear("hi");
  await nextBubble();
  await sim.send({ type: "text", text: { body: "Hello" } });
  expect(await nextBubble()).toMatchObject({ status: "delivered" });
  const chat = { phone_number_id: sim.identity.phone_number_id, wa_id: CUSTOMER };
  await sim.post(`/_sim/people/${CUSTOMER}`, { reads: false });
  await sim.post("/_sim/phone/read", chat);
  expect((await sim.ledger()).at(-1)).toMatchObject({ status: "delivered" });
  await sim.post(`/_sim/people/${CUSTOMER}`, { reads: true });
  await sim.post("/_sim/phone/read", chat);
  expect(await nextBubble()).toMatchObject({ status: "read" });
});

it("shows that the business has read and is typing", async () => {
  const { id } = (await sim.hear("hi")).body;
  expect(await nextBubble()).toMatchObject({ status: "delivered" });
  await sim.post(`/v26.0/${sim.identity.phone_number_id}/messages`, {
    messaging_product: "whatsapp",
    status: "read",
    message_id: id,
    typing_indicator: { type: "text" },
  });
  expect(await nextBubble()).toMatchObject({ id, status: "read" });
  expect(await phone.next("typing")).toEqual({ ms: 25_000 });
});

it("does not show what failed", async () => {
  await sim.send({ type: "text", text: { body: "outside the window" } });
  await sim.hear("hi");
  expect(await nextBubble()).toMatchObject({ fromMe: true, body: "hi" });
});

it("serves the page with a strict content policy", async () => {
  expect((await fetch(sim.url)).url).toBe(`${sim.url}/phone`);
  const page = await (await fetch(`${sim.url}/phone`)).text();
  const linked = Array.from(page.matchAll(/(?:href|src)="(\/[^"]+)"/gu), ([, path = ""]) => path);
  const scripts = ["view.js", "attachment-views.js", "sheets.js", "compose.js", "elements.js"];
  expect(linked).toHaveLength(3);
  for (const path of ["/phone", ...linked, ...scripts.map((name) => `/_sim/phone/${name}`)]) {
    const answer = await fetch(sim.url + path);
    expect([answer.status, answer.headers.get("content-security-policy")]).toEqual([
      200,
      "default-src 'self'; img-src 'self' data:",
    ]);
  }
});

it("refuses an inbound message that makes no sense", async () => {
  const message = { phone_number_id: sim.identity.phone_number_id, from: CUSTOMER };
  expect((await sim.post("/_sim/inbound", { ...message, type: "text" })).status).toBe(400);
  expect((await sim.post("/_sim/inbound", { ...message, phone_number_id: "1", type: "text", text: {} })).status).toBe(
    404,
  );
  expect((await sim.post("/_sim/inbound", { ...message, from: "Ana", type: "text", text: {} })).status).toBe(400);
  await sim.post(`/_sim/people/${CUSTOMER}`, { blocked: true });
  expect((await sim.hear("hi")).status).toBe(409);
});
