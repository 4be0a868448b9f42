import { createApp } from "@aparte/api/app";
import { until } from "@aparte/launch/until.ts";
import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { textTo } from "../support/conversation.ts";
import { change, delivery, metaOf, wireMessage, wireStatus, type Meta } from "../support/meta-webhook.ts";
import { startWorld, type World } from "../support/world.ts";

let world: World;
let sql: postgres.Sql;
let meta: Meta;
beforeAll(async () => {
  world = await startWorld({ role: "api" });
  sql = postgres(world.database.url, { max: 1, onnotice: () => {} });
  meta = metaOf(world);
});
afterAll(async () => {
  meta?.close();
  await sql?.end();
  await world?.close();
});

const people = 5_000;
const messagesEach = 12;

/** A firm with a past, written straight into the tables. */
async function writePast(): Promise<void> {
  await sql`
    insert into contacts (workspace_id, id, wa_id)
    select workspace_id, gen_random_uuid(), '33633' || (100000 + place)
    from workspaces, generate_series(1, ${people}) place`;
  await sql`
    insert into messaging_conversations (workspace_id, id, channel_id, contact_id)
    select workspace_id, gen_random_uuid(), ${world.channelId}, id from contacts`;
  await sql`
    insert into messaging_messages (workspace_id, id, conversation_id, direction, content, category, state, state_rank, wamid, at,
      delivered_at, opens_window)
    select workspace_id, gen_random_uuid(), id, case when turn % 2 = 0 then 'in' else 'out' end,
      '{"kind": "text", "text": "hello"}', case when turn % 2 = 1 then 'SERVICE' end, 'read', 8,
      'wamid.' || id || turn, now() - turn * interval '1 hour', now() - turn * interval '1 hour', turn % 2 = 0
    from messaging_conversations, generate_series(1, ${messagesEach}) turn`;
  await sql`vacuum analyze`;
}

/** How many messages the server has read, of all connections that are closed by now. */
async function messagesRead(): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select (seq_tup_read + coalesce(idx_tup_fetch, 0))::float8 as count
    from pg_stat_user_tables where relname = 'messaging_messages'`;
  return row?.count ?? 0;
}

it("reads the messages that it is about, not all that a firm has", async () => {
  await writePast();
  const before = await messagesRead();
  const sample = await sql<{ id: string; wamid: string; contactId: string; waId: string }[]>`
    select m.id, m.wamid, v.contact_id as "contactId", c.wa_id as "waId" from messaging_messages m
    join messaging_conversations v on v.workspace_id = m.workspace_id and v.id = m.conversation_id
    join contacts c on c.workspace_id = v.workspace_id and c.id = v.contact_id
    where m.wamid like '%1' and m.direction = 'out' limit 20`;
  const statuses = sample.flatMap(({ id, wamid }) =>
    ["sent", "delivered", "read"].map((status) => wireStatus(wamid, status, { biz_opaque_callback_data: id })),
  );
  const stop = { errors: [{ code: 131_050, title: "Stopped" }], biz_opaque_callback_data: sample[0]?.id };
  const news = sample.flatMap(({ waId, wamid }) => [
    wireMessage(waId, randomUUID()),
    wireMessage(waId, randomUUID(), { type: "reaction", reaction: { message_id: wamid, emoji: "👍" } }),
    wireMessage(waId, randomUUID(), { type: "revoke", revoke: { original_message_id: wamid } }),
  ]);
  const { waba_id: wabaId, phone_number_id: phoneNumberId } = world.whatsapp.identity;
  const lists = { messages: news, statuses: [...statuses, wireStatus("wamid.failed", "failed", stop)] };
  expect(await meta.deliver(delivery(wabaId, [change(phoneNumberId, lists)]))).toBe(200);
  const worker = await createApp({ env: world.app.deps.env });
  worker.start("worker");
  await until("the delivery is understood", async () => {
    const [row] = await sql`select from webhook_deliveries where projected_at is null limit 1`;
    return row === undefined;
  });
  for (const { contactId } of sample) {
    expect(await world.rep.messaging.sendMessage.mutate(textTo(world, contactId))).toMatchObject({ ok: true });
  }
  await until("all is sent", async () => {
    const [row] = await sql`select from messaging_messages where state in ('queued', 'claimed', 'sending') limit 1`;
    return row === undefined;
  });
  // What a connection has read is counted when it closes at the latest.
  await worker.close();
  await world.app.close();
  const read = await messagesRead();
  expect(read - before).toBeGreaterThan(100);
  expect(read - before).toBeLessThan(people * messagesEach);
}, 90_000);
