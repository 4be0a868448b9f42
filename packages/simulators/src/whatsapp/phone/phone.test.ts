import { afterEach, beforeEach, expect, it } from "vitest";
import { SAMPLES } from "../media/samples.ts";
import { CUSTOMER, openSimulator } from "../testing/open-simulator.ts";
import type { OpenSimulator } from "../testing/open-simulator.ts";
import type { Bubble } from "./bubble.ts";

let sim: OpenSimulator;
let phone: Phone;
beforeEach(async () => {
  sim = await openSimulator({ autoStatuses: { sent_ms: 0, delivered_ms: 0, read_ms: 60_000 } });
  phone = await openPhone();
});
afterEach(async () => {
  await phone.close();
  await sim.close();
});

type Phone = { next: (event: string) => Promise<unknown>; close: () => Promise<void> };

/** Watches the customer's phone as the page does; `next` gives the next event of a kind. */
async function openPhone(): Promise<Phone> {
  const query = `phone_number_id=${sim.identity.phone_number_id}&wa_id=${CUSTOMER}`;
  const answer = await fetch(`${sim.url}/_sim/phone/stream?${query}`);
  expect(answer.headers.get("content-type")).toBe("text/event-stream");
  const reader = (answer.body ?? expect.unreachable()).pipeThrough(new TextDecoderStream()).getReader();
  let buffer = "";
  const next = async (event: string): Promise<unknown> => {
    for (;;) {
      const end = buffer.indexOf("\n\n");
      if (end < 0) {
        const { value, done } = await reader.read();
        if (done) throw new Error(`the stream ended before ${event}`);
        buffer += value;
        continue;
      }
      const [name, data] = buffer.slice(0, end).split("\ndata: ");
      buffer = buffer.slice(end + 2);
      if (name === `event: ${event}`) return JSON.parse(data ?? "null");
    }
  };
  return { next, close: () => reader.cancel() };
}

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
    template: true,
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
    header: { kind: "attachment", text: "image" },
    footer: "Reply STOP to opt out",
    buttons: [{ kind: "reply", text: "Book a visit", payload: "Book a visit" }],
  });
  await sim.post("/_sim/inbound", {
    phone_number_id: sim.identity.phone_number_id,
    from: CUSTOMER,
    type: "button",
    button: { payload: "Book a visit", text: "Book a visit" },
    context: { id: offer.id },
  });
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
  for (const path of ["/phone", "/_sim/phone/phone.css", "/_sim/phone/phone.js", "/_sim/phone/view.js"]) {
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
