import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CUSTOMER, errorOf, openSimulator } from "../testing/open-simulator.ts";
import type { OpenSimulator } from "../testing/open-simulator.ts";

let sim: OpenSimulator;
beforeAll(async () => {
  sim = await openSimulator();
});
afterAll(() => sim.close());

const text = { type: "text", text: { body: "Hello" } };

describe("an accepted message", () => {
  it("is answered with its id and stands in the ledger as it was sent", async () => {
    const answer = await sim.send({ ...text, biz_opaque_callback_data: "ours-1" });
    expect([answer.status, answer.body]).toEqual([
      200,
      {
        messaging_product: "whatsapp",
        contacts: [{ input: `+${CUSTOMER}`, wa_id: CUSTOMER }],
        messages: [{ id: expect.stringMatching(/^wamid\.[A-Za-z0-9+/=]+$/u) }],
      },
    ]);
    const [sent] = answer.body.messages as { id: string }[];
    expect((await sim.ledger()).at(-1)).toMatchObject({
      phone_number_id: sim.identity.phone_number_id,
      wamid: sent?.id,
      status: "accepted",
      arrived_at: expect.any(String),
      body: { ...text, biz_opaque_callback_data: "ours-1" },
    });
  });

  it("is a new message each time: there is no idempotency key", async () => {
    const before = (await sim.ledger()).length;
    const ids = await Promise.all([sim.send(text), sim.send(text)]);
    expect(new Set(ids.map(({ body }) => JSON.stringify(body.messages))).size).toBe(2);
    expect(await sim.ledger()).toHaveLength(before + 2);
  });

  it("can be written to a number as people write numbers, also without the plus", async () => {
    for (const to of ["+33 (6) 39-98.00 42", "33639980042", "06 39 98 00 42"]) {
      expect((await sim.send({ ...text, to })).body.contacts).toEqual([{ input: to, wa_id: CUSTOMER }]);
    }
  });

  it("can be sent to the business-scoped user id of somebody known, who is then named by it", async () => {
    const { user_id } = (await sim.hear("hi")).body;
    expect(user_id).toMatch(/^FR\.\d{20}$/u);
    const answer = await sim.send({ ...text, to: undefined, recipient: user_id });
    expect(answer.body.contacts).toEqual([{ input: user_id, user_id }]);
    const elsewhere = await sim.send({ ...text, to: undefined, recipient: "FR.12345678901234567890" });
    expect(errorOf(elsewhere)).toMatchObject({ status: 400, code: 131009 });
  });

  it.each([
    ["image", { link: "https://example.com/a.jpg", caption: "Lamp" }],
    ["document", { link: "https://example.com/a.pdf", filename: "Q-2041.pdf" }],
    ["audio", { link: "https://example.com/a.ogg", voice: true }],
    ["video", { link: "https://example.com/a.mp4" }],
    ["sticker", { link: "https://example.com/a.webp" }],
    ["location", { latitude: 48.85, longitude: "2.35", name: "Showroom" }],
    ["contacts", [{ name: { formatted_name: "Ana Souza", first_name: "Ana" }, phones: [{ phone: "+33639980042" }] }]],
    ["reaction", { message_id: "wamid.X", emoji: "👩🏽‍🚀" }],
    [
      "interactive",
      {
        type: "button",
        body: { text: "Which day?" },
        action: { buttons: [{ type: "reply", reply: { id: "fri", title: "Friday" } }] },
      },
    ],
    [
      "interactive",
      {
        type: "list",
        body: { text: "Which day?" },
        action: { button: "Days", sections: [{ rows: [{ id: "fri", title: "Friday" }] }] },
      },
    ],
    [
      "interactive",
      {
        type: "cta_url",
        body: { text: "Your quote" },
        action: { name: "cta_url", parameters: { display_text: "Open", url: "https://example.com/q" } },
      },
    ],
  ])("can be a %s", async (type, content) => {
    expect((await sim.send({ type, [type]: content })).status).toBe(200);
  });
});

describe("mark as read", () => {
  it("accepts a message of this number, with or without the typing indicator", async () => {
    const { id } = (await sim.hear("are you there?")).body;
    const path = `/v26.0/${sim.identity.phone_number_id}/messages`;
    const read = { messaging_product: "whatsapp", status: "read", message_id: id };
    expect((await sim.post(path, read)).body).toEqual({ success: true });
    expect((await sim.post(path, { ...read, typing_indicator: { type: "text" } })).body).toEqual({ success: true });
    expect(await sim.ledger("read")).toMatchObject([{ message_id: id }, { typing_indicator: true }]);
    const unknown = await sim.post(path, { ...read, message_id: "wamid.unknown" });
    expect(errorOf(unknown)).toMatchObject({ status: 400, code: 100 });
  });
});

describe("a lost answer", () => {
  it("leaves the message in the ledger although the sender saw a broken connection", async () => {
    const before = (await sim.ledger()).length;
    await sim.post("/_sim/faults", { match: { path: "/messages", times: 1 }, action: { kind: "drop_after" } });
    await expect(sim.send(text)).rejects.toThrow("fetch failed");
    expect(await sim.ledger()).toHaveLength(before + 1);
    await sim.post("/_sim/faults", { match: { path: "/messages", times: 1 }, action: { kind: "drop_before" } });
    await expect(sim.send(text)).rejects.toThrow("fetch failed");
    expect(await sim.ledger()).toHaveLength(before + 1);
  });
});
