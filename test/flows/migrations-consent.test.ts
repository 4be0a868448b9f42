import { migrateDatabase } from "@aparte/api/app";
import { consentPurposes, foldConsent, type ConsentEntry } from "@aparte/core/consent.ts";
import postgres from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { migrateUntil, ownedDatabase } from "../support/old-database.ts";
import { ownPostgres, type OwnPostgres } from "../support/own-postgres.ts";

/** The last step before consent was a ledger. */
const lastStep = 20;

let cluster: OwnPostgres;
beforeAll(async () => {
  cluster = await ownPostgres();
});
afterAll(() => cluster?.remove());

const id = (digits: number) => `01980000-0000-7000-8000-${String(digits).padStart(12, "0")}`;
const w = id(1);

/** What older versions knew of people: who, how, what, for what, in which second. The last two are one person. */
const known = [
  [1, "in_person", "grant", "marketing", 1],
  [2, "in_person", "grant", "marketing", 1],
  [2, "keyword", "withdraw", "marketing", 2],
  [2, "keyword", "withdraw", "utility", 2],
  [3, "keyword", "withdraw", "marketing", 1],
  [3, "web_form", "grant", "marketing", 2],
  [4, "whatsapp_preference", "withdraw", "marketing", 1],
  [4, "in_person", "grant", "marketing", 2],
  [5, "whatsapp_preference", "withdraw", "marketing", 1],
  [5, "whatsapp_preference", "grant", "marketing", 2],
  [5, "in_person", "grant", "marketing", 2],
  [6, "in_person", "grant", "marketing", 3],
  [6, "keyword", "withdraw", "marketing", 3],
  [7, "whatsapp_preference", "withdraw", "marketing", 1],
  [8, "whatsapp_preference", "grant", "marketing", 2],
  [8, "keyword", "withdraw", "utility", 2],
] as const;

async function workAsBefore(sql: postgres.Sql): Promise<void> {
  await sql`insert into workspaces (workspace_id, name) values (${w}, 'Acme')`;
  for (const person of [1, 2, 3, 4, 5, 6, 8, 7]) {
    await sql`insert into contacts (workspace_id, id, wa_id, merged_into)
      values (${w}, ${id(person)}, ${person === 7 ? null : `3361200000${person}`}, ${person === 7 ? id(8) : null})`;
  }
  for (const [place, [person, method, action, purpose, second]] of known.entries()) {
    await sql`insert into consent_events (workspace_id, id, contact_id, purpose, action, method, occurred_at, wording, source_key)
      values (${w}, ${id(100 + place)}, ${id(person)}, ${purpose}, ${action}, ${method}, ${`2026-11-01T09:00:0${second}Z`}, 'x', ${place})`;
  }
}

it("the lists show from the first day on what the ledger says of older versions' consent", async () => {
  const url = await ownedDatabase(cluster);
  await migrateUntil(url, lastStep);
  const sql = postgres(url, { max: 1, onnotice: () => {}, connection: { role: "aparte_system" } });
  await workAsBefore(sql);
  await migrateDatabase(url);
  const entries = await sql<(ConsentEntry & { contactId: string })[]>`
    select e.id, coalesce(c.merged_into, c.id) as "contactId", e.purpose, e.channel_id as "channelId", e.action, e.method,
      to_json(e.occurred_at) #>> '{}' as "occurredAt", null as "expiresAt", e.annuls
    from consent_entries e join contacts c on c.id = e.contact_id`;
  const folded = [...Map.groupBy(entries, ({ contactId }) => contactId)].flatMap(([contactId, own]) => {
    const view = foldConsent(own, { now: new Date(), channelId: null });
    return consentPurposes.flatMap((purpose) => {
      const state = view[purpose];
      return "by" in state ? [`${contactId} ${purpose} ${state.state} ${state.by.id}`] : [];
    });
  });
  const listed = await sql<{ text: string }[]>`
    select concat_ws(' ', contact_id, purpose, state, entry_id) as text from consent_states`;
  expect(new Set(listed.map(({ text }) => text))).toEqual(new Set(folded));
  expect(listed.length).toBe(10);
  await sql.end();
});

it("old events are removed where the owner is no superuser, but for people whose data is kept", async () => {
  const url = new URL("owned", cluster.url);
  url.username = "owner";
  url.password = "of the house";
  const sql = postgres(url.href, { max: 1, onnotice: () => {}, connection: { role: "aparte_system" } });
  await sql`update contacts set held_at = now() where id = ${id(2)}`;
  for (const person of [1, 2]) {
    await sql`insert into events (workspace_id, name, at, payload)
      values (${w}, 'contact.seen', now() - interval '2 years', ${sql.json({ contactId: id(person) })})`;
  }
  const [row] = await sql`select purge_events(${w}, now() - interval '1 year', 10) as removed`;
  expect(row).toEqual({ removed: 1 });
  const left =
    await sql`select payload ->> 'contactId' as "contactId" from events where at < now() - interval '1 year'`;
  expect([...left]).toEqual([{ contactId: id(2) }]);
  await sql.end();
});
