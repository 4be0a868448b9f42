import { afterEach, beforeEach, expect, it } from "vitest";
import { CUSTOMER } from "../testing/open-simulator.ts";
import { openPhone } from "../testing/phone-stream.ts";
import { openWatched } from "../testing/watched-simulator.ts";
import type { WatchedSimulator } from "../testing/watched-simulator.ts";

let sim: WatchedSimulator;
beforeEach(async () => {
  sim = await openWatched();
});
afterEach(() => sim.close());

const phoneApp = (edge: string, body: object) =>
  sim.post(`/_sim/numbers/${sim.identity.phone_number_id}/${edge}`, body);

it("what is written in the phone app reaches the person and is echoed", async () => {
  const phone = await openPhone(sim);
  const { user_id } = (await sim.hear("hi")).body;
  await phone.next("message");
  const { id } = (await phoneApp("echo", { to: CUSTOMER, type: "image", image: { caption: "From the shop" } })).body;
  expect(await phone.next("message")).toMatchObject({
    id,
    fromMe: false,
    body: "From the shop",
    media: { kind: "image" },
  });
  await sim.receiver.until(2);
  expect(sim.heard("smb_message_echoes")).toMatchObject([
    {
      value: {
        metadata: { phone_number_id: sim.identity.phone_number_id },
        message_echoes: [
          {
            from: "33199004210",
            to: CUSTOMER,
            to_user_id: user_id,
            id,
            type: "image",
            image: { caption: "From the shop", sha256: expect.any(String) },
          },
        ],
      },
    },
  ]);
  await phoneApp("echo", { to: CUSTOMER, type: "revoke", revoke: { original_message_id: id } });
  expect(await phone.next("message")).toMatchObject({ id, deleted: true });
  expect((await phoneApp("echo", { to: CUSTOMER, type: "text" })).status).toBe(400);
  await phone.close();
});

it("shares its history in phases and chunks, every message once, the newest first", async () => {
  const { webhooks } = (await phoneApp("history", { invent: { people: 7, messages: 500 }, chunk_size: 100 })).body;
  await sim.receiver.until(Number(webhooks));
  type Part = {
    metadata: { phase: number; chunk_order: number; progress: number };
    threads: { id: string; messages: { id: string; from: string; history_context: { status: string } }[] }[];
  };
  const parts = sim.heard("history").flatMap(({ value }) => value.history as Part[]);
  expect(new Set(parts.map(({ metadata }) => metadata.phase))).toEqual(new Set([0, 1, 2]));
  expect(Math.max(...parts.map(({ metadata }) => metadata.progress))).toBe(100);
  const threads = parts.flatMap((part) => part.threads);
  const messages = threads.flatMap((thread) => thread.messages);
  expect(new Set(threads.map(({ id }) => id)).size).toBe(7);
  expect([messages.length, new Set(messages.map(({ id }) => id)).size]).toEqual([500, 500]);
  expect(messages.some(({ from }) => from === "33199004210")).toBe(true);
  for (const { threads: chunk } of parts) {
    expect(chunk.flatMap((thread) => thread.messages).length).toBeLessThanOrEqual(100);
  }
});

it("keeps its history to itself, and shares its contacts", async () => {
  await phoneApp("history", { share: false });
  await phoneApp("contacts", { contacts: [{ full_name: "Ana Silva", phone_number: "+33 6 39 98 00 42" }] });
  await sim.receiver.until(2);
  expect(sim.heard()).toMatchObject([
    { field: "history", value: { history: [{ errors: [{ code: 2_593_109 }] }] } },
    {
      field: "smb_app_state_sync",
      value: {
        state_sync: [{ type: "contact", action: "add", contact: { full_name: "Ana Silva", phone_number: CUSTOMER } }],
      },
    },
  ]);
});
