import { createHmac } from "node:crypto";
import { afterEach, beforeEach, expect, it } from "vitest";
import { CUSTOMER, errorOf, openSimulator } from "../testing/open-simulator.ts";
import type { OpenSimulator } from "../testing/open-simulator.ts";
import { openReceiver } from "../testing/webhook-receiver.ts";
import type { Received, Receiver } from "../testing/webhook-receiver.ts";

const HOUR_MS = 3_600_000;

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

const fault = (action: Record<string, unknown>, match: Record<string, unknown> = {}) =>
  sim.post("/_sim/faults", { target: "webhook", match, action });
const changes = () => receiver.received.flatMap(({ body }) => body.entry.flatMap((entry) => entry.changes));
const statuses = () =>
  changes().flatMap(({ value }) => (value.statuses ?? []) as ({ status: string } & Record<string, unknown>)[]);
const sendText = () => sim.send({ type: "text", text: { body: "Hello" } });
const signedBy = (secret: string, { raw, headers }: Received) =>
  headers["x-hub-signature-256"] === `sha256=${createHmac("sha256", secret).update(raw).digest("hex")}`;

it("leaves out contacts", async () => {
  await fault({ kind: "alter", how: "omit_contacts" });
  await sim.hear("hi");
  await receiver.until(1);
  expect(changes()).toMatchObject([{ value: { messages: [{ from: CUSTOMER }] } }]);
  expect(changes()[0]?.value).not.toHaveProperty("contacts");
});

it("names contacts and the BSUID on a failed status", async () => {
  await fault({ kind: "alter", how: "contacts_on_failed" });
  await sendText();
  await sim.advance(HOUR_MS);
  const user_id = expect.stringMatching(/^FR\./u);
  expect(changes()).toMatchObject([
    {
      value: {
        contacts: [{ wa_id: CUSTOMER, user_id }],
        statuses: [{ status: "failed", recipient_user_id: user_id, errors: [{ code: 131047 }] }],
      },
    },
  ]);
});

it("tells that a message was read before it tells that it was sent", async () => {
  await fault({ kind: "delay", ms: 2 * HOUR_MS }, { body: '"status":"sent"' });
  await sim.hear("hi");
  await sendText();
  await sim.advance(3 * HOUR_MS);
  expect(statuses().map(({ status }) => status)).toEqual(["delivered", "read", "sent"]);
});

