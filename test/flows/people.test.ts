import { createApp, type App } from "@aparte/api/app";
import { until } from "@aparte/launch/until.ts";
import postgres from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { delivery, metaOf, unixNow, type Meta } from "../support/meta-webhook.ts";
import { seededRandom } from "../support/random.ts";
import { startWorld, type World } from "../support/world.ts";

/**
 * A thousand people write at once, in any order. They change their numbers and with them their BSUIDs, take over numbers that
 * others gave up, and hide them. Each message says who wrote it, so that the database can be asked whether it lies there.
 */

const people = 1000;
const secondsPerLife = 100;

let world: World;
let secondWorker: App;
let sql: postgres.Sql;
let meta: Meta;
beforeAll(async () => {
  world = await startWorld();
  secondWorker = await createApp({ env: world.app.deps.env });
  secondWorker.start("worker");
  sql = postgres(world.database.url, { max: 2 });
  meta = metaOf(world, 16);
});
afterAll(async () => {
  meta?.close();
  await sql?.end();
  await secondWorker?.close();
  await world?.close();
});

type Name = { readonly bsuid: string; readonly number: string };

/** In each life a person has another BSUID. Numbers are passed on: in the second life the neighbour's of the first. */
function nameOf(person: number, life: number): Name {
  const owner = (person + life) % people;
  return { bsuid: `FR.${person}x${life}`, number: `3363${String(owner).padStart(7, "0")}` };
}

function tell(person: number, next: () => number): unknown[] {
  const lives = next() % 3 === 0 ? 2 : 1;
  // Neighbours change at the same second: whoever gave a number up is heard of before or after whoever took it.
  return Array.from({ length: lives }, (_, life) => life).flatMap((life) => {
    const start = unixNow() - 3600 + life * secondsPerLife;
    const { bsuid, number } = nameOf(person, life);
    const messages = [1, 2, 3].map((turn) => {
      const shown = next() % 4 !== 0;
      const id = `p${person}l${life}m${turn}`;
      return {
        messaging_product: "whatsapp",
        contacts: [{ profile: { name: `Person ${person}` }, user_id: bsuid, ...(shown ? { wa_id: number } : {}) }],
        messages: [
          {
            ...(shown ? { from: number } : {}),
            from_user_id: bsuid,
            id: `wamid.${id}`,
            timestamp: String(start + turn),
            type: "text",
            text: { body: `person ${person}` },
          },
        ],
      };
    });
    return life === 0 ? messages : [...messages, changeOf(person, start)];
  });
}

function changeOf(person: number, at: number): unknown {
  const [before, after] = [nameOf(person, 0), nameOf(person, 1)];
  const system = {
    type: "user_changed_number",
    body: "The number has changed.",
    wa_id: after.number,
    user_id: after.bsuid,
    previous_user_id: before.bsuid,
  };
  const id = `wamid.p${person}change`;
  return {
    messaging_product: "whatsapp",
    messages: [{ from: before.number, id, timestamp: String(at), type: "system", system }],
  };
}

