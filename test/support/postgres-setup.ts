import { startPostgres } from "@aparte/launch/postgres/start.ts";
import { randomPort } from "@aparte/launch/ports.ts";
import { migrateDatabase } from "@aparte/api/app";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** Superuser URL of the cluster that this run started; its template database is migrated. */
    postgresUrl: string;
    /** File that this cluster writes its log to. */
    postgresLog: string;
  }
}

export const templateDatabase = "aparte_template";

/** One real Postgres per run, in a folder of its own; each test file clones the migrated template from it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "aparte-test-"));
  const dataDir = join(folder, "postgres");
  const server = await startPostgres({ dataDir, port: await randomPort() });
  // None outlives the run, however that ends.
  const killWithUs = () => server.kill();
  process.once("exit", killWithUs);
  const admin = postgres(server.url, { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${templateDatabase}`);
  await admin.end();
  await migrateDatabase(new URL(templateDatabase, server.url).href);
  project.provide("postgresUrl", server.url);
  project.provide("postgresLog", `${dataDir}.log`);
  return async () => {
    process.off("exit", killWithUs);
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