it("tells of a message before its sender has the answer", async () => {
  await sim.hear("hi");
  await sim.post("/_sim/behaviour", { sent_ms: 0 });
  await sim.post("/_sim/faults", { match: { path: "/messages$" }, action: { kind: "delay_answer", ms: 600_000 } });
  const controller = new AbortController();
  const path = `${sim.url}/v26.0/${sim.identity.phone_number_id}/messages`;
  const body = { messaging_product: "whatsapp", to: CUSTOMER, type: "text", text: { body: "Hello" } };
  const answer = fetch(path, {
    method: "POST",
    headers: { authorization: `Bearer ${sim.identity.access_token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
    signal: controller.signal,
  });
  await receiver.until(2);
  expect(statuses()).toMatchObject([{ status: "sent" }]);
  controller.abort();
  await expect(answer).rejects.toThrow("aborted");
});

it("speaks of fields, kinds, keys and errors that nobody knows", async () => {
  for (const how of ["unknown_field", "unknown_type", "unknown_keys", "errors_value"]) {
    await fault({ kind: "alter", how }, { body: how });
    await sim.hear(how);
  }
  await receiver.until(4);
  expect(changes()).toMatchObject([
    { field: "messages" },
    { field: "tracking_events" },
    { value: { messages: [{ type: "hologram", hologram: { content: { body: "unknown_type" } } }] } },
    { value: { unheard_of: {}, messages: [{ unheard_of: {}, text: { body: "unknown_keys" } }] } },
    { value: { messages: [{ text: { body: "errors_value" } }] } },
    { value: { errors: [{ code: 131000 }] } },
  ]);
});

it("sends raw UTF-8", async () => {
  await fault({ kind: "raw_utf8" });
  await sim.hear("Ça va? 👍");
  const [post] = await receiver.until(1);
  expect(post?.raw).toContain("Ça va? 👍");
  expect(post && signedBy(sim.identity.app_secret, post)).toBe(true);
});

it("signs with the secret before the last change", async () => {
  const old = sim.identity.app_secret;
  const app_secret = "0123456789abcdef0123456789abcdef";
  await sim.post(`/_sim/apps/${sim.identity.app_id}`, { app_secret });
  expect((await sim.get("/_sim/identity")).body).toMatchObject({ app_secret });
  await fault({ kind: "old_signature" }, { times: 1 });
  await sim.hear("old");
  await sim.hear("new");
  const [first, second] = await receiver.until(2);
  expect([first && signedBy(old, first), second && signedBy(app_secret, second)]).toEqual([true, true]);
});

it("loses a webhook, and sends another once more after hours", async () => {
  await fault({ kind: "lose" }, { body: "lost" });
  await fault({ kind: "redeliver", after_ms: 5 * HOUR_MS }, { body: "twice" });
  await sim.hear("lost");
  await sim.hear("twice");
  await receiver.until(1);
  await sim.advance(4 * HOUR_MS);
  expect(receiver.received).toHaveLength(1);
  await sim.advance(HOUR_MS);
  const [first, again] = await receiver.until(2);
  expect(again?.raw).toBe(first?.raw);
});

it("fills batches up to 3 MB, across the accounts of a callback", async () => {
  await fault({ kind: "batch", size: 1000 });
  const long = "é".repeat(4000);
  const most = 3 * 1024 * 1024;
  for (let count = 0; count < 140; count += 1) await sim.hear(long);
  const [post] = await receiver.until(1);
  expect(post?.raw.length).toBeLessThanOrEqual(most);
  expect(post?.raw.length).toBeGreaterThan(most - 30_000);
});

it("names a conversation to apps of v23.0, and none to those of v24.0", async () => {
  const { app_id, app_secret } = sim.identity;
  const subscribe = (version: string) =>
    sim.post(
      `/${version}/${app_id}/subscriptions`,
      { object: "whatsapp_business_account", callback_url: receiver.url, verify_token: "verify", fields: "messages" },
      `${app_id}|${app_secret}`,
    );
  await sim.hear("hi");
  for (const version of ["v23.0", "v24.0"]) {
    expect((await subscribe(version)).status).toBe(200);
    await sendText();
    await sim.advance(HOUR_MS);
  }
  const origins = statuses().map(({ conversation }) => (conversation as { origin: unknown } | undefined)?.origin);
  expect(origins).toEqual([1, 2, 3, 4, 5, 6].map((nth) => (nth <= 3 ? { type: "service" } : undefined)));
});

it("sends a number's traffic to the callback of that number first", async () => {
  const own = await openReceiver("own");
  const number = `/v26.0/${sim.identity.phone_number_id}`;
  const webhook_configuration = { override_callback_uri: own.url, verify_token: "own" };
  expect((await sim.post(number, { webhook_configuration })).body).toEqual({ success: true });
  await sim.hear("to the number");
  await own.until(1);
  await sim.post(number, { webhook_configuration: { override_callback_uri: "" } });
  await sim.hear("to the account");
  await receiver.until(1);
  expect([own.received.length, receiver.received.length]).toEqual([1, 1]);
  await own.close();
});

it("lets a token end", async () => {
  const { access_token, phone_number_id } = sim.identity;
  await sim.post("/_sim/tokens", { access_token, expires_in: 3600 });
  expect((await sim.get(`/v26.0/${phone_number_id}`)).status).toBe(200);
  await sim.advance(HOUR_MS + 1000);
  expect(errorOf(await sim.get(`/v26.0/${phone_number_id}`))).toMatchObject({ status: 401, code: 190, subcode: 463 });
});