it("never puts a message under another person, in whatever order it comes", async () => {
  const random = seededRandom(7);
  const next = () => Math.floor(random() * 1_000_000);
  const metadata = { display_phone_number: "33199004210", phone_number_id: world.whatsapp.identity.phone_number_id };
  const values = Array.from({ length: people }, (_, person) => tell(person, next)).flat();
  const shuffled = values.map((value) => ({ value, key: next() })).toSorted((a, b) => a.key - b.key);
  const bodies: string[] = [];
  while (shuffled.length > 0) {
    const changes = shuffled
      .splice(0, 1 + (next() % 20))
      .map(({ value }) => ({ field: "messages", value: { ...(value as object), metadata } }));
    bodies.push(delivery(world.whatsapp.identity.waba_id, changes));
  }
  const answers = await Promise.all([...bodies, ...bodies.slice(0, 50)].map((body) => meta.deliver(body)));
  expect(answers.every((status) => status === 200)).toBe(true);
  await until("all deliveries are understood", async () => {
    const [row] = await sql<{ waiting: number }[]>`
      select count(*)::int as waiting from webhook_deliveries where projected_at is null`;
    return row?.waiting === 0;
  });

  const [problems] = await sql<{ count: number }[]>`
    select count(*)::int from webhook_deliveries where problem is not null`;
  expect(problems?.count).toBe(0);
  const [texts] = await sql<{ count: number }[]>`
    select count(*)::int from messaging_messages where content ->> 'kind' = 'text'`;
  expect(texts?.count).toBe(values.filter((value) => !JSON.stringify(value).includes('"system"')).length);
  const strangers = await sql`
    select c.contact_id from messaging_messages m
    join messaging_conversations c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
    where m.content ->> 'kind' = 'text' group by 1 having count(distinct m.content ->> 'text') > 1`;
  expect(strangers).toHaveLength(0);
  const split = await sql`
    select m.content ->> 'text' from messaging_messages m
    join messaging_conversations c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
    where m.content ->> 'kind' = 'text' group by 1 having count(distinct c.contact_id) > 1`;
  expect(split).toHaveLength(0);
  const [owners] = await sql<{ wrong: number }[]>`
    select count(*)::int as wrong from contacts c
    join contacts_bsuids b on b.workspace_id = c.workspace_id and b.contact_id = c.id
    where c.wa_id is not null and c.merged_into is null and b.bsuid like '%x1'
      and c.wa_id <> '3363' || lpad((((substring(b.bsuid from 'FR\.(\d+)x'))::int + 1) % ${people})::text, 7, '0')`;
  expect(owners?.wrong).toBe(0);
}, 120_000);

it("goes by the newest name that a person gives themselves, whatever comes last", async () => {
  const { waba_id: wabaId, phone_number_id: phoneNumberId } = world.whatsapp.identity;
  const metadata = { display_phone_number: "33199004210", phone_number_id: phoneNumberId };
  for (const [name, ago] of [
    ["Old", 90],
    ["New", 10],
    ["Older", 900],
  ] as const) {
    const from = { from: "33699990009", from_user_id: "FR.names" };
    const message = {
      ...from,
      id: `wamid.${name}`,
      timestamp: String(unixNow() - ago),
      type: "text",
      text: { body: name },
    };
    const contacts = [{ profile: { name }, wa_id: "33699990009", user_id: "FR.names" }];
    const value = { messaging_product: "whatsapp", metadata, contacts, messages: [message] };
    expect(await meta.deliver(delivery(wabaId, [{ field: "messages", value }]))).toBe(200);
    await until("the message is there", async () => {
      const found = await sql`select from messaging_messages where wamid = ${`wamid.${name}`}`;
      return found.length > 0;
    });
  }
  const names = await sql`select profile_name from contacts where wa_id = '33699990009'`;
  expect(names).toEqual([{ profile_name: "New" }]);
});

it("keeps a stop that was said under a new id before the change was known", async () => {
  const { waba_id: wabaId, phone_number_id: phoneNumberId } = world.whatsapp.identity;
  const metadata = { display_phone_number: "33199004210", phone_number_id: phoneNumberId };
  const tellOne = async (message: object) => {
    const value = { messaging_product: "whatsapp", metadata, messages: [message] };
    expect(await meta.deliver(delivery(wabaId, [{ field: "messages", value }]))).toBe(200);
  };
  const text = (body: string) => ({ type: "text", text: { body }, timestamp: String(unixNow()) });
  await tellOne({ from: "33699990001", from_user_id: "FR.old1", id: "wamid.before", ...text("hello") });
  await tellOne({ from: "33699990002", from_user_id: "FR.new1", id: "wamid.stop", ...text("STOP") });
  const system = { type: "user_changed_number", wa_id: "33699990002", user_id: "FR.new1", previous_user_id: "FR.old1" };
  await tellOne({ from: "33699990001", id: "wamid.change", timestamp: String(unixNow()), type: "system", system });
  const contactId = await until("the two are one", async () => {
    const [row] = await sql<{ contactId: string }[]>`
      select c.contact_id as "contactId" from messaging_messages m
      join messaging_conversations c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
      where m.wamid in ('wamid.before', 'wamid.stop', 'wamid.change') group by 1 having count(*) = 3`;
    return row?.contactId;
  });
  const history = await world.rep.consent.history.query({ contactId });
  expect(history.map(({ action, method }) => [action, method])).toContainEqual(["withdrawn", "keyword"]);
});
