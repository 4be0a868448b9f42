import { createApp, type App } from "@aparte/api/app";
import { until } from "@aparte/launch/until.ts";
import fc from "fast-check";
import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { metaOf, newNumber, unixNow, wireMessage, type Meta } from "../support/meta-webhook.ts";
import { bodies, shuffled, traffic } from "../support/traffic.ts";
import { startWorld, type World } from "../support/world.ts";

let world: World;
let secondWorker: App;
let sql: postgres.Sql;
let meta: Meta;
beforeAll(async () => {
  world = await startWorld();
  secondWorker = await createApp({ env: world.app.deps.env });
  secondWorker.start("worker");
  sql = postgres(world.database.url, { max: 2 });
  meta = metaOf(world, 8);
});
afterAll(async () => {
  meta?.close();
  await sql?.end();
  await secondWorker?.close();
  await world?.close();
});

const place = () => ({
  phoneNumberId: world.whatsapp.identity.phone_number_id,
  people: 40,
  from: unixNow() - 7 * 86_400,
  seconds: 7 * 86_400,
});

async function deliverAll(list: readonly string[]): Promise<void> {
  const answers = await Promise.all(list.map((body) => meta.deliver(body)));
  expect(answers.filter((status) => status !== 200)).toEqual([]);
  // Whoever said stop is answered: a few messages of our own are on their way when all else is understood.
  await until("all deliveries are understood, and what comes of them is over", async () => {
    const [row] = await sql<{ waiting: number }[]>`
      select (select count(*) from webhook_deliveries where projected_at is null)::int
        + (select count(*) from messaging_messages where direction = 'out' and state in ('queued', 'claimed', 'sending')
          or wamid not like 'wamid.S%' and state in ('accepted', 'sent', 'unknown'))::int
        + (select count(*) from event_cursors c where consumer = 'confirmation'
          and exists (select from events e where (e.xid, e.id) > (c.xid, c.id)))::int
        as waiting`;
    return row?.waiting === 0;
  });
}

/** Everything that a delivery can write, without what counts deliveries, time and the order of arrival. */
async function everything(): Promise<Record<string, unknown>> {
  return {
    messages: await sql`
      select wamid, direction, content, context, files, state, at, about_wamid, opens_window, delivered_at, read_at, failure_code,
        m.quoted_wamid,
        (select p.wa_id from messaging_conversations c join contacts p on p.id = c.contact_id where c.id = m.conversation_id) as who
      from messaging_messages m order by wamid`,
    contacts: await sql`select id, wa_id, profile_name, merged_into from contacts order by id`,
    names: await sql`select bsuid, contact_id from contacts_bsuids order by bsuid`,
    consents:
      await sql`select contact_id, purpose, action, method, occurred_at, source_key from consent_entries order by source_key, purpose`,
    statuses: await sql`select wamid, state, at from messaging_statuses order by wamid, state`,
    channels: await sql`select phone_number_id, verified_name, messaging_limit, name_decision, problem from channels`,
    news: await sql`select field, event, at from channels_news order by fingerprint`,
    files: await sql`select id, mime_type from media_files order by id`,
    unknown: await sql`select kind, payload from messaging_unknown_facts order by kind, payload::text`,
    events: (await sql`select count(*)::int from events where name not like 'file.%' and name not like 'crm.%'`)[0],
  };
}

it("a week that is told again, shuffled and in other bodies, changes nothing", async () => {
  const week = traffic(11, 3000, place());
  const { waba_id: wabaId } = world.whatsapp.identity;
  await deliverAll(shuffled(1, bodies(wabaId, shuffled(2, week), 25)));
  const first = await everything();
  expect(first["messages"]).toHaveProperty(
    "length",
    new Set((first["messages"] as { wamid: string }[]).map((row) => row.wamid)).size,
  );
  expect((first["messages"] as unknown[]).length).toBeGreaterThan(1500);
  await deliverAll([...bodies(wabaId, shuffled(3, week), 200), ...bodies(wabaId, shuffled(4, week), 7)]);
  expect(await everything()).toEqual(first);
}, 180_000);

it("a body in which something is broken never costs a 500, nor what stands beside it", async () => {
  const { waba_id: wabaId, phone_number_id: phoneNumberId } = world.whatsapp.identity;
  const updates = traffic(12, 400, place());
  const sound: string[] = [];
  const broken: string[] = [];
  fc.assert(
    fc.property(fc.nat(updates.length - 1), fc.nat(), fc.jsonValue(), (index, spot, junk) => {
      const update = updates[index];
      if (!update) return;
      const id = randomUUID();
      const metadata = { display_phone_number: "33199004210", phone_number_id: phoneNumberId };
      const beside = {
        field: "messages",
        value: { messaging_product: "whatsapp", metadata, messages: [wireMessage(newNumber(), id)] },
      };
      const entry = [{ id: wabaId, changes: [replaceAt({ ...update }, spot, junk), beside] }, junk];
      sound.push(id);
      broken.push(JSON.stringify({ object: "whatsapp_business_account", entry }));
    }),
    { numRuns: 400, seed: 5 },
  );
  await deliverAll(broken);
  const stored =
    await sql`select wamid from messaging_messages where wamid in ${sql(sound.map((id) => `wamid.${id}`))}`;
  expect(stored.length).toBe(sound.length);
  const [problems] = await sql<
    { count: number }[]
  >`select count(*)::int from webhook_deliveries where problem is not null`;
  expect(problems?.count).toBe(0);
}, 180_000);

/** Puts junk in the place of one value somewhere in the tree, chosen by a number. */
function replaceAt(tree: unknown, spot: number, junk: unknown): unknown {
  if (typeof tree !== "object" || tree === null) return junk;
  const keys = Object.keys(tree);
  const key = keys[spot % keys.length];
  if (key === undefined || spot % 7 === 0) return junk;
  const child = (tree as Record<string, unknown>)[key];
  const changed = { ...tree, [key]: replaceAt(child, Math.floor(spot / keys.length), junk) };
  return Array.isArray(tree) ? Object.values(changed) : changed;
}
