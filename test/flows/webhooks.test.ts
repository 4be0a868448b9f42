import { createApp, type App } from "@aparte/api/app";
import fc from "fast-check";
import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  bodyOf,
  change,
  delivery,
  metaOf,
  newNumber,
  unixNow,
  wireMessage,
  wireStatus,
  type Meta,
} from "../support/meta-webhook.ts";
import { until } from "@aparte/launch/until.ts";
import { post, startWorld, type World } from "../support/world.ts";

let world: World;
let secondWorker: App;
let sql: postgres.Sql;
let meta: Meta;
let wabaId: string;
let phoneNumberId: string;
beforeAll(async () => {
  world = await startWorld();
  // Two projectors compete for every delivery, as they do in a firm with two machines.
  secondWorker = await createApp({ env: world.app.deps.env });
  secondWorker.start("worker");
  sql = postgres(world.database.url, { max: 2 });
  meta = metaOf(world, 16);
  wabaId = world.whatsapp.identity.waba_id;
  phoneNumberId = world.whatsapp.identity.phone_number_id;
  await post(`${world.whatsapp.url}/_sim/behaviour`, { sent_ms: 3_600_000 });
});
afterAll(async () => {
  meta?.close();
  await sql?.end();
  await secondWorker?.close();
  await world?.close();
});

async function projected(): Promise<void> {
  await until("all deliveries are understood", async () => {
    const [row] = await sql<{ waiting: number }[]>`
      select count(*)::int as waiting from webhook_deliveries where projected_at is null`;
    return row?.waiting === 0;
  });
}

const countOf = async (query: postgres.PendingQuery<{ count: number }[]>) => (await query)[0]?.count;

describe("the same news, told often", () => {
  it("one message in 50 deliveries over 16 connections is one message and one event", async () => {
    const id = randomUUID();
    const body = delivery(wabaId, [change(phoneNumberId, { messages: [wireMessage(newNumber(), id)] })]);
    const answers = await Promise.all(Array.from({ length: 50 }, () => meta.deliver(body)));
    expect(answers.every((status) => status === 200)).toBe(true);
    await projected();
    const stored = await sql<{ id: string }[]>`select id from messaging_messages where wamid = ${`wamid.${id}`}`;
    expect(stored).toHaveLength(1);
    const messageId = stored[0]?.id ?? "";
    expect(
      await countOf(sql`select count(*)::int from events
        where name = 'message.received' and payload ->> 'messageId' = ${messageId}`),
    ).toBe(1);
  });

  it("a message that comes again among others, in another body, is still one", async () => {
    const from = newNumber();
    const [first, second, third] = [randomUUID(), randomUUID(), randomUUID()];
    const bodies = [[first], [second, first], [third, second, first]].map((ids) =>
      delivery(wabaId, [change(phoneNumberId, { messages: ids.map((id) => wireMessage(from, id)) })]),
    );
    await Promise.all(bodies.flatMap((body) => [meta.deliver(body), meta.deliver(body)]));
    await projected();
    expect(
      await countOf(
        sql`select count(*)::int from messaging_messages where content ->> 'text' in ${sql([first, second, third])}`,
      ),
    ).toBe(3);
  });
});

