import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { VirtualClock } from "../../platform/clock.ts";
import { errorOf, openSimulator } from "../testing/open-simulator.ts";
import type { OpenSimulator } from "../testing/open-simulator.ts";
import { openReceiver } from "../testing/webhook-receiver.ts";

let sim: OpenSimulator;
beforeAll(async () => {
  sim = await openSimulator({ clock: new VirtualClock(undefined, { ticks: false }) });
});
afterAll(() => sim.close());
beforeEach(async () => void (await sim.post("/_sim/reset")));

type Entry = { id: string; message_id: string; events?: { data: Record<string, unknown>[] } };
const history = async (query = "") => {
  const { body } = await sim.get(`/v26.0/${sim.identity.phone_number_id}/message_history?${query}`);
  return body as { data: Entry[]; paging?: { cursors: { after: string } } };
};
const text = { type: "text", text: { body: "Hello" } };

async function sendOne(): Promise<string> {
  await sim.hear("hi");
  const [message] = (await sim.send(text)).body.messages as { id: string }[];
  return message?.id ?? expect.unreachable();
}

it("lists what was sent, newest first, by pages", async () => {
  const ids = [await sendOne(), await sendOne(), await sendOne()];
  const first = await history("limit=2");
  expect(first.data).toEqual([
    { id: expect.stringMatching(/^\d+$/u), message_id: ids[2] },
    { id: expect.stringMatching(/^\d+$/u), message_id: ids[1] },
  ]);
  const second = await history(`limit=2&after=${first.paging?.cursors.after}`);
  expect(second.data.map(({ message_id }) => message_id)).toEqual([ids[0]]);
});

it("tells what became of one message, and whether an app was told", async () => {
  const { waba_id, verify_token, app_id } = sim.identity;
  const receiver = await openReceiver(verify_token);
  await sim.post(`/v26.0/${waba_id}/subscribed_apps`, { override_callback_uri: receiver.url, verify_token });
  const id = await sendOne();
  await sim.advance(120_000);
  await receiver.close();
  const [entry] = (await history(`message_id=${encodeURIComponent(id)}&fields=id,message_id,events`)).data;
  const told = { webhook_update_state: "DELIVERED", application: { id: app_id }, webhook_uri: receiver.url };
  expect(entry?.events?.data).toMatchObject([
    { delivery_status: "SENT", timestamp: expect.any(Number), ...told },
    { delivery_status: "DELIVERED", ...told },
  ]);
  const events = await sim.get(`/v26.0/${entry?.id}/events?status_filter=DELIVERED`);
  expect(events.body.data).toEqual([
    {
      cursor: expect.any(String),
      node: expect.objectContaining({ delivery_status: "DELIVERED", occurrence_timestamp: expect.any(Number) }),
    },
  ]);
});

it("names the reason of a failure", async () => {
  await sim.send(text);
  await sim.advance(60_000);
  const [entry] = (await history("fields=events")).data;
  expect(entry?.events?.data).toMatchObject([
    { delivery_status: "FAILED", error_description: expect.stringContaining("24 hours") },
  ]);
});

it.each([
  ["an unknown message", "message_id=wamid.X", "not found in the message history"],
  ["a page too long", "limit=101", "from 1 to 100"],
])("refuses %s", async (_what, query, words) => {
  const refused = errorOf(await sim.get(`/v26.0/${sim.identity.phone_number_id}/message_history?${query}`));
  expect(refused).toMatchObject({ status: 400, code: 100 });
  expect(refused.message).toContain(words);
});
