import { createApp } from "@aparte/api/app";
import { until } from "@aparte/launch/until.ts";
import postgres from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { change, delivery, metaOf, type Meta, wireMessage } from "../support/meta-webhook.ts";
import { startWorld, type World } from "../support/world.ts";

let world: World;
let sql: postgres.Sql;
let meta: Meta;
beforeAll(async () => {
  world = await startWorld({ role: "api" });
  sql = postgres(world.database.url, { max: 2 });
  meta = metaOf(world);
});
afterAll(async () => {
  meta?.close();
  await sql?.end();
  await world?.close();
});

const bodies = 20;
/** As many as Meta puts into one body. */
const perBody = 1_000;

it("understands the words of twenty thousand new people that waited together", async () => {
  const { waba_id: wabaId, phone_number_id: phoneNumberId } = world.whatsapp.identity;
  for (let body = 0; body < bodies; body += 1) {
    const messages = Array.from({ length: perBody }, (_, place) => {
      const person = body * perBody + place;
      const from = `3364${String(person).padStart(7, "0")}`;
      return { ...wireMessage(from, `crowd${person}`), from_user_id: `FR.crowd${person}` };
    });
    expect(await meta.deliver(delivery(wabaId, [change(phoneNumberId, { messages })]))).toBe(200);
  }
  const worker = await createApp({ env: world.app.deps.env });
  worker.start("worker");
  await until(
    "all deliveries are understood",
    async () => {
      const [row] = await sql`select from webhook_deliveries where projected_at is null limit 1`;
      return row === undefined;
    },
    60_000,
  );
  await worker.close();
  const [problem] = await sql`select problem from webhook_deliveries where problem is not null limit 1`;
  expect(problem).toBeUndefined();
  const [row] = await sql<{ count: number }[]>`select count(*)::int from messaging_messages where direction = 'in'`;
  expect(row?.count).toBe(bodies * perBody);
}, 120_000);
