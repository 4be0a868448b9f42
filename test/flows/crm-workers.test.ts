import { createApp, type App } from "@aparte/api/app";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectHubSpot, contactRef, timelineOf, writesTo } from "../support/hubspot.ts";
import { until } from "@aparte/launch/until.ts";
import { startWorld, type World } from "../support/world.ts";

let world: World;
let sql: postgres.Sql;
let workers: App[] = [];
beforeAll(async () => {
  world = await startWorld();
  sql = postgres(world.database.url, { max: 1 });
  await connectHubSpot(world);
  workers = await Promise.all([1, 2].map(() => createApp({ env: world.app.deps.env })));
  for (const worker of workers) worker.start("worker");
});
afterAll(async () => {
  await sql?.end();
  await Promise.all(workers.map((worker) => worker.close()));
  await world?.close();
});

describe("several workers", () => {
  it("write one entry for each session of a record, with every message, and not once per message", async () => {
    await world.rep.crm.openRecord.mutate({ ref: contactRef(world, "101001") });
    const days = [100, 60, 1].map((hours) => Math.floor(Date.now() / 1000) - hours * 3600);
    const messages = Array.from({ length: 30 }, (_, index) => ({
      from: "5511912345678",
      type: "text",
      text: { body: `message ${index}.` },
      timestamp: (days[index % days.length] ?? 0) + index,
    }));
    await Promise.all(messages.map((message) => world.inbound(message)));
    const entries = await until("every message stands on the timeline", async () => {
      const found = await timelineOf(world, "101001");
      const all = found.map(({ properties }) => properties["hs_communication_body"]).join("\n");
      return messages.every(({ text }) => all.includes(text.body)) && found;
    });
    expect(entries).toHaveLength(days.length);
    expect(await writesTo(world, "communications.create")).toBe(days.length);
    expect(await writesTo(world, "communications.update")).toBeLessThan(messages.length);
    await until("all is at rest", async () => {
      const [row] = await sql`select count(*)::int as n from crm_logs where state <> 'written'`;
      return row?.["n"] === 0;
    });
  });
});
