import postgres from "postgres";
import { until } from "@aparte/launch/until.ts";
import { agreeingPeople } from "../support/ledger.ts";
import { ownDatabase } from "../support/own-database.ts";
import { seededRandom } from "../support/random.ts";
import { startWorld } from "../support/world.ts";

export type LedgerRun = {
  readonly entries: number;
  readonly sealSeconds: number;
  /** Reading the whole chain, when nothing is wrong, and once it was tampered with. */
  readonly verifySeconds: readonly [whole: number, tampered: number];
  readonly wrongAlarms: number;
  readonly mutations: number;
  /** Mutations that the verification did not show at their place. */
  readonly missed: number;
};

/** Ways to change one entry behind our back, as somebody could who may write to the database. */
const changes: readonly ((sql: postgres.Sql, ids: readonly string[]) => Promise<unknown>)[] = [
  (sql, ids) => sql`update consent_entries set action = 'withdrawn' where id = any(${sql.array([...ids])}::uuid[])`,
  (sql, ids) => sql`
    update consent_entries set occurred_at = occurred_at - interval '1 second' where id = any(${sql.array([...ids])}::uuid[])`,
  (sql, ids) => sql`update consent_proofs set wording = 'No' where entry_id = any(${sql.array([...ids])}::uuid[])`,
  (sql, ids) => sql`delete from consent_proofs where entry_id = any(${sql.array([...ids])}::uuid[])`,
  (sql, ids) => sql`
    with p as (delete from consent_proofs where entry_id = any(${sql.array([...ids])}::uuid[]))
    delete from consent_entries where id = any(${sql.array([...ids])}::uuid[])`,
];

/** Writes so many entries, has them sealed, changes some of them one by one, and asks the API what it finds. */
export async function runLedgerCheck(options: {
  readonly seed: number;
  readonly entries: number;
  readonly mutations: number;
  readonly log: (line: string) => void;
}): Promise<LedgerRun> {
  const world = await startWorld({ database: await ownDatabase() });
  const sql = postgres(world.database.url, { max: 2, onnotice: () => {} });
  try {
    const start = performance.now();
    for (let written = 0; written < options.entries; written += 50_000) {
      await agreeingPeople(sql, Math.min(50_000, options.entries - written));
      options.log(`${Math.min(written + 50_000, options.entries)} entries`);
    }
    await until(
      "all is sealed",
      async () => {
        const [row] = await sql<{ seq: number }[]>`select coalesce(max(seq), 0)::int as seq from consent_seals`;
        return row?.seq === options.entries;
      },
      600_000,
    );
    const sealSeconds = (performance.now() - start) / 1000;
    await sql`analyze consent_entries, consent_proofs, consent_seals`;
    const whole = await timed(() => world.admin.consent.verify.query());
    const random = seededRandom(options.seed);
    const seqs = new Set<number>();
    // Two neighbours would share the gap that both leave.
    while (seqs.size < options.mutations) seqs.add(1 + 2 * Math.floor((random() * options.entries) / 2));
    const picked = await sql<{ seq: number; id: string }[]>`
      select seq::int, entry_id as id from consent_seals where seq = any(${sql.array([...seqs])}::bigint[])`;
    for (const [kind, change] of changes.entries()) {
      const mine = picked.filter((_, index) => index % changes.length === kind).map(({ id }) => id);
      if (mine.length > 0) await change(sql, mine);
    }
    const tampered = await timed(() => world.admin.consent.verify.query());
    const shown = new Set(tampered.answer.problems.map(({ seq }) => seq));
    return {
      entries: whole.answer.entries,
      sealSeconds,
      verifySeconds: [whole.seconds, tampered.seconds],
      wrongAlarms: whole.answer.problemCount + [...shown].filter((seq) => !seqs.has(seq)).length,
      mutations: picked.length,
      missed: picked.filter(({ seq }) => !shown.has(seq)).length,
    };
  } finally {
    await sql.end();
    await world.close();
  }
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly answer: T; readonly seconds: number }> {
  const start = performance.now();
  const answer = await work();
  return { answer, seconds: (performance.now() - start) / 1000 };
}
