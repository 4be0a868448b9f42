import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { VirtualClock } from "../../platform/clock.ts";
import { CUSTOMER, errorOf, openSimulator } from "../testing/open-simulator.ts";
import type { OpenSimulator } from "../testing/open-simulator.ts";
import { openReceiver } from "../testing/webhook-receiver.ts";

let sim: OpenSimulator;
beforeAll(async () => {
  sim = await openSimulator({ clock: new VirtualClock(undefined, { ticks: false }) });
});
afterAll(() => sim.close());

const text = { type: "text", text: { body: "Hello" } };
const contacts = async (to: string) => (await sim.send({ ...text, to })).body.contacts;

it.each([
  ["a Brazilian with the ninth digit", "+5551987654321", "555187654321"],
  ["the same one without it", "+555187654321", "555187654321"],
  ["a Mexican", "+52 55 1234 5678", "5215512345678"],
  ["the same one as dialled before 2019", "+52 1 55 1234 5678", "5215512345678"],
])("reaches %s under the number that WhatsApp knows", async (_what, to, wa_id) => {
  expect(await contacts(to)).toEqual([{ input: to, wa_id }]);
});

it("opens one window for both ways to write a number", async () => {
  await sim.hear("oi", "5551987654321");
  await contacts("+555187654321");
  await sim.advance(60_000);
  expect((await sim.ledger()).at(-1)).toMatchObject({ wa_id: "555187654321", status: "sent" });
});

describe("without a type", () => {
  it("is a text, or what the only object says", async () => {
    await sim.send({ type: undefined, text: { body: "https://a.example", preview_url: true } });
    await sim.send({
      type: undefined,
      interactive: { type: "location_request_message", body: { text: "?" }, action: { name: "send_location" } },
    });
    expect((await sim.ledger()).slice(-2)).toMatchObject([{ type: "text" }, { type: "interactive" }]);
    expect(errorOf(await sim.send({ type: undefined }))).toMatchObject({ status: 400, code: 131008 });
  });
});

it("can be written as a form, with its objects as JSON", async () => {
  const form = { messaging_product: "whatsapp", to: `+${CUSTOMER}`, type: "text", text: '{"body":"a & b"}' };
  const answer = await fetch(`${sim.url}/v26.0/${sim.identity.phone_number_id}/messages`, {
    method: "POST",
    headers: { authorization: `Bearer ${sim.identity.access_token}` },
    body: new URLSearchParams(form),
  });
  expect(answer.status).toBe(200);
});

it.each<[string, Record<string, unknown>, [number, string]]>([
  [
    "a reaction that quotes",
    { type: "reaction", reaction: { message_id: "wamid.X", emoji: "👍" }, context: { message_id: "wamid.X" } },
    [131009, "not in context"],
  ],
  ["a context without a message", { ...text, context: {} }, [100, "context['message_id'] is required"]],
  ["a direct send", { ...text, direct_send_config: {} }, [100, "Direct send is not enabled"]],
])("refuses %s", async (_what, message, [code, words]) => {
  const refused = errorOf(await sim.send(message));
  expect(refused).toMatchObject({ status: 400, code });
  expect(`${refused.message} ${refused.details ?? ""}`).toContain(words);
});

it("cannot react to a message that the person has deleted", async () => {
  await sim.post("/_sim/reset");
  const { id } = (await sim.hear("sorry")).body;
  const react = async () => {
    await sim.send({ type: "reaction", reaction: { message_id: id, emoji: "👍" } });
    await sim.advance(60_000);
    return (await sim.ledger()).at(-1);
  };
  expect(await react()).toMatchObject({ status: "sent" });
  await sim.post("/_sim/inbound", {
    phone_number_id: sim.identity.phone_number_id,
    from: CUSTOMER,
    type: "revoke",
    revoke: { original_message_id: id },
  });
  expect(await react()).toMatchObject({ status: "failed", failure: { code: 131009 } });
});

it("may have keys that Meta does not know, where the tests choose so", async () => {
  const messages = [
    { type: "text", text: { body: "Hello", bold: true } },
    {
      type: "interactive",
      interactive: {
        type: "cta_url",
        mood: "good",
        body: { text: "Look", size: 2 },
        action: { name: "cta_url", parameters: { display_text: "Open", url: "https://a.example", colour: "red" } },
      },
    },
    { type: "template", template: { name: "hello_world", language: { code: "en_US", tone: "kind" } } },
  ];
  const statuses = async () => Promise.all(messages.map(async (message) => (await sim.send(message)).status));
  expect(await statuses()).toEqual([400, 400, 400]);
  await sim.post("/_sim/strictness", { unknown_keys: "ignore" });
  expect(await statuses()).toEqual([200, 200, 200]);
  expect(errorOf(await sim.send({ type: "text", text: { bold: true } }))).toMatchObject({ status: 400, code: 100 });
  await sim.post("/_sim/reset");
  expect(await statuses()).toEqual([400, 400, 400]);
});

describe("the API for marketing", () => {
  const post = (message: Record<string, unknown>) =>
    sim.post(`/v26.0/${sim.identity.phone_number_id}/marketing_messages`, {
      messaging_product: "whatsapp",
      recipient_type: "individual",
      to: `+${CUSTOMER}`,
      ...message,
    });
  const offer = {
    type: "template",
    template: {
      name: "spring_offer",
      language: { code: "en_US" },
      components: [{ type: "body", parameters: [{ type: "text", text: "Ana" }] }],
    },
  };

  it("sends marketing templates, at a price of its own", async () => {
    const { waba_id, verify_token } = sim.identity;
    const receiver = await openReceiver(verify_token);
    await sim.post(`/v26.0/${waba_id}/subscribed_apps`, { override_callback_uri: receiver.url, verify_token });
    const sent = await post({ ...offer, product_policy: "STRICT", message_activity_sharing: false });
    expect([sent.status, sent.body]).toMatchObject([200, { messages: [{ message_status: "accepted" }] }]);
    await sim.advance(120_000);
    const told = JSON.stringify(await receiver.until(2));
    await receiver.close();
    expect(told).toContain('"category":"marketing_lite"');
  });

  it.each<[string, Record<string, unknown>, [number, string]]>([
    ["a text", text, [134100, "MARKETING"]],
    [
      "a utility template",
      {
        type: "template",
        template: {
          name: "quote_ready",
          language: { code: "en_US" },
          components: [
            {
              type: "body",
              parameters: [
                { type: "text", parameter_name: "first_name", text: "Ana" },
                { type: "text", parameter_name: "quote_number", text: "Q-1" },
              ],
            },
          ],
        },
      },
      [134100, "MARKETING"],
    ],
    ["an unknown policy", { ...offer, product_policy: "LOOSE" }, [100, "product_policy must be one of"]],
    ["a sharing that is no yes or no", { ...offer, message_activity_sharing: "often" }, [100, "must be a boolean"]],
  ])("refuses %s", async (_what, message, [code, words]) => {
    const refused = errorOf(await post(message));
    expect(refused).toMatchObject({ status: 400, code });
    expect(`${refused.message} ${refused.details ?? ""}`).toContain(words);
  });
});
