import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fillWorkspace, workspaceTables, type Table } from "../support/catalogue.ts";
import { freshDatabase, type TestDatabase } from "../support/database.ts";

const [ours, theirs] = [randomUUID(), randomUUID()];

let database: TestDatabase;
let superuser: postgres.Sql;
/** As requests are served: in the role of the application, on one connection. */
let app: postgres.Sql;
let tables: readonly Table[];
let theirRows: Awaited<ReturnType<typeof fillWorkspace>>;
beforeAll(async () => {
  database = await freshDatabase();
  superuser = postgres(database.url, { max: 1, onnotice: () => {} });
  app = postgres(database.url, { max: 1, connection: { role: "aparte_app" }, onnotice: () => {} });
  tables = await workspaceTables(superuser);
  await fillWorkspace(superuser, tables, ours);
  theirRows = await fillWorkspace(superuser, tables, theirs);
});
afterAll(async () => {
  await app?.end();
  await superuser?.end();
  await database?.drop();
});

/** Work in a transaction that belongs to our workspace; it is rolled back. */
async function asUs<T>(work: (tx: postgres.TransactionSql) => Promise<T>): Promise<T> {
  const done = Symbol("done");
  let result: T | typeof done = done;
  await app
    .begin(async (tx) => {
      await tx`select set_config('app.workspace_id', ${ours}, true)`;
      result = await work(tx);
      throw done;
    })
    .catch((error: unknown) => {
      if (error !== done) throw error;
    });
  return result as T;
}

const denied = "42501";

/** How many rows it touched, or `denied`. */
async function attempt(work: (tx: postgres.TransactionSql) => Promise<{ readonly count: number }>): Promise<number> {
  try {
    return (await asUs(work)).count;
  } catch (error) {
    if (error instanceof postgres.PostgresError && error.code === denied) return 0;
    throw error;
  }
}

async function codeOf(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
    return "no error";
  } catch (error) {
    return error instanceof postgres.PostgresError ? error.code : String(error);
  }
}

async function countOf(sql: postgres.Sql | postgres.TransactionSql, table: string): Promise<number> {
  const [row] = await sql<{ count: number }[]>`select count(*)::int from ${sql(table)}`;
  return row?.count ?? -1;
}

/** Runs a check on every table and answers the names of those for which it does not hold. */
async function failing(holds: (table: Table) => Promise<boolean>): Promise<string[]> {
  expect(tables.length).toBeGreaterThan(15);
  const wrong: string[] = [];
  for (const table of tables) if (!(await holds(table))) wrong.push(table.name);
  return wrong;
}

describe("every table, with our workspace set", () => {
  it("shows our row and no other", async () => {
    expect(
      await failing(async ({ name }) => {
        const [all, seen] = [await countOf(superuser, name), await asUs((tx) => countOf(tx, name))];
        const foreign = await asUs((tx) => tx`select from ${tx(name)} where workspace_id = ${theirs}`);
        return all >= 2 && seen === 1 && foreign.count === 0;
      }),
    ).toEqual([]);
  });

  it("lets nobody change or remove a row of theirs", async () => {
    expect(
      await failing(async ({ name }) => {
        const before = await superuser`select * from ${superuser(name)} order by workspace_id`;
        const updated = await attempt(
          (tx) => tx`update ${tx(name)} set workspace_id = workspace_id where workspace_id = ${theirs}`,
        );
        const deleted = await attempt((tx) => tx`delete from ${tx(name)} where workspace_id = ${theirs}`);
        const after = await superuser`select * from ${superuser(name)} order by workspace_id`;
        return updated === 0 && deleted === 0 && JSON.stringify(after) === JSON.stringify(before);
      }),
    ).toEqual([]);
  });

  it("refuses a row for theirs, and to move ours there", async () => {
    expect(
      await failing(async ({ name }) => {
        const row = JSON.stringify(theirRows.get(name));
        const inserted = await codeOf(() =>
          asUs(
            (tx) => tx`
              insert into ${tx(name)} overriding system value
              select * from jsonb_populate_record(null::${tx(name)}, ${row}::text::jsonb)`,
          ),
        );
        const moved = await codeOf(() => asUs((tx) => tx`update ${tx(name)} set workspace_id = ${theirs}`));
        return inserted === denied && moved === denied;
      }),
    ).toEqual([]);
  });
});

