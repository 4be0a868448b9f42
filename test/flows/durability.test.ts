import { randomPort } from "@aparte/launch/ports.ts";
import type { Child } from "@aparte/launch/process.ts";
import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { change, delivery, Meta, wireMessage } from "../support/meta-webhook.ts";
import { ownPostgres, type OwnPostgres } from "../support/own-postgres.ts";
import { killServer, startServer, type ServerEnv } from "../support/server-process.ts";
import { until } from "@aparte/launch/until.ts";

const secret = "the secret of the app that signs";
const [appId, wabaId, phoneNumberId] = ["900000000000001", "900000000000002", "900000000000003"];

let cluster: OwnPostgres;
let server: Child;
let env: ServerEnv;
beforeAll(async () => {
  cluster = await ownPostgres();
  env = {
    DATABASE_URL: cluster.url,
    PORT: await randomPort(),
    MASTER_KEY: Buffer.alloc(32, 5).toString("base64"),
    META_APP_ID: appId,
    META_APP_SECRET: secret,
    META_VERIFY_TOKEN: "a verify token nobody asks for",
  };
  server = await startServer(env);
});
afterAll(async () => {
  await server?.stop();
  await cluster?.remove();
});

/** A workspace with a number, as connecting it leaves them. Nothing is sent here, so the token opens nothing. */
async function connectNumber(sql: postgres.Sql): Promise<void> {
  const workspaceId = randomUUID();
  await sql`insert into workspaces (workspace_id, name) values (${workspaceId}, 'Acme')`;
  await sql`
    insert into channels (workspace_id, id, app_id, waba_id, phone_number_id, display_phone_number, verified_name,
      quality_rating, status, access_token)
    values (${workspaceId}, ${randomUUID()}, ${appId}, ${wabaId}, ${phoneNumberId}, '+33 1 99 00 42 10', 'Acme', 'GREEN',
      'CONNECTED', 'sealed')`;
}

it("1,000 acknowledged deliveries are all there after kill -9 of API and Postgres", { timeout: 90_000 }, async () => {
  const before = postgres(cluster.url, { max: 1 });
  await connectNumber(before);
  await before.end();
  const meta = new Meta({ origin: `http://localhost:${env["PORT"]}`, secret, connections: 32 });

  const acknowledged: string[] = [];
  const enough = Promise.withResolvers<void>();
  const deliveries = Array.from({ length: 1_200 }, async (_, place) => {
    const id = randomUUID();
    const from = `3363998${String(place % 300).padStart(4, "0")}`;
    const body = delivery(wabaId, [change(phoneNumberId, { messages: [wireMessage(from, id)] })]);
    // What is under way when the power goes fails; only what was acknowledged was promised.
    const status = await meta.deliver(body).catch(() => 0);
    if (status !== 200) return;
    acknowledged.push(id);
    if (acknowledged.length === 1_000) enough.resolve();
  });
  await enough.promise;
  await Promise.all([killServer(server), cluster.kill()]);
  await Promise.all(deliveries);
  meta.close();
  expect(acknowledged.length).toBeGreaterThanOrEqual(1_000);

  await cluster.start();
  server = await startServer(env);
  const sql = postgres(cluster.url, { max: 1 });
  await until("all deliveries are understood", async () => {
    const [row] = await sql`select from webhook_deliveries where projected_at is null limit 1`;
    return !row;
  });
  const stored = await sql<{ id: string }[]>`
    select content ->> 'text' as id from messaging_messages where direction = 'in'`;
  const texts = new Set(stored.map(({ id }) => id));
  expect(acknowledged.filter((id) => !texts.has(id))).toEqual([]);
  expect(texts.size).toBe(stored.length);
  const [events] = await sql<{ count: number }[]>`
    select count(*)::int from events where name = 'message.received'`;
  expect(events?.count).toBe(stored.length);
  await sql.end();
});
