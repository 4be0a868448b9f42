import { migrateDatabase } from "@aparte/api/app";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import type { OwnPostgres } from "./own-postgres.ts";

const migrations = fileURLToPath(new URL("../../api/migrations", import.meta.url));

/** An empty database of a role that is no superuser, as firms have one. */
export async function ownedDatabase(cluster: OwnPostgres): Promise<string> {
  const superuser = postgres(cluster.url, { max: 1, onnotice: () => {} });
  // The roles stand for the whole server: a database of its own makes them.
  await superuser.unsafe("create database roles");
  await migrateDatabase(new URL("roles", cluster.url).href);
  await superuser.unsafe("create role owner login createrole password 'of the house'");
  await superuser.unsafe("create database owned owner owner");
  await superuser.unsafe("grant aparte_app, aparte_system to owner with admin option");
  await superuser.end();
  const url = new URL("owned", cluster.url);
  url.username = "owner";
  url.password = "of the house";
  return url.href;
}

/** Brings a database to the version of long ago. */
export async function migrateUntil(url: string, last: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "aparte-migrations-"));
  await cp(migrations, folder, { recursive: true });
  const journal = join(folder, "meta/_journal.json");
  const steps = JSON.parse(await readFile(journal, "utf8")) as { entries: { idx: number }[] };
  await writeFile(journal, JSON.stringify({ ...steps, entries: steps.entries.filter(({ idx }) => idx <= last) }));
  const client = postgres(url, { max: 1, onnotice: () => {} });
  await migrate(drizzle(client), { migrationsFolder: folder });
  await client.end();
  await rm(folder, { recursive: true });
}