describe("every table, with no workspace set", () => {
  it("shows nothing: never set, emptied, and after the transaction that had set it", async () => {
    await app`select set_config('app.workspace_id', '', false)`;
    expect(await failing(async ({ name }) => (await countOf(app, name)) === 0)).toEqual([]);
    await app.begin(async (tx) => {
      await tx`select set_config('app.workspace_id', ${ours}, true)`;
      expect(await countOf(tx, "contacts")).toBe(1);
    });
    expect(await failing(async ({ name }) => (await countOf(app, name)) === 0)).toEqual([]);
    const fresh = postgres(database.url, { max: 1, connection: { role: "aparte_app" } });
    expect(await failing(async ({ name }) => (await countOf(fresh, name)) === 0)).toEqual([]);
    await fresh.end();
  });

  it("refuses a row of any workspace", async () => {
    await app`select set_config('app.workspace_id', '', false)`;
    expect(await codeOf(() => app`insert into contacts (workspace_id, id, wa_id) values (${ours}, ${ours}, '1')`)).toBe(
      denied,
    );
  });
});

describe("what stands behind it", () => {
  it("forces row-level security on every table with a workspace, and no table escapes by having none", async () => {
    const loose = await superuser<{ name: string }[]>`
      select relname as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not (relrowsecurity and relforcerowsecurity)
      order by relname`;
    const withWorkspace = tables.map(({ name }) => name);
    expect(loose.map(({ name }) => name).filter((name) => withWorkspace.includes(name))).toEqual([]);
    // Global on purpose; the application's role must not read one of them.
    const readable = await superuser<{ name: string }[]>`
      select relname as name from pg_class
      where relname in ${superuser(loose.map(({ name }) => name))}
        and has_table_privilege('aparte_app', oid, 'select, insert, update, delete')`;
    expect([loose.length > 5, readable.length]).toEqual([true, 0]);
  });

  it("gives the roles that serve requests nothing to own and no way around", async () => {
    const roles = await superuser`
      select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication
      from pg_roles where rolname in ('aparte_app', 'aparte_system') order by rolname`;
    const nothing = { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false };
    expect(roles).toEqual(
      ["aparte_app", "aparte_system"].map((rolname) =>
        expect.objectContaining({ rolname, ...nothing, rolcanlogin: false, rolreplication: false }),
      ),
    );
    const owned = await superuser`
      select relname from pg_class join pg_roles on pg_roles.oid = relowner where rolname like 'aparte\\_%'`;
    expect(owned.count).toBe(0);
    const [rights] = await superuser`
      select has_schema_privilege('aparte_app', 'public', 'create') as app,
        has_schema_privilege('aparte_system', 'public', 'create') as system,
        pg_has_role('aparte_app', 'aparte_system', 'member') as "appIsSystem"`;
    expect(rights).toEqual({ app: false, system: false, appIsSystem: false });
  });

  it("has no view and no function that would run with its owner's rights", async () => {
    const views = await superuser`
      select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm')
        and not coalesce(reloptions::text like '%security_invoker=true%', false)`;
    const functions = await superuser`
      select proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef
        and not coalesce(proconfig::text like '%search_path=%', false)`;
    expect([views.count, functions.count]).toEqual([0, 0]);
  });

  it("lets no role rewrite history", async () => {
    const rights = await superuser`
      select relname, rolname from pg_class cross join pg_roles
      where relname in ('events', 'consent_entries', 'consent_seals') and rolname in ('aparte_app', 'aparte_system')
        and has_table_privilege(rolname, pg_class.oid, 'update, delete, truncate')`;
    expect(rights.count).toBe(0);
  });
});
