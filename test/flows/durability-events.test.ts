import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { meet } from "../support/conversation.ts";
import { change, delivery, metaOf, newNumber, unixNow, wireMessage } from "../support/meta-webhook.ts";
import { openStream } from "../support/stream.ts";
import { until } from "@aparte/launch/until.ts";
import { startWorld, type World } from "../support/world.ts";

let world: World;
let sql: postgres.Sql;
beforeAll(async () => {
  world = await startWorld();
  sql = postgres(world.database.url, { max: 2 });
});
afterAll(async () => {
  await sql?.end();
  await world?.close();
});

it("the log of news is read by number, not by spelling: none is passed over behind a longer one", async () => {
  const contactId = await meet(world, sql, newNumber());
  const [first] = await sql<{ id: string; place: string; workspaceId: string }[]>`
    select m.id, c.id as place, m.workspace_id as "workspaceId" from messaging_messages m
    join messaging_conversations c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
    where c.contact_id = ${contactId}`;
  const refer = (messageId: string) => sql.json({ messageId, conversationId: first?.place ?? "", contactId });
  // More news than one page holds stand under transaction 10; what stands under 9 came before them.
  await sql`delete from events where payload ->> 'contactId' = ${contactId}`;
  await sql`
    insert into events (workspace_id, xid, name, payload)
    select ${first?.workspaceId ?? ""}, '10', 'message.changed', ${refer(randomUUID())} from generate_series(1, 700)`;
  await sql`
    insert into events (workspace_id, xid, name, payload)
    values (${first?.workspaceId ?? ""}, '9', 'message.received', ${refer(first?.id ?? "")})`;
  const stream = await openStream(world.origin, world.tokens.rep, {
    contactId,
    channelId: world.channelId,
    cursor: "0.0",
  });
  await until("the first news is told", async () => stream.text().includes(first?.id ?? "?"));
  stream.close();
});

it("deliveries are understood in the order in which they came", async () => {
  const meta = metaOf(world, 1);
  const { waba_id: wabaId, phone_number_id: phoneNumberId } = world.whatsapp.identity;
  const [from, timestamp] = [newNumber(), String(unixNow())];
  const texts = Array.from({ length: 450 }, (_, place) => `number ${place}`);
  await sql.begin(async (hold) => {
    await hold`lock table channels in access exclusive mode`;
    for (const body of texts) {
      const message = wireMessage(from, randomUUID(), { timestamp, type: "text", text: { body } });
      await meta.deliver(delivery(wabaId, [change(phoneNumberId, { messages: [message] })]));
    }
  });
  meta.close();
  const stored = await until("all are there", async () => {
    const rows = await sql<{ text: string }[]>`
      select m.content ->> 'text' as text from messaging_messages m
      join messaging_conversations c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
      join contacts p on p.workspace_id = c.workspace_id and p.id = c.contact_id
      where p.wa_id = ${from} order by m.at, m.seq`;
    return rows.length === texts.length && rows;
  });
  expect(stored.map(({ text }) => text)).toEqual(texts);
});

it("news wakes those whom it is about and nobody else; a notice that names nothing wakes all", async () => {
  const [mine, other] = [newNumber(), newNumber()];
  const [contactId, otherId] = [await meet(world, sql, mine), await meet(world, sql, other)];
  const calls = { mine: 0, other: 0, policy: 0 };
  const { wake } = world.app.deps;
  const stops = [
    wake.onNews(
      (notice) => notice.contactId === contactId,
      () => (calls.mine += 1),
    ),
    wake.onNews(
      (notice) => notice.contactId === otherId,
      () => (calls.other += 1),
    ),
    wake.onNews(
      ({ name }) => name === "policy.changed",
      () => (calls.policy += 1),
    ),
  ];
  await world.inbound({ from: mine, type: "text", text: { body: "Hello" } });
  await until("its readers are woken", async () => calls.mine > 0);
  expect(calls).toMatchObject({ other: 0, policy: 0 });
  await sql`select pg_notify('aparte_events', '')`;
  await until("all are woken", async () => calls.other === 1 && calls.policy === 1);
  for (const stop of stops) stop();
});
