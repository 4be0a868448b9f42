import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CUSTOMER, openSimulator } from "../testing/open-simulator.ts";
import type { OpenSimulator } from "../testing/open-simulator.ts";
import { openReceiver } from "../testing/webhook-receiver.ts";
import type { Receiver } from "../testing/webhook-receiver.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const US_NUMBER = "15550100042";

let sim: OpenSimulator;
let receiver: Receiver;
beforeEach(async () => {
  sim = await openSimulator();
  receiver = await openReceiver("verify");
  await sim.post(`/v26.0/${sim.identity.waba_id}/subscribed_apps`, {
    override_callback_uri: receiver.url,
    verify_token: "verify",
  });
});
afterEach(async () => {
  await sim.close();
  await receiver.close();
});

const text = { type: "text", text: { body: "Hello" } };
const named = (name: string, first_name = "Ana") => ({
  type: "template",
  template: {
    name,
    language: { code: "en_US" },
    components: [{ type: "body", parameters: [{ type: "text", parameter_name: "first_name", text: first_name }] }],
  },
});
const marketing = {
  type: "template",
  template: {
    name: "spring_offer",
    language: { code: "en_US" },
    components: [{ type: "body", parameters: [{ type: "text", text: "Ana" }] }],
  },
};
const utility = {
  ...named("appointment_reminder"),
  template: {
    name: "appointment_reminder",
    language: { code: "en_US" },
    components: [
      {
        type: "body",
        parameters: ["first_name", "date", "time"].map((parameter_name) => ({
          type: "text",
          parameter_name,
          text: "a",
        })),
      },
    ],
  },
};

type Status = { id: string; status: string; errors?: { code: number; error_data: { details: string } }[] } & Record<
  string,
  unknown
>;

/** Every status that the app was told, in order. */
const statuses = (): (Status & { contacts: unknown })[] =>
  receiver.received.flatMap(({ body }) =>
    body.entry
      .flatMap((entry) => entry.changes)
      .flatMap(({ value }) =>
        ((value.statuses ?? []) as Status[]).map((status) => ({ ...status, contacts: value.contacts })),
      ),
  );
const lastStatus = async () => (await sim.ledger()).at(-1)?.status;

describe("a message that arrives", () => {
  it("is sent, delivered and read, each told with our own data and the price once", async () => {
    const { user_id } = (await sim.hear("hi")).body;
    await sim.send({ ...text, biz_opaque_callback_data: "ours-7" });
    await sim.advance(MINUTE_MS);
    expect(await lastStatus()).toBe("sent");
    await sim.advance(2 * MINUTE_MS);
    const told = statuses();
    expect(told.map(({ status }) => status)).toEqual(["sent", "delivered", "read"]);
    for (const status of told) {
      expect(status).toMatchObject({
        biz_opaque_callback_data: "ours-7",
        recipient_id: CUSTOMER,
        recipient_user_id: user_id,
        timestamp: expect.stringMatching(/^\d{10}$/u),
        contacts: [{ wa_id: CUSTOMER, user_id }],
      });
    }
    expect(told.map(({ pricing }) => pricing)).toEqual([
      undefined,
      { billable: false, pricing_model: "PMP", type: "free_customer_service", category: "service" },
      undefined,
    ]);
  });

  it("stays delivered when the person does not read, and may skip delivered when they do", async () => {
    await sim.hear("hi");
    await sim.post(`/_sim/people/${CUSTOMER}`, { reads: false });
    await sim.send(text);
    await sim.advance(HOUR_MS);
    expect(await lastStatus()).toBe("delivered");
    await sim.post("/_sim/behaviour", { from: CUSTOMER, reads: true, skip_delivered: true, read_ms: 0 });
    await sim.send(text);
    await sim.advance(HOUR_MS);
    expect(statuses().map(({ status }) => status)).toEqual(["sent", "delivered", "sent", "read"]);
  });

  it("charges a template of the window from October 2026 on", async () => {
    await sim.post("/_sim/clock", { now: "2026-09-20T10:00:00Z" });
    await sim.hear("hi");
    await sim.send(utility);
    await sim.advance(HOUR_MS);
    await sim.post("/_sim/clock", { now: "2026-10-20T10:00:00Z" });
    await sim.hear("hi");
    await sim.send(utility);
    await sim.advance(HOUR_MS);
    const prices = statuses().flatMap(({ pricing }) => (pricing === undefined ? [] : [pricing]));
    expect(prices).toMatchObject([
      { billable: false, category: "utility" },
      { billable: true, type: "regular", category: "utility" },
    ]);
  });
});

