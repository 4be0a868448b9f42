import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { inject } from "vitest";
import { templateDatabase } from "./postgres-setup.ts";

/** `filesDir`: where the files of that firm lie; it goes with the database. */
export type TestDatabase = { readonly url: string; readonly filesDir: string; drop(): Promise<void> };

/** A database of one's own, cloned from the migrated template. */
export async function freshDatabase(): Promise<TestDatabase> {
  const admin = postgres(inject("postgresUrl"), { max: 1, onnotice: () => {} });
  const name = `t_${randomUUID().replaceAll("-", "")}`;
  await admin.unsafe(`create database ${name} template ${templateDatabase}`);
  const filesDir = await mkdtemp(join(tmpdir(), "aparte-files-"));
  return {
    filesDir,
    url: new URL(name, inject("postgresUrl")).href,
    async drop() {
      await admin.unsafe(`drop database ${name} with (force)`);
      await admin.end();
      await rm(filesDir, { recursive: true, force: true });
    },
  };
}
