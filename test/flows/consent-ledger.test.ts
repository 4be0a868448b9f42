import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "@aparte/launch/until.ts";
import { agreeingPeople, type LedgerPerson } from "../support/ledger.ts";
import { newNumber } from "../support/meta-webhook.ts";
import { seededRandom } from "../support/random.ts";
import { startWorld, type World } from "../support/world.ts";

let world: World;
let sql: postgres.Sql;
let people: readonly LedgerPerson[];
beforeAll(async () => {
  world = await startWorld();
  sql = postgres(world.database.url, { max: 2, onnotice: () => {} });
  people = await agreeingPeople(sql, 400);
});
afterAll(async () => {
  await sql?.end();
  await world?.close();
});

const verify = () => world.admin.consent.verify.query();
const said = { method: "phone_call", wording: "Yes, offers are welcome.", language: "en" } as const;
const someone = () => people[0]?.contactId ?? "";

async function record(action: "given" | "withdrawn", contactId = someone()) {
  const answer = await world.rep.consent.record.mutate({
    ...said,
    contactId,
    action,
    purposes: ["marketing"],
    occurredAt: new Date().toISOString(),
  });
  if (!answer.ok) throw new Error(answer.refused);
  return answer;
}

describe("what is written down", () => {
  it("ends after the months of the firm's policy, and says so at once", async () => {
    const { consent } = await record("given");
    expect(consent.marketing).toMatchObject({ state: "opted_in", by: { wording: said.wording, language: "en" } });
    const until = consent.marketing.state === "opted_in" ? consent.marketing.until : null;
    const months = (Date.parse(until ?? "") - Date.now()) / (30.4375 * 86_400_000);
    expect(Math.round(months)).toBe(24);
  });

  it("is told to have run out when its time is over", async () => {
    const number = newNumber();
    await world.inbound({ from: number, type: "text", text: { body: "Hello" } });
    const contactId = await until("the person is known", async () => {
      const [row] = await sql<{ id: string }[]>`select id from contacts where wa_id = ${number}`;
      return row?.id;
    });
    const given = new Date();
    given.setUTCMonth(given.getUTCMonth() - 25);
    const occurredAt = given.toISOString();
    const input = { ...said, contactId, purposes: ["marketing"], action: "given", occurredAt } as const;
    expect(await world.rep.consent.record.mutate(input)).toMatchObject({
      consent: { marketing: { state: "expired" } },
    });
    const over = await until("the ledger tells it", async () => {
      const history = await world.rep.consent.history.query({ contactId });
      return history.find(({ action }) => action === "expired");
    });
    const months = Math.round((Date.parse(over.occurredAt) - given.getTime()) / (30.4375 * 86_400_000));
    expect({ months, method: over.method }).toEqual({ months: 24, method: "expiry" });
  });

  it("is taken back as a slip by the one who wrote it, and by nobody else", async () => {
    const { entryIds, consent } = await record("withdrawn");
    expect(consent.marketing.state).toBe("opted_out");
    expect(await world.manager.consent.undo.mutate({ entryIds })).toMatchObject({
      ok: false,
      refused: "consent.final",
    });
    expect(await world.rep.consent.undo.mutate({ entryIds: [...entryIds, randomUUID()] })).toMatchObject({ ok: false });
    const undone = await world.rep.consent.undo.mutate({ entryIds });
    expect(undone).toMatchObject({ ok: true, consent: { marketing: { state: "opted_in" } } });
    const actions = (await world.rep.consent.history.query({ contactId: someone() })).map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(["annulled", "withdrawn", "given"]));
  });

  it("is final after half a minute", async () => {
    const written = await sql<{ id: string }[]>`
      with e as (
        insert into consent_entries (workspace_id, id, contact_id, act_id, purpose, action, method, occurred_at, recorded_at,
          actor, source_key, commitment)
        select workspace_id, gen_random_uuid(), contact_id, act_id, purpose, 'withdrawn', method, now(),
          now() - interval '31 seconds', (select id from identity_users where email = 'rita@acme.test'), 'late', commitment
        from consent_entries where contact_id = ${people[1]?.contactId ?? ""} limit 1 returning workspace_id, id, act_id),
      p as (
        insert into consent_proofs (workspace_id, entry_id, salt, wording, evidence)
        select e.workspace_id, e.id, p.salt, p.wording, p.evidence from e join consent_proofs p on p.entry_id = e.act_id)
      select id from e`;
    const entryIds = written.map(({ id }) => id);
    expect(entryIds).toHaveLength(1);
    expect(await world.rep.consent.undo.mutate({ entryIds })).toMatchObject({ refused: "consent.final" });
  });

  it("tells what was known at a moment in the past", async () => {
    const contactId = people[2]?.contactId ?? "";
    const before = new Date().toISOString();
    await record("withdrawn", contactId);
    const at = (moment: string) => world.rep.consent.stateAt.query({ contactId, channelId: null, at: moment });
    expect((await at(before)).marketing.state).toBe("opted_in");
    expect((await at(new Date(Date.now() + 1_000).toISOString())).marketing.state).toBe("opted_out");
  });
});