describe("the customer service window", () => {
  it("lets a text through for 24 hours from the person's last message, and fails it afterwards", async () => {
    await sim.send(text);
    await sim.advance(MINUTE_MS);
    expect(await lastStatus()).toBe("failed");
    await sim.hear("hi");
    await sim.advance(24 * HOUR_MS - 10 * MINUTE_MS);
    await sim.send(text);
    await sim.advance(5 * MINUTE_MS);
    expect(await lastStatus()).toBe("read");
    await sim.advance(6 * MINUTE_MS);
    await sim.send(text);
    await sim.advance(MINUTE_MS);
    expect(await lastStatus()).toBe("failed");
    expect(statuses().at(-1)).toMatchObject({
      status: "failed",
      contacts: undefined,
      recipient_id: CUSTOMER,
      errors: [
        {
          code: 131047,
          title: "Re-engagement message",
          message: "Re-engagement message",
          error_data: {
            details:
              "Message failed to send because more than 24 hours have passed since the customer last replied to this number.",
          },
          href: expect.any(String),
        },
      ],
    });
    await sim.send(utility);
    await sim.advance(MINUTE_MS);
    expect(await lastStatus()).toBe("sent");
  });
});

describe("a message that fails after it was accepted", () => {
  const person = (change: Record<string, unknown>) => sim.post(`/_sim/people/${CUSTOMER}`, change);
  it.each<[string, number, () => Promise<unknown>, () => Record<string, unknown>]>([
    ["somebody not on WhatsApp", 131026, () => person({ not_on_whatsapp: true }), () => utility],
    ["somebody the business has blocked", 130403, () => person({ blocked: true }), () => utility],
    ["somebody who stopped marketing", 131050, () => person({ opted_out: true }), () => marketing],
    ["marketing to the United States", 131049, () => person({}), () => ({ ...marketing, to: `+${US_NUMBER}` })],
    [
      "somebody with another identity",
      137000,
      () => person({}),
      () => ({ ...utility, recipient_identity_key_hash: "old" }),
    ],
    ["a paced template that was dropped", 132015, () => person({ fail_code: 132015 }), () => utility],
    ["somebody in an experiment", 130472, () => person({ fail_code: 130472 }), () => utility],
    [
      "a business that does not pay",
      131042,
      () => sim.post(`/_sim/accounts/${sim.identity.waba_id}`, { has_payment_method: false }),
      () => utility,
    ],
    [
      "a reaction to a message that does not exist",
      131009,
      () => sim.hear("hi"),
      () => ({ type: "reaction", reaction: { message_id: "wamid.X", emoji: "👍" } }),
    ],
  ])("%s", async (_what, code, arrange, message) => {
    await arrange();
    expect((await sim.send(message())).status).toBe(200);
    await sim.advance(HOUR_MS);
    expect(statuses()).toMatchObject([{ status: "failed", errors: [{ code }] }]);
    expect((await sim.ledger()).at(-1)).toMatchObject({ status: "failed", failure: { code } });
  });

  it("is not everyone's fate: utility still reaches who stopped marketing, marketing whoever takes it again", async () => {
    await person({ opted_out: true });
    await sim.send(utility);
    await sim.advance(HOUR_MS);
    await person({ opted_out: false });
    await sim.send(marketing);
    await sim.advance(HOUR_MS);
    expect(statuses().filter(({ status }) => status === "read")).toHaveLength(2);
    const preferences = receiver.received
      .flatMap(({ body }) => body.entry.flatMap((entry) => entry.changes))
      .filter(({ field }) => field === "user_preferences")
      .map(({ value }) => value.user_preferences);
    expect(preferences).toMatchObject([
      [{ wa_id: CUSTOMER, category: "marketing_messages", value: "stop", timestamp: expect.any(Number) }],
      [{ value: "resume" }],
    ]);
  });
});
