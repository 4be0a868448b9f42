import { afterEach, beforeEach, expect, it } from "vitest";
import { CUSTOMER } from "../testing/open-simulator.ts";
import { openWatched } from "../testing/watched-simulator.ts";
import type { WatchedSimulator } from "../testing/watched-simulator.ts";

let sim: WatchedSimulator;
beforeEach(async () => {
  sim = await openWatched({ autoStatuses: { sent_ms: 0, delivered_ms: 0, read_ms: 0 } });
  await sim.hear("hi");
});
afterEach(() => sim.close());

const habits = async (...all: Record<string, unknown>[]) => {
  const answer = await sim.post(`/_sim/people/${CUSTOMER}`, { habits: all });
  expect(answer.status).toBe(200);
};
const text = { type: "text", text: { body: "Hello" } };
/** What the person has written after the first hello. */
const written = () =>
  sim
    .heard("messages")
    .flatMap(({ value }) => (value.messages ?? []) as Record<string, unknown>[])
    .slice(1);
const marketing = {
  type: "template",
  template: {
    name: "spring_offer",
    language: { code: "en_US" },
    components: [{ type: "body", parameters: [{ type: "text", text: "Ana" }] }],
  },
};

it("answers after a while, as often as wanted", async () => {
  await habits({ after_ms: 60_000, times: 1, does: { kind: "say", text: "Thanks", quotes: true } });
  const { body } = await sim.send(text);
  const [{ id } = { id: "" }] = body.messages as { id: string }[];
  await sim.advance(59_000);
  expect(written()).toEqual([]);
  await sim.advance(2000);
  await sim.send(text);
  await sim.advance(120_000);
  expect(written()).toMatchObject([{ text: { body: "Thanks" }, context: { id, from: "33199004210" } }]);
});

it("sends any kind of message, and reacts", async () => {
  await habits(
    { after_ms: 1000, does: { kind: "send", message: { type: "audio", audio: {} } } },
    { after_ms: 2000, does: { kind: "react", emoji: "🙏" } },
  );
  await sim.send(text);
  await sim.advance(10_000);
  expect(written()).toMatchObject([
    { type: "audio", audio: { voice: true, sha256: expect.any(String) } },
    { type: "reaction", reaction: { emoji: "🙏" } },
  ]);
});

it("taps buttons and rows, and fills in forms", async () => {
  await habits({ on: "interactive", after_ms: 0, does: { kind: "tap", nth: 2, answers: { size: "L" } } });
  const offer = (type: string, action: object) =>
    sim.send({ type: "interactive", interactive: { type, body: { text: "?" }, action } });
  const buttons = ["a", "b"].map((id) => ({ type: "reply", reply: { id, title: id } }));
  await offer("button", { buttons });
  await sim.advance(1000);
  const rows = ["c", "d"].map((id) => ({ id, title: id }));
  await offer("list", { button: "More", sections: [{ title: "s", rows }] });
  await sim.advance(1000);
  await habits({ on: "interactive", after_ms: 0, does: { kind: "tap", answers: { size: "L" } } });
  const parameters = { flow_message_version: "3", flow_id: "1", flow_cta: "Fill in", flow_token: "t" };
  await offer("flow", { name: "flow", parameters });
  await sim.advance(1000);
  expect(written().map(({ interactive }) => interactive)).toEqual([
    { type: "button_reply", button_reply: { id: "b", title: "b" } },
    { type: "list_reply", list_reply: { id: "d", title: "d" } },
    { type: "nfm_reply", nfm_reply: { name: "flow", body: "Sent", response_json: '{"flow_token":"t","size":"L"}' } },
  ]);
});

it("opts out of marketing by word, or by WhatsApp's switch, and of nothing else", async () => {
  await habits({ on: "marketing", after_ms: 0, times: 1, does: { kind: "opt_out" } });
  await sim.send(text);
  await sim.send(marketing);
  await sim.advance(1000);
  expect(written()).toMatchObject([{ text: { body: "STOP" } }]);
  await habits({ on: "marketing", after_ms: 0, does: { kind: "opt_out", by: "switch" } });
  await sim.send(marketing);
  await sim.advance(1000);
  expect(sim.heard("user_preferences")).toMatchObject([{ value: { user_preferences: [{ value: "stop" }] } }]);
});

it("blocks the number", async () => {
  await habits({ after_ms: 0, does: { kind: "block" } });
  await sim.send(text);
  await sim.advance(1000);
  expect((await sim.hear("hi")).status).toBe(409);
});

it("is refused a habit that makes no sense", async () => {
  const message = { type: "location", location: { latitude: 200 } };
  const answer = await sim.post(`/_sim/people/${CUSTOMER}`, { habits: [{ does: { kind: "send", message } }] });
  expect(answer).toMatchObject({ status: 400, body: { error: expect.stringContaining("location") } });
});
