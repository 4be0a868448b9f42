import { randomPort } from "@aparte/launch/ports.ts";
import { startPostgres, type RunningPostgres } from "@aparte/launch/postgres/start.ts";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "@aparte/launch/until.ts";

/** A cluster of one's own, to be killed at will. */
export type OwnPostgres = {
  /** Superuser URL; the same after each start. */
  readonly url: string;
  /** Ends it as a power cut would; resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts it again on the same files. */
  start(): Promise<void>;
  /** All that it wrote to its log. */
  log(): Promise<string>;
  remove(): Promise<void>;
};

export async function ownPostgres(): Promise<OwnPostgres> {
  const folder = await mkdtemp(join(tmpdir(), "aparte-postgres-"));
  const dataDir = join(folder, "postgres");
  const port = await randomPort();
  let server: RunningPostgres = await startPostgres({ dataDir, port });
  // None outlives the test run, however that ends.
  const killWithUs = () => server.kill();
  process.once("exit", killWithUs);
  const isGone = async (pid: number) => {
    try {
      process.kill(pid, 0);
      return false;
    } catch {
      return true;
    }
  };
  return {
    url: server.url,
    async kill() {
      server.kill();
      await until("Postgres is gone", () => isGone(server.pid));
    },
    async start() {
      server = await startPostgres({ dataDir, port });
      if (server.port !== port) throw new Error(`Postgres had to move to port ${server.port}.`);
    },
    log: () => readFile(`${dataDir}.log`, "utf8"),
    async remove() {
      process.off("exit", killWithUs);
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
