import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestDatabase } from "./database.ts";
import { ownPostgres } from "./own-postgres.ts";

/** A database in a cluster of the run alone, for what is started without a test runner as well. */
export async function ownDatabase(): Promise<TestDatabase> {
  const cluster = await ownPostgres();
  const filesDir = await mkdtemp(join(tmpdir(), "aparte-files-"));
  return {
    url: cluster.url,
    filesDir,
    async drop() {
      await cluster.remove();
      await rm(filesDir, { recursive: true, force: true });
    },
  };
}
