import { afterEach, beforeEach, expect, it } from "vitest";
import { CUSTOMER } from "../testing/open-simulator.ts";
import { openWatched } from "../testing/watched-simulator.ts";
import type { WatchedSimulator } from "../testing/watched-simulator.ts";

const HOUR_MS = 3_600_000;

let sim: WatchedSimulator;
beforeEach(async () => {
  sim = await openWatched({ autoStatuses: { sent_ms: 0, delivered_ms: 0, read_ms: 0 } });
});
afterEach(() => sim.close());

const comeByAd = () =>
  sim.post("/_sim/inbound", {
    phone_number_id: sim.identity.phone_number_id,
    from: CUSTOMER,
    type: "text",
    text: { body: "About your ad" },
    referral: { source_type: "ad", source_id: "12", source_url: "https://fb.me/a" },
  });
const text = { type: "text", text: { body: "Hello" } };
const marketing = {
  type: "template",
  template: {
    name: "spring_offer",
    language: { code: "en_US" },
    components: [{ type: "body", parameters: [{ type: "text", text: "Ana" }] }],
  },
};
/** Sends, and gives the price with the conversation that the last delivery names. */
const priceOf = async (message: Record<string, unknown>) => {
  await sim.send(message);
  await sim.advance(1000);
  const delivered = sim.statuses().findLast(({ status }) => status === "delivered");
  const { type, category } = (delivered?.pricing ?? {}) as { type?: string; category?: string };
  return { type, category, conversation: delivered?.conversation };
};
const free = { type: "free_entry_point", category: "referral_conversion" };

it("an ad that is answered within a day makes everything free for 72 hours, in one conversation", async () => {
  await comeByAd();
  const first = await priceOf(text);
  expect(first).toMatchObject({ ...free, conversation: { origin: { type: "referral_conversion" } } });
  await sim.advance(71 * HOUR_MS);
  expect(await priceOf(marketing)).toEqual(first);
  await sim.advance(2 * HOUR_MS);
  expect(await priceOf(marketing)).toEqual({ type: "regular", category: "marketing", conversation: undefined });
});

it("an ad that is answered later opens nothing, and the window closes after a day all the same", async () => {
  await comeByAd();
  await sim.advance(25 * HOUR_MS);
  expect(await priceOf(marketing)).toMatchObject({ type: "regular" });
  await comeByAd();
  await priceOf(text);
  await sim.advance(25 * HOUR_MS);
  await sim.send(text);
  await sim.advance(1000);
  expect(sim.statuses().at(-1)).toMatchObject({ status: "failed", errors: [{ code: 131047 }] });
});
