import type { ImportView } from "@aparte/core/consent-import.ts";
import { randomPort } from "@aparte/launch/ports.ts";
import type { Child } from "@aparte/launch/process.ts";
import { until } from "@aparte/launch/until.ts";
import { randomUUID } from "node:crypto";
import { createWriteStream, openAsBlob } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import postgres from "postgres";
import { consentHeader, consentRow } from "../support/consent-files.ts";
import { ownPostgres, type OwnPostgres } from "../support/own-postgres.ts";
import { killServer, startServer, type ServerEnv } from "../support/server-process.ts";
import { clientOf, tokenOf, type Client } from "../support/sign-in.ts";

export type ImportsResult = {
  readonly rows: number;
  readonly uploadSeconds: number;
  readonly checkSeconds: number;
  readonly runSeconds: number;
  /** Peak of the worker's resident memory, in MB, and what it was before the file came. */
  readonly peakMb: number;
  readonly idleMb: number;
  readonly counts: ImportView["counts"];
  readonly entries: number;
  readonly people: number;
};

const admin = { name: "Ada Admin", email: "ada@imports.test", password: "a password of 15 or more" };
const declaration = "I declare that these people gave their consent as the file says.";
const hourMs = 3_600_000;

/** Imports so many consents in processes of their own, with one kill -9 of the worker half way. */
export async function runImports(rows: number, log: (line: string) => void): Promise<ImportsResult> {
  const folder = await mkdtemp(join(tmpdir(), "aparte-imports-"));
  const cluster = await ownPostgres();
  const port = await randomPort();
  const env = {
    DATABASE_URL: cluster.url,
    DATA_DIR: folder,
    PORT: port,
    PUBLIC_URL: `http://localhost:${port}`,
    MASTER_KEY: Buffer.alloc(32, 9).toString("base64"),
    META_APP_ID: "1",
    META_APP_SECRET: "a secret that no webhook is signed with",
    META_VERIFY_TOKEN: "no webhook comes",
    LOG_LEVEL: "info",
  };
  const api = await startServer({ ...env, ROLE: "api" });
  try {
    return await measure({ rows, log, env, api, cluster, folder });
  } finally {
    await api.stop();
    await cluster.remove();
    await rm(folder, { recursive: true, force: true });
  }
}

type Parts = {
  readonly rows: number;
  readonly log: (line: string) => void;
  readonly env: ServerEnv & { readonly PUBLIC_URL: string };
  readonly api: Child;
  readonly cluster: OwnPostgres;
  readonly folder: string;
};

async function measure({ rows, log, env, api, cluster, folder }: Parts): Promise<ImportsResult> {
  const origin = env.PUBLIC_URL;
  const [, setupToken = ""] = await api.waitForLine(/set-up token: (\S+)/, 10_000);
  await clientOf(origin, null).identity.setUp.mutate({ ...admin, setupToken, workspaceName: "Imports" });
  const watched = watchWorker(await startWorker(env));
  const id = randomUUID();
  const uploaded = await timed(async () => giveFile(origin, id, await writeFile(join(folder, "people.csv"), rows)));
  log(`given in ${uploaded.seconds.toFixed(0)} s`);
  const checked = await timed(() => waitFor(origin, id, ({ state }) => state === "checked"));
  log(`checked in ${checked.seconds.toFixed(0)} s`);
  const run = await timed(async () => {
    await (await signedIn(origin)).consent.startImport.mutate({ id, declaration });
    await waitFor(origin, id, ({ position }) => position * 2 >= rows);
    await watched.replace(() => startWorker(env));
    log("half of it is done; the worker was killed, and another one goes on");
    return waitFor(origin, id, ({ state }) => state === "done");
  });
  const { peakMb, idleMb } = await watched.end();
  const sql = postgres(cluster.url, { max: 1 });
  const [found] = await sql<{ entries: number; people: number }[]>`
    select count(*)::int as entries, count(distinct contact_id)::int as people from consent_entries`;
  await sql.end();
  const seconds = { uploadSeconds: uploaded.seconds, checkSeconds: checked.seconds, runSeconds: run.seconds };
  return {
    rows,
    ...seconds,
    peakMb,
    idleMb,
    counts: run.value.counts,
    entries: found?.entries ?? 0,
    people: found?.people ?? 0,
  };
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly seconds: number }> {
  const start = performance.now();
  const value = await work();
  return { value, seconds: (performance.now() - start) / 1000 };
}

async function startWorker(env: ServerEnv): Promise<Child> {
  return startServer({ ...env, ROLE: "worker" });
}

/** Tokens live five minutes, and an import may take longer. */
async function signedIn(origin: string): Promise<Client> {
  return clientOf(origin, await tokenOf(origin, admin.email, admin.password));
}

async function waitFor(origin: string, id: string, isThere: (view: ImportView) => boolean): Promise<ImportView> {
  let client = await signedIn(origin);
  let asked = 0;
  return until(
    "the import is where it should be",
    async () => {
      asked += 1;
      if (asked % 1_000 === 0) client = await signedIn(origin);
      const view = await client.consent.import.query({ id });
      return view !== null && isThere(view) && view;
    },
    hourMs,
  );
}

async function writeFile(path: string, rows: number): Promise<string> {
  const lines = function* () {
    yield `${consentHeader}\n`;
    for (let at = 0; at < rows; at += 1)
      yield `${consentRow(`336${String(10_000_000 + at)}`, at % 50 === 0 ? { source: "" } : {})}\n`;
  };
  await pipeline(Readable.from(lines()), createWriteStream(path));
  return path;
}

async function giveFile(origin: string, id: string, path: string): Promise<void> {
  const answer = await fetch(`${origin}/imports/consents?id=${id}&name=people.csv`, {
    method: "POST",
    body: await openAsBlob(path),
    headers: { authorization: `Bearer ${await tokenOf(origin, admin.email, admin.password)}` },
  });
  const outcome = (await answer.json()) as { ok?: boolean };
  if (!outcome.ok) throw new Error(`The file was refused: ${answer.status}`);
}

/** Follows the memory of a worker, and of the one that takes its place. */
function watchWorker(first: Child) {
  let worker = first;
  let idleMb = 0;
  let peakMb = 0;
  const look = async () => {
    const status = await readFile(`/proc/${worker.pid}/status`, "utf8").catch(() => "");
    peakMb = Math.max(peakMb, Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024);
    idleMb ||= peakMb;
  };
  const timer = setInterval(() => void look(), 500);
  return {
    async replace(another: () => Promise<Child>) {
      await look();
      await killServer(worker);
      worker = await another();
    },
    async end() {
      await look();
      clearInterval(timer);
      await worker.stop();
      return { peakMb, idleMb };
    },
  };
}