describe("much news in one body", () => {
  it("several entries, changes, messages and statuses yield them all", async () => {
    const [ana, ben, cleo] = [newNumber(), newNumber(), newNumber()];
    const sent = await sendText(ben);
    const message = (from: string, text: string) =>
      wireMessage(from, randomUUID(), { type: "text", text: { body: text } });
    const body = bodyOf([
      {
        id: wabaId,
        changes: [
          change(phoneNumberId, { messages: [message(ana, "one"), message(ana, "two")] }),
          change(phoneNumberId, { messages: [message(ben, "three")], statuses: [wireStatus(sent.wamid, "sent")] }),
        ],
      },
      {
        id: wabaId,
        changes: [
          change(phoneNumberId, { statuses: [wireStatus(sent.wamid, "delivered"), wireStatus(sent.wamid, "read")] }),
          change(phoneNumberId, { messages: [message(cleo, "four"), message(cleo, "five")] }),
        ],
      },
    ]);
    expect(await meta.deliver(body)).toBe(200);
    await projected();
    const rows = await sql<{ person: string; text: string }[]>`
      select p.wa_id as person, m.content ->> 'text' as text from messaging_messages m
      join messaging_conversations c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
      join contacts p on p.workspace_id = c.workspace_id and p.id = c.contact_id
      where m.direction = 'in' and p.wa_id in ${sql([ana, ben, cleo])} and m.content ->> 'text' <> 'hello'
      order by m.seq`;
    expect(rows.map(({ person, text }) => [person, text])).toEqual([
      [ana, "one"],
      [ana, "two"],
      [ben, "three"],
      [cleo, "four"],
      [cleo, "five"],
    ]);
    expect(await stateOf(sent.id)).toMatchObject({ state: "read" });
  });

  it("100 first messages of a new person at once make one contact and one conversation", async () => {
    const from = newNumber();
    const bodies = Array.from({ length: 100 }, () =>
      delivery(wabaId, [change(phoneNumberId, { messages: [wireMessage(from, randomUUID())] })]),
    );
    await Promise.all(bodies.map((body) => meta.deliver(body)));
    await projected();
    const [row] = await sql`
      select count(distinct p.id)::int as contacts, count(distinct c.id)::int as conversations, count(m.id)::int as messages
      from contacts p join messaging_conversations c on c.workspace_id = p.workspace_id and c.contact_id = p.id
      join messaging_messages m on m.workspace_id = c.workspace_id and m.conversation_id = c.id where p.wa_id = ${from}`;
    expect(row).toEqual({ contacts: 1, conversations: 1, messages: 100 });
  });
});

/** A person writes, a rep answers, and Meta has taken the answer but says nothing more. */
async function sendText(from: string): Promise<{ readonly id: string; readonly wamid: string }> {
  await world.inbound({ from, profile_name: "Ben", type: "text", text: { body: "hello" } });
  const contactId = await until("the person is known", async () => {
    const [row] = await sql<{ id: string }[]>`
      select p.id from contacts p join messaging_conversations c on c.workspace_id = p.workspace_id and c.contact_id = p.id
      join messaging_messages m on m.conversation_id = c.id where p.wa_id = ${from}`;
    return row?.id;
  });
  const id = randomUUID();
  await world.rep.messaging.sendMessage.mutate({
    id,
    contactId,
    channelId: world.channelId,
    content: { kind: "text" as const, text: "Hi" },
    replyTo: null,
  });
  const wamid = await until("Meta has taken it", async () => {
    const [row] = await sql<{ wamid: string | null }[]>`
      select wamid from messaging_messages where id = ${id} and state = 'accepted'`;
    return row?.wamid;
  });
  return { id, wamid };
}

async function stateOf(id: string): Promise<Record<string, unknown> | undefined> {
  const [row] = await sql`
    select state, extract(epoch from delivered_at)::int as delivered, extract(epoch from read_at)::int as read, failure_code,
      failure_details, pricing
    from messaging_messages where id = ${id}`;
  return row;
}

const told = unixNow();
const pricing = { billable: true, category: "service", type: "regular" };
const failure = { code: 131026, title: "Message undeliverable", error_data: { details: "Message Undeliverable." } };
/** What Meta may say of one message, with a time of its own for each. */
const sayings: Readonly<Record<string, Record<string, unknown>>> = {
  sent: { timestamp: String(told + 1), pricing },
  failed: { timestamp: String(told + 2), errors: [failure] },
  delivered: { timestamp: String(told + 3), pricing: { ...pricing, type: "free_customer_service" } },
  read: { timestamp: String(told + 4) },
};

describe("albums", () => {
  it("of ten pictures each, from 30 new people at once, make one contact and one conversation each", async () => {
    const people = Array.from({ length: 30 }, newNumber);
    const bodies = people.flatMap((from) =>
      Array.from({ length: 10 }, () => {
        const image = { type: "image", image: { id: "1", mime_type: "image/jpeg", sha256: "x" } };
        return delivery(wabaId, [change(phoneNumberId, { messages: [wireMessage(from, randomUUID(), image)] })]);
      }),
    );
    await Promise.all(bodies.map((body) => meta.deliver(body)));
    await projected();
    const [row] = await sql`
      select count(distinct p.id)::int as contacts, count(distinct c.id)::int as conversations, count(m.id)::int as messages
      from contacts p join messaging_conversations c on c.workspace_id = p.workspace_id and c.contact_id = p.id
      join messaging_messages m on m.workspace_id = c.workspace_id and m.conversation_id = c.id
      where p.wa_id in ${sql(people)}`;
    expect(row).toEqual({ contacts: 30, conversations: 30, messages: 300 });
    // Meeting each other is no reason to set a delivery aside.
    expect(await countOf(sql`select count(*)::int from webhook_deliveries where problem is not null`)).toBe(0);
  });
});

