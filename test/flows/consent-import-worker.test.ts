import type { Child } from "@aparte/launch/process.ts";
import { until } from "@aparte/launch/until.ts";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { consentHeader, consentRow, giveTable, importIs, newNumber, startTable } from "../support/consent-files.ts";
import { killServer, startServer } from "../support/server-process.ts";
import { startWorld, type World } from "../support/world.ts";

let world: World;
let sql: postgres.Sql;
let worker: Child;
beforeAll(async () => {
  world = await startWorld({ role: "api" });
  sql = postgres(world.database.url, { max: 2 });
  worker = await startWorker();
});
afterAll(async () => {
  await worker?.stop();
  await sql?.end();
  await world?.close();
});

function startWorker(): Promise<Child> {
  return startServer({ ...world.app.deps.env, ROLE: "worker", LOG_LEVEL: "info" });
}

/** The worker is killed as soon as so many rows are done; another one starts at once. */
async function killBehind(id: string, rows: number): Promise<void> {
  await until(
    `${rows} rows are done`,
    async () => {
      const [row] = await sql<{ position: number }[]>`select position from consent_imports where id = ${id}`;
      return row !== undefined && row.position >= rows;
    },
    60_000,
  );
  await killServer(worker);
  const [row] = await sql<{ state: string }[]>`select state from consent_imports where id = ${id}`;
  expect(["running", "undoing"]).toContain(row?.state);
  worker = await startWorker();
}

async function entriesOf(id: string): Promise<{ all: number; people: number; annulled: number }> {
  const [row] = await sql<{ all: number; people: number; annulled: number }[]>`
    select count(*) filter (where action = 'imported')::int as all, count(distinct contact_id)::int as people,
      count(*) filter (where action = 'annulled')::int as annulled
    from consent_entries e join consent_proofs p on p.entry_id = e.id where p.evidence ->> 'import' = ${id}`;
  return row ?? { all: 0, people: 0, annulled: 0 };
}

describe("an import of 20,000 rows whose worker is killed twice, and once more while it is undone", () => {
  const rows = 20_000;
  const lines = Array.from({ length: rows }, (_, at) => consentRow(newNumber(), at % 10 === 0 ? { wording: "" } : {}));

  it("goes on where it stopped, and gives nothing twice", async () => {
    const id = await giveTable(world, "consents", [consentHeader, ...lines].join("\n"));
    const counts = { recorded: 18_000, quarantined: 2_000, duplicate: 0, refused: 0, kept_opted_out: 0 };
    expect(await importIs(world, id, "checked", 60_000)).toMatchObject({ total: rows, counts });
    await startTable(world, id);
    await killBehind(id, 3_000);
    await killBehind(id, 9_000);
    expect(await importIs(world, id, "done", 120_000)).toMatchObject({ position: rows, counts });
    expect(await entriesOf(id)).toEqual({ all: 18_000, people: 18_000, annulled: 0 });
    expect(await world.admin.consent.undoImport.mutate({ id })).toMatchObject({ ok: true });
    await killBehind(id, 3_000);
    await importIs(world, id, "undone", 120_000);
    expect(await entriesOf(id)).toEqual({ all: 18_000, people: 18_000, annulled: 18_000 });
    expect(await sql`select count(*)::int as left from consent_states where state = 'opted_in'`).toEqual([{ left: 0 }]);
  }, 240_000);
});
