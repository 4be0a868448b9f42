import { appendEntries } from "@aparte/api/app";
import { until } from "@aparte/launch/until.ts";
import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { openDoors } from "../chaos/fence/doors.ts";
import { introduce, openQueue, type Person } from "../chaos/fence/people.ts";
import { watchLedger } from "../chaos/fence/recorded.ts";
import { agreeingPeople } from "../support/ledger.ts";
import { ownDatabase } from "../support/own-database.ts";
import { startWorld, type World } from "../support/world.ts";
import { measure, type Row } from "./load.ts";

const optOuts = 200;
/** One is slow: fewer are enough. */
const [alone, together, atOnce] = [500, 20_000, 1_000];
const verified = 100_000;

/** The ledger of consents and the fence, in a firm of their own whose workers run in this process. */
export async function consentRows(): Promise<Row[]> {
  const world = await startWorld({ database: await ownDatabase() });
  const sql = postgres(world.database.url, { max: 2, onnotice: () => {} });
  try {
    return [...(await optingOut(world, sql)), ...(await appending(world, sql)), ...(await verifying(world, sql))];
  } finally {
    await sql.end();
    await world.close();
  }
}

/** Opting out at the panel, while nothing is sent and while the lane sends to others as fast as it may. */
async function optingOut(world: World, sql: postgres.Sql): Promise<Row[]> {
  const recorder = await watchLedger(sql);
  const doors = openDoors(world, recorder);
  const outOf = (people: readonly Person[]) =>
    measure(people.length, 2, async (place) => {
      const person = people[place];
      if (person) await doors.optOut.panel(person);
    });
  const people = await introduce({ world }, sql, 2 * optOuts);
  await outOf(await introduce({ world }, sql, 30));
  const quiet = await outOf(people.slice(0, optOuts));
  const [first, ...others] = await introduce({ world }, sql, 4_000);
  if (!first) throw new Error("Nobody was introduced.");
  const queue = await openQueue(world, sql, first);
  await queue(others);
  await until("the lane is at work", async () => {
    const [row] = await sql`select from messaging_messages where wamid is not null and direction = 'out' limit 1`;
    return row !== undefined;
  });
  const busy = await outOf(people.slice(optOuts));
  const [left] = await sql<{ queued: number }[]>`
    select count(*)::int as queued from messaging_messages where state = 'queued'`;
  if (!left || left.queued === 0) throw new Error("The lane was done before the opt-outs were.");
  await sql`delete from messaging_messages where state = 'queued'`;
  doors.close();
  await recorder.close();
  return [
    { what: "opting out: nothing is sent", figures: quiet, against: null },
    { what: "opting out: 80 messages a second leave", figures: busy, against: quiet },
  ];
}

/** Entries a second, one in each transaction and a thousand. */
async function appending(world: World, sql: postgres.Sql): Promise<Row[]> {
  const people = await agreeingPeople(sql, atOnce);
  const [workspace] = await sql<{ id: string }[]>`select workspace_id as id from workspaces`;
  const entryOf = (place: number) => ({
    workspaceId: workspace?.id ?? "",
    contactId: people[place % people.length]?.contactId ?? "",
    purpose: "utility" as const,
    channelId: null,
    action: "given" as const,
    method: "in_person" as const,
    occurredAt: new Date().toISOString(),
    expiresAt: null,
    wording: "Yes, please.",
    language: "en",
    actor: null,
    evidence: {},
    annuls: null,
    sourceKey: randomUUID(),
  });
  const rate = async (count: number, size: number): Promise<number> => {
    const start = performance.now();
    for (let from = 0; from < count; from += size) {
      const entries = Array.from({ length: size }, (_, place) => entryOf(from + place));
      await world.app.deps.database.system.transaction((tx) => appendEntries(tx, entries));
    }
    return (count * 1_000) / (performance.now() - start);
  };
  await rate(50, 1);
  const single = await rate(alone, 1);
  return [
    { what: "ledger: one entry in a transaction", figures: single, against: null },
    { what: "ledger: a thousand in a transaction", figures: await rate(together, atOnce), against: single },
  ];
}

/** Entries a second that are verified, compared with entries that are only read. */
async function verifying(world: World, sql: postgres.Sql): Promise<Row[]> {
  for (let written = 0; written < verified; written += 20_000) await agreeingPeople(sql, 20_000);
  const count = async (table: string) => {
    const [row] = await sql<{ count: number }[]>`select count(*)::int from ${sql(table)}`;
    return row?.count ?? 0;
  };
  const entries = await count("consent_entries");
  await until("all is sealed", async () => (await count("consent_seals")) === entries, 600_000);
  const rateOf = async (work: () => Promise<unknown>): Promise<number> => {
    const start = performance.now();
    await work();
    return (entries * 1_000) / (performance.now() - start);
  };
  const read = await rateOf(() => sql`select * from consent_entries`);
  const whole = await rateOf(() => world.admin.consent.verify.query());
  return [
    { what: "ledger: entries that are only read", figures: read, against: null },
    { what: "ledger: entries that are verified", figures: whole, against: read },
  ];
}