describe("statuses", () => {
  it("end in the same state in whatever order, however often and in however many bodies they come", async () => {
    const ends = new Map<string, unknown>();
    const orders = fc.subarray(Object.keys(sayings), { minLength: 1 }).chain((subset) =>
      fc.tuple(
        fc.constant(subset),
        fc.array(fc.constantFrom(...subset), { maxLength: 4 }).chain((repeats) => {
          const all = [...subset, ...repeats];
          return fc.shuffledSubarray(all, { minLength: all.length });
        }),
        fc.integer({ min: 1, max: 3 }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(orders, async ([subset, order, perBody]) => {
        const { id, wamid } = await sendText(newNumber());
        for (let place = 0; place < order.length; place += perBody) {
          const statuses = order
            .slice(place, place + perBody)
            .map((status) => wireStatus(wamid, status, sayings[status]));
          await meta.deliver(delivery(wabaId, [change(phoneNumberId, { statuses })]));
          await projected();
        }
        const end = await stateOf(id);
        const highest = ["read", "delivered", "failed", "sent"].find((state) => subset.includes(state));
        expect(end?.["state"]).toBe(highest);
        const key = subset.toSorted().join(" ");
        expect(end).toEqual(ends.get(key) ?? end);
        ends.set(key, end);
      }),
      { numRuns: 40, seed: 20_261_122 },
    );
    expect(ends.size).toBeGreaterThan(8);
  });
});

describe("a delivery that cannot be applied", () => {
  it("is found among 150 others, kept, and stops none of them", async () => {
    const from = newNumber();
    await sql`alter table messaging_messages add constraint poison check (content ->> 'text' is distinct from 'poison')`;
    const bodies = Array.from({ length: 151 }, (_, place) => {
      const part = { type: "text", text: { body: place === 75 ? "poison" : `harmless ${from} ${place}` } };
      return delivery(wabaId, [change(phoneNumberId, { messages: [wireMessage(from, randomUUID(), part)] })]);
    });
    // Held back until all are in, so that the poison stands in one batch with the others.
    await sql.begin(async (hold) => {
      await hold`lock table channels in access exclusive mode`;
      await Promise.all(bodies.map((body) => meta.deliver(body)));
    });
    await projected();
    const kept = await sql`select body from webhook_deliveries where problem = 'projection_failed'`;
    expect(kept.map(({ body }) => String(body).includes('"body":"poison"'))).toEqual([true]);
    expect(
      await countOf(
        sql`select count(*)::int from messaging_messages where content ->> 'text' like ${`harmless ${from}%`}`,
      ),
    ).toBe(150);
    await sql`alter table messaging_messages drop constraint poison`;
  });

  it("is tried again when only the moment was wrong", async () => {
    const from = newNumber();
    // Two transactions that wait for each other: Postgres ends one of them, and the same again would succeed.
    await sql.unsafe(`
      create sequence unlucky_moments;
      create function be_unlucky() returns trigger language plpgsql as $$ begin
        if new.content ->> 'text' = 'unlucky' and nextval('unlucky_moments') <= 3 then
          raise exception 'deadlock detected' using errcode = 'deadlock_detected';
        end if;
        return new;
      end $$;
      grant usage on sequence unlucky_moments to aparte_system;
      create trigger unlucky before insert on messaging_messages for each row execute function be_unlucky()`);
    const unlucky = wireMessage(from, randomUUID(), { type: "text", text: { body: "unlucky" } });
    await meta.deliver(delivery(wabaId, [change(phoneNumberId, { messages: [unlucky] })]));
    await projected();
    expect(await countOf(sql`select count(*)::int from messaging_messages where content ->> 'text' = 'unlucky'`)).toBe(
      1,
    );
    await sql.unsafe(
      "drop trigger unlucky on messaging_messages; drop function be_unlucky; drop sequence unlucky_moments",
    );
  });
});
