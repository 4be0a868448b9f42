import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { inject } from "vitest";
import { templateDatabase } from "./postgres-setup.ts";

export type TestDatabase = { readonly url: string; drop(): Promise<void> };

/** A database of one's own, cloned from the migrated template. */
export async function freshDatabase(): Promise<TestDatabase> {
  const admin = postgres(inject("postgresUrl"), { max: 1, onnotice: () => {} });
  const name = `t_${randomUUID().replaceAll("-", "")}`;
  await admin.unsafe(`create database ${name} template ${templateDatabase}`);
  return {
    url: new URL(name, inject("postgresUrl")).href,
    async drop() {
      await admin.unsafe(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}
