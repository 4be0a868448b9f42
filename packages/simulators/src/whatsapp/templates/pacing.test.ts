import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSimulator } from "../testing/open-simulator.ts";
import type { OpenSimulator } from "../testing/open-simulator.ts";

let sim: OpenSimulator;
let id: string;
beforeEach(async () => {
  sim = await openSimulator();
  const list = await sim.get(`/v26.0/${sim.identity.waba_id}/message_templates?name=order_shipped`);
  id = String((list.body.data as { id: string }[])[0]?.id);
  await sim.post(`/_sim/templates/${id}`, { pacing: "hold" });
});
afterEach(() => sim.close());

const message = {
  type: "template",
  template: {
    name: "order_shipped",
    language: { code: "en_US" },
    components: [
      { type: "body", parameters: ["Ana", "A-1", "Friday"].map((text) => ({ type: "text", text })) },
      { type: "button", sub_type: "url", index: "0", parameters: [{ type: "text", text: "FR1" }] },
    ],
  },
};

describe("a template whose messages Meta holds", () => {
  it("has them accepted and waiting, until they are released", async () => {
    const sent = await sim.send(message);
    expect(sent.body).toMatchObject({ messages: [{ message_status: "held_for_quality_assessment" }] });
    await sim.advance(3_600_000);
    expect(await sim.ledger()).toMatchObject([{ status: "accepted" }]);
    await sim.post(`/_sim/templates/${id}`, { pacing: "release" });
    await sim.advance(600_000);
    expect(await sim.ledger()).toMatchObject([{ status: "read" }]);
    expect((await sim.send(message)).body).toMatchObject({ messages: [{ message_status: "accepted" }] });
  });

  it("has them dropped with 132015", async () => {
    await sim.send(message);
    await sim.post(`/_sim/templates/${id}`, { pacing: "drop" });
    await sim.advance(1000);
    expect(await sim.ledger()).toMatchObject([{ status: "failed", failure: { code: 132015 } }]);
  });
});
