import { until } from "@aparte/launch/until.ts";
import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { meet, optIn, reaches, textTo } from "../support/conversation.ts";
import { becomes, samples, sendFile } from "../support/files.ts";
import { startWorld, type World } from "../support/world.ts";

const dayMs = 86_400_000;
/** How far the firm's clock is ahead of ours. */
let ahead = 0;
let world: World;
let sql: postgres.Sql;

beforeAll(async () => {
  world = await startWorld({ now: () => new Date(Date.now() + ahead) });
  sql = postgres(world.database.url, { max: 2 });
});
afterAll(async () => {
  await sql?.end();
  await world?.close();
});

/** Moves the clock by two days or more, since a night may be 26 hours away, and waits until the nights that were missed are made up for. */
async function pass(days: number): Promise<void> {
  ahead += days * dayMs;
  const since = new Date(Date.now() + ahead - 60_000).toISOString();
  await until("the night is over", async () => {
    const [row] = await sql`select from privacy_purges where at >= ${since} and kind = 'proofs'`;
    return row;
  });
}

async function person(number: string): Promise<{ contactId: string; fileId: string }> {
  const contactId = await meet(world, sql, number);
  const base64 = Buffer.from(samples.image.bytes).toString("base64");
  const fileId = await sendFile(world, sql, {
    from: number,
    type: "image",
    image: { base64, mime_type: "image/jpeg" },
  });
  await becomes(sql, fileId, "ready");
  return { contactId, fileId };
}

const textsOf = async (contactId: string) => {
  const found = await sql<{ kind: string }[]>`
    select m.content ->> 'kind' as kind from messaging_messages m
    join messaging_conversations v on v.workspace_id = m.workspace_id and v.id = m.conversation_id
    where v.contact_id = ${contactId} order by m.at, m.seq`;
  return found.map(({ kind }) => kind);
};
const preview = async (kind: "messages" | "media" | "webhooks" | "proofs", days: number) =>
  (await world.admin.privacy.previewPurge.query({ kind, days })).count;

/** The kinds of which some purge that is still reported removed something. */
const removedKinds = async () => {
  const found = await sql<{ kind: string }[]>`select distinct kind from privacy_purges where removed > 0`;
  return new Set(found.map(({ kind }) => kind));
};

