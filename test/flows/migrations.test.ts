import { migrateDatabase } from "@aparte/api/app";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { glob } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ownPostgres, type OwnPostgres } from "../support/own-postgres.ts";

const apiSources = fileURLToPath(new URL("../../api/src", import.meta.url));

/** Everything that a name of the schema can stand for, as one text: equal texts mean an equal schema. */
async function schemaOf(url: string): Promise<string> {
  const sql = postgres(url, { max: 1 });
  const columns = await sql`
    select table_name, column_name, data_type, is_nullable, column_default, is_identity
    from information_schema.columns where table_schema = 'public' order by 1, ordinal_position`;
  const constraints = await sql`
    select conrelid::regclass::text as owner, conname, pg_get_constraintdef(oid) as text from pg_constraint
    where connamespace = 'public'::regnamespace order by 1, 2`;
  const indexes = await sql`select indexname, indexdef from pg_indexes where schemaname = 'public' order by 1`;
  const policies = await sql`select * from pg_policies order by tablename, policyname`;
  const grants = await sql`
    select relname, relacl::text, relrowsecurity, relforcerowsecurity from pg_class
    where relnamespace = 'public'::regnamespace order by 1`;
  const steps = await sql`select id, hash from drizzle.__drizzle_migrations order by id`;
  await sql.end();
  return JSON.stringify([columns, constraints, indexes, policies, grants, steps], null, 1);
}

let cluster: OwnPostgres;
let superuser: postgres.Sql;
beforeAll(async () => {
  cluster = await ownPostgres();
  superuser = postgres(cluster.url, { max: 1 });
});
afterAll(async () => {
  await superuser?.end();
  await cluster?.remove();
});

async function newDatabase(name: string): Promise<string> {
  await superuser.unsafe(`create database ${name}`);
  return new URL(name, cluster.url).href;
}

describe("migrations", () => {
  it("of three databases at once on a server that has no roles yet all end the same", async () => {
    const urls = await Promise.all(["first", "second", "third"].map(newDatabase));
    await Promise.all(urls.map(migrateDatabase));
    const schemas = await Promise.all(urls.map(schemaOf));
    expect(schemas[0]).toContain("messaging_messages");
    expect(new Set(schemas).size).toBe(1);
  });

  it("by five processes at once happen once", async () => {
    const url = await newDatabase("contested");
    await Promise.all(Array.from({ length: 5 }, () => migrateDatabase(url)));
    expect(await schemaOf(url)).toBe(await schemaOf(new URL("first", cluster.url).href));
  });

  it("that have happened change nothing, roles and contents included", async () => {
    const url = new URL("first", cluster.url).href;
    const sql = postgres(url, { max: 1 });
    await sql`insert into workspaces (workspace_id, name) values (gen_random_uuid(), 'Acme')`;
    const before = await schemaOf(url);
    await migrateDatabase(url);
    expect(await schemaOf(url)).toBe(before);
    const [row] = await sql`select count(*)::int as workspaces from workspaces`;
    expect(row).toEqual({ workspaces: 1 });
    await sql.end();
  });

  it("run as a role that owns its database and is no superuser", async () => {
    await superuser.unsafe("create role owner login createrole password 'of the house'");
    await superuser.unsafe("create database owned owner owner");
    await superuser.unsafe("grant aparte_app, aparte_system to owner with admin option");
    const url = new URL("owned", cluster.url);
    url.username = "owner";
    url.password = "of the house";
    await migrateDatabase(url.href);
    const owner = postgres(url.href, { max: 1, connection: { role: "aparte_system" } });
    expect((await owner`select * from workspaces`).count).toBe(0);
    await owner.end();
  });
});

describe("the tables that the code names", () => {
  it("stand in the database with the same columns, types and emptiness", async () => {
    const sql = postgres(new URL("first", cluster.url).href, { max: 1 });
    const tables = await tablesOfCode();
    const differences: string[] = [];
    for (const table of tables) {
      const { name, columns } = getTableConfig(table);
      const found = await sql<{ name: string; type: string; required: boolean }[]>`
        select attname as name, format_type(atttypid, null) as type, attnotnull as required
        from pg_attribute where attrelid = to_regclass(${name}) and attnum > 0 and not attisdropped`;
      const real = found.map((column) => `${name}.${column.name} ${column.type} ${column.required}`);
      const named = columns.map((column) => `${name}.${column.name} ${column.getSQLType()} ${column.notNull}`);
      differences.push(
        ...real.filter((line) => !named.includes(line)),
        ...named.filter((line) => !real.includes(line)),
      );
    }
    await sql.end();
    expect(tables.length).toBeGreaterThan(12);
    expect(differences).toEqual([]);
  });
});

/** Every table that any file of the API defines. */
async function tablesOfCode(): Promise<PgTable[]> {
  const tables = new Map<string, PgTable>();
  for await (const file of glob("*/tables.ts", { cwd: apiSources })) {
    const module = (await import(/* @vite-ignore */ pathToFileURL(join(apiSources, file)).href)) as object;
    for (const value of Object.values(module)) {
      if (value instanceof PgTable) tables.set(getTableConfig(value).name, value);
    }
  }
  return [...tables.values()];
}
