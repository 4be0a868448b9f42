import { createApp } from "@aparte/api/app";
import postgres from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { meet, reaches, textTo } from "../support/conversation.ts";
import { newNumber } from "../support/meta-webhook.ts";
import { startWorld, type World } from "../support/world.ts";

let world: World;
let sql: postgres.Sql;
beforeAll(async () => {
  world = await startWorld();
  sql = postgres(world.database.url, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await sql?.end();
  await world?.close();
});

const heldMessages = 50_000;

/** A campaign that waits for the morning, written straight into the tables. */
async function writeHeldCampaign(): Promise<void> {
  await sql`
    insert into contacts (workspace_id, id, wa_id)
    select workspace_id, gen_random_uuid(), '33633' || (100000 + place)
    from workspaces, generate_series(1, ${heldMessages}) place`;
  await sql`
    insert into messaging_conversations (workspace_id, id, channel_id, contact_id)
    select workspace_id, gen_random_uuid(), ${world.channelId}, id from contacts where wa_id like '33633%'
    on conflict do nothing`;
  await sql`
    insert into messaging_messages (workspace_id, id, conversation_id, direction, content, category, state, state_rank, at,
      origin, lane_id, next_attempt_at, hold_code, hold_until)
    select v.workspace_id, gen_random_uuid(), v.id, 'out', '{"kind": "text", "text": "offer"}', 'MARKETING', 'queued', 1, now(),
      'campaign', v.channel_id, now() + interval '1 hour', 'messaging.quiet_hours', now() + interval '9 hours'
    from messaging_conversations v join contacts c on c.workspace_id = v.workspace_id and c.id = v.contact_id
    where c.wa_id like '33633%'`;
  await sql`vacuum analyze`;
}

/** How many messages the server has read, of all connections that are closed by now. */
async function messagesRead(): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select (seq_tup_read + coalesce(idx_tup_fetch, 0))::float8 as count
    from pg_stat_user_tables where relname = 'messaging_messages'`;
  return row?.count ?? 0;
}

it("finds a reply without a look at a campaign that is held back", { timeout: 90_000 }, async () => {
  const contactId = await meet(world, sql, newNumber());
  await world.app.close();
  await writeHeldCampaign();
  const before = await messagesRead();
  const app = await createApp({ env: world.app.deps.env });
  await app.http.listen({ port: Number(new URL(world.origin).port), host: "::" });
  app.start("all");
  const reply = textTo(world, contactId);
  expect(await world.rep.messaging.sendMessage.mutate(reply)).toMatchObject({ ok: true });
  await reaches(sql, reply.id, "read");
  // What a connection has read is counted when it closes at the latest.
  await app.close();
  expect((await messagesRead()) - before).toBeLessThan(heldMessages / 10);
});