it("purges each kind when its time is over, says what it will do and what it did", { timeout: 90_000 }, async () => {
  const plain = await person("4915127670001");
  const restricted = await person("4915127670002");
  const held = await person("4915127670003");
  const answer = textTo(world, plain.contactId);
  await world.rep.messaging.sendMessage.mutate(answer);
  await reaches(sql, answer.id, "read");
  await optIn(world, plain.contactId);
  const reason = "a dispute";
  const { contactId } = restricted;
  await world.admin.privacy.keep.mutate({ contactId, keeping: "restriction", on: true, reason });
  await world.admin.privacy.keep.mutate({ contactId: held.contactId, keeping: "hold", on: true, reason });
  await sql`insert into messaging_unknown_facts (workspace_id, kind, payload) select workspace_id, 'odd', '{}' from workspaces`;
  const delivered = (await sql`select from webhook_deliveries`).length;
  expect(delivered).toBeGreaterThan(5);
  expect(await preview("webhooks", 30)).toBe(0);

  await pass(31);
  const left = await sql<{ d: number; u: number }[]>`
    select (select count(*)::int from webhook_deliveries) as d, (select count(*)::int from messaging_unknown_facts) as u`;
  expect(left).toEqual([{ d: 0, u: 0 }]);
  expect(await textsOf(plain.contactId)).toEqual(["text", "media", "text"]);

  await pass(60);
  await becomes(sql, plain.fileId, "gone");
  for (const { fileId } of [restricted, held]) await becomes(sql, fileId, "ready");

  ahead += 100 * dayMs;
  expect(await preview("messages", 180)).toBe(3);
  expect(await textsOf(plain.contactId)).toEqual(["text", "media", "text"]);
  await world.admin.privacy.setRetention.mutate({ kind: "messages", days: 180 });
  await pass(2);
  expect(await textsOf(plain.contactId)).toEqual(["deleted", "deleted", "deleted"]);
  expect(await textsOf(restricted.contactId)).toEqual(["text", "media"]);
  // What limits and prices are computed from is still there.
  const [kept] = await sql`select category, delivered_at from messaging_messages where id = ${answer.id}`;
  expect(kept).toMatchObject({ category: "SERVICE", delivered_at: expect.any(Date) });
  const views = await world.admin.privacy.retention.query();
  expect(views.find(({ kind }) => kind === "messages")).toMatchObject({
    days: 180,
    last: { removed: 3, oldestKept: expect.any(String) },
  });

  expect(await removedKinds()).toEqual(new Set(["webhooks", "unknown", "media", "messages"]));

  await sql`update events set at = at - interval '4 years' where name = 'message.received'`;
  await pass(3 * 365);
  const received = await sql<{ id: string }[]>`
    select payload ->> 'contactId' as id from events where name = 'message.received'`;
  expect(new Set(received.map(({ id }) => id))).toEqual(new Set([restricted.contactId, held.contactId]));
  const people = await sql<{ id: string; known: boolean }[]>`
    select id, wa_id is not null as known from contacts where id in ${sql([plain, restricted, held].map((one) => one.contactId))}`;
  expect(new Map(people.map(({ id, known }) => [id, known]))).toEqual(
    new Map([
      [plain.contactId, false],
      [restricted.contactId, true],
      [held.contactId, true],
    ]),
  );
  expect(await removedKinds()).toEqual(new Set(["prospects", "audit"]));
  expect(await world.admin.consent.verify.query()).toMatchObject({ problems: [] });
});

it("lets words and proofs go when the consent and three more years are over", async () => {
  const { contactId } = await person("4915127670004");
  await optIn(world, contactId, new Date(Date.now() + ahead));
  const proofs = async () =>
    (
      await sql`select from consent_proofs p join consent_entries e on e.id = p.entry_id where e.contact_id = ${contactId}`
    ).length;
  await pass(2);
  expect(await proofs()).toBe(1);
  await sql`update consent_entries set recorded_at = recorded_at - interval '6 years', expires_at = expires_at - interval '6 years'
    where contact_id = ${contactId}`;
  await pass(2);
  expect(await proofs()).toBe(0);
  expect(await sql`select from consent_entries where contact_id = ${contactId}`).toHaveLength(1);
});

it("keeps the proof of what a person allows, however much was written down after it", async () => {
  const { contactId } = await person("4915127670005");
  const given = { contactId, purposes: ["marketing"], action: "given", method: "in_person", wording: "Yes." } as const;
  for (const channelId of [null, world.channelId]) {
    const occurredAt = new Date(Date.now() + ahead).toISOString();
    expect(await world.rep.consent.record.mutate({ ...given, channelId, occurredAt })).toMatchObject({ ok: true });
  }
  await sql`update consent_entries set recorded_at = recorded_at - interval '6 years', expires_at = null
    where contact_id = ${contactId}`;
  await pass(2);
  expect(
    await sql`select from consent_proofs p join consent_entries e on e.id = p.entry_id where e.contact_id = ${contactId}`,
  ).toHaveLength(2);
});

it("never takes from the log what is younger than a year, whoever asks", async () => {
  const now = new Date().toISOString();
  const [row] = await sql<{ id: string }[]>`select workspace_id as id from workspaces`;
  const purge = () =>
    sql.begin(async (tx) => {
      await tx`set local role aparte_system`;
      await tx`select purge_events(${row?.id ?? randomUUID()}, ${now}, 10)`;
    });
  await expect(purge()).rejects.toThrow("events are kept for a year at least");
});