describe("the chain", () => {
  it("holds for all that was written, and covers each entry once", async () => {
    const [row] = await sql<{ count: number }[]>`select count(*)::int from consent_entries`;
    // The last ones wait for transactions that began before them, wherever in this Postgres.
    const { problems } = await until("each entry has its seal", async () => {
      const told = await verify();
      return told.entries === row?.count ? told : null;
    });
    expect(problems).toEqual([]);
  });

  const changes: readonly (readonly [string, (entryId: string) => Promise<unknown>, readonly string[]])[] = [
    ["another purpose", (id) => sql`update consent_entries set purpose = 'utility' where id = ${id}`, ["changed"]],
    ["another action", (id) => sql`update consent_entries set action = 'withdrawn' where id = ${id}`, ["changed"]],
    [
      "another time",
      (id) => sql`update consent_entries set occurred_at = occurred_at + interval '1 microsecond' where id = ${id}`,
      ["changed"],
    ],
    [
      "another person",
      (id) =>
        sql`update consent_entries set contact_id = (select id from contacts order by id desc limit 1) where id = ${id}`,
      ["changed"],
    ],
    ["other words", (id) => sql`update consent_proofs set wording = 'Yes.' where entry_id = ${id}`, ["proof_changed"]],
    ["no words", (id) => sql`delete from consent_proofs where entry_id = ${id}`, ["proof_missing"]],
    [
      "no entry",
      (id) =>
        sql`with p as (delete from consent_proofs where entry_id = ${id}) delete from consent_entries where id = ${id}`,
      ["missing"],
    ],
    [
      "neither entry nor seal",
      (id) => sql`with p as (delete from consent_proofs where entry_id = ${id}),
        s as (delete from consent_seals where entry_id = ${id}) delete from consent_entries where id = ${id}`,
      ["gap"],
    ],
    [
      "a swap with the next one",
      async (id) => {
        const [next] = await sql<{ id: string }[]>`
          select n.entry_id as id from consent_seals s join consent_seals n on n.seq = s.seq + 1 where s.entry_id = ${id}`;
        const free = randomUUID();
        await sql`update consent_seals set entry_id = ${free} where entry_id = ${id}`;
        await sql`update consent_seals set entry_id = ${id} where entry_id = ${next?.id ?? ""}`;
        await sql`update consent_seals set entry_id = ${next?.id ?? ""} where entry_id = ${free}`;
      },
      ["changed", "changed"],
    ],
  ];

  it.each(changes)("shows %s, and where", async (_, change, kinds) => {
    const [place] = await sql<{ seq: number; entryId: string }[]>`
      select seq::int, entry_id as "entryId" from consent_seals order by seq offset 150 limit 1`;
    await thenPutBack(async () => {
      await change(place?.entryId ?? "");
      const { problems } = await verify();
      expect(problems.map(({ kind }) => kind)).toEqual(kinds);
      const shift = kinds[0] === "gap" ? 1 : 0;
      expect(problems[0]?.seq).toBe((place?.seq ?? 0) + shift);
    });
  });

  it("shows that its end was cut off", async () => {
    await thenPutBack(async () => {
      await sql`delete from consent_seals where seq > (select max(seq) - 5 from consent_seals)`;
      expect((await verify()).problems).toContainEqual(expect.objectContaining({ kind: "cut_off" }));
    });
  });

  it("cannot be shortened together with its head, once its place was written down outside", async () => {
    await until("the chain's place is written down", async () => (await verify()).anchor !== null);
    await thenPutBack(async () => {
      await sql`delete from consent_seals`;
      await sql`delete from consent_heads`;
      expect((await verify()).problems).toContainEqual(expect.objectContaining({ kind: "cut_off" }));
    });
  });

  it("finds every one of 100 changes at once", async () => {
    const random = seededRandom(7);
    const seqs = await sql<{ seq: number; entryId: string }[]>`
      select seq::int, entry_id as "entryId" from consent_seals where seq <= 400`;
    const picked = seqs.toSorted(() => random() - 0.5).slice(0, 100);
    await thenPutBack(async () => {
      for (const { entryId } of picked) await sql`update consent_entries set language = 'xx' where id = ${entryId}`;
      const { problems } = await verify();
      expect(problems.map(({ seq }) => seq)).toEqual(picked.map(({ seq }) => seq).toSorted((a, b) => a - b));
    });
  });

  /** Runs work on a copy of the ledger's tables that is put back afterwards. */
  async function thenPutBack(work: () => Promise<void>): Promise<void> {
    const tables = ["consent_proofs", "consent_entries", "consent_seals", "consent_heads"];
    for (const table of tables) await sql.unsafe(`create table kept_${table} as table ${table}`);
    try {
      await work();
    } finally {
      await sql.begin(async (tx) => {
        // What refers to an entry stays as it is: the same entries come back.
        await tx`set local session_replication_role = replica`;
        for (const table of tables) await tx.unsafe(`delete from ${table}`);
        await tx`insert into consent_entries overriding system value select * from kept_consent_entries`;
        for (const table of tables.filter((name) => name !== "consent_entries")) {
          await tx.unsafe(`insert into ${table} select * from kept_${table}`);
        }
      });
      for (const table of tables) await sql.unsafe(`drop table kept_${table}`);
    }
  }
});
