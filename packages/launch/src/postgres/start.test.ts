import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, mkdir, mkdtemp, readFile, readdir, readlink, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { randomPort } from "../ports.ts";
import { isRunning } from "../process-table.ts";
import { type RunningPostgres, startPostgres } from "./start.ts";

// Each test makes a cluster of its own: under a second on a quiet laptop, many on a busy one.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;

let home: string;
let dataDir: string;
const servers: RunningPostgres[] = [];
const children: ChildProcess[] = [];
/** Servers whose launcher a test kills. */
const leftBehind: number[] = [];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "aparte-postgres-"));
  await chmod(home, 0o755);
  dataDir = join(home, "cluster");
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  for (const server of servers.splice(0)) await server.stop();
  for (const pid of leftBehind.splice(0)) if (isRunning(pid)) process.kill(pid, "SIGKILL");
  await rm(home, { recursive: true, force: true });
});

async function start(directory = dataDir, log?: (line: string) => void): Promise<RunningPostgres> {
  const server = await startPostgres({ dataDir: directory, port: await randomPort(), ...(log ? { log } : {}) });
  servers.push(server);
  return server;
}

async function query<Row extends object>(url: string, text: string): Promise<Row[]> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return [...(await sql.unsafe<Row[]>(text))];
  } finally {
    await sql.end();
  }
}

/** Starts the cluster from a process of its own, as a second launcher would, and waits for its one line of JSON. */
async function startElsewhere(options: { uid?: number; env?: NodeJS.ProcessEnv } = {}): Promise<{
  launcher: ChildProcess;
  pid: number;
  url: string;
}> {
  const script = `
    const { startPostgres } = await import(process.argv[1]);
    const { pid, url } = await startPostgres({ dataDir: process.argv[2], port: Number(process.argv[3]) });
    console.log(JSON.stringify({ pid, url }));
    setInterval(() => {}, 1000);`;
  const module = new URL("./start.ts", import.meta.url).href;
  const args = ["--input-type=module", "-e", script, module, dataDir, String(await randomPort())];
  const { uid, env = process.env } = options;
  const launcher = spawn(process.execPath, args, {
    env,
    stdio: ["ignore", "pipe", "inherit"],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  children.push(launcher);
  const ended = once(launcher, "exit").then(() => Promise.reject(new Error("the launcher ended before it was ready")));
  const [chunk] = (await Promise.race([once(launcher.stdout, "data"), ended])) as [Buffer];
  ended.catch(() => {});
  const server = JSON.parse(chunk.toString()) as { pid: number; url: string };
  leftBehind.push(server.pid);
  return { launcher, ...server };
}

describe("a cluster", () => {
  test("starts on loopback only, durable, and keeps its rows over a stop", async () => {
    const first = await start();
    expect(first.port).toBeLessThan(32_768);
    await query(first.url, "create table note (body text); insert into note values ('kept')");
    const [settings] = await query<Record<string, string>>(
      first.url,
      `select current_setting('listen_addresses') as listen, current_setting('synchronous_commit') as commit,
        current_setting('fsync') as fsync, current_setting('password_encryption') as password,
        current_setting('server_encoding') as encoding, lower('ÉTÉ') as folded`,
    );
    expect(settings).toEqual({
      listen: "127.0.0.1",
      commit: "on",
      fsync: "on",
      password: "scram-sha-256",
      encoding: "UTF8",
      folded: "été",
    });
    await first.stop();
    await expect(query(first.url, "select 1")).rejects.toThrow("ECONNREFUSED");

    const second = await start();
    expect(second.pid).not.toBe(first.pid);
    expect(await query(second.url, "select body from note")).toEqual([{ body: "kept" }]);
  });

  test("asks for the password that only its owner can read", async () => {
    const server = await start();
    const url = new URL(server.url);
    const file = `${dataDir}.password`;
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, "utf8")).toBe(url.password);
    url.password = "guess";
    await expect(query(url.href, "select 1")).rejects.toThrow("password authentication failed");
  });

  test("killed in mid-work, comes back at once with every committed row", async () => {
    const first = await start();
    await query(first.url, "create table note (n int)");
    const busy = postgres(first.url, { max: 8 });
    await Promise.all(Array.from({ length: 200 }, (_, n) => busy`insert into note values (${n})`));
    // A session that computes does not notice at once that its server is gone, and holds on to the shared memory.
    const computing = busy`do $$ declare finish timestamptz := clock_timestamp() + interval '2 seconds';
      begin while clock_timestamp() < finish loop end loop; end $$`.catch((error: unknown) => error);
    await busy`insert into note values (200)`;
    first.kill();
    const second = await start();
    expect(await query(second.url, "select count(*)::int as rows from note")).toEqual([{ rows: 201 }]);
    expect(await readFile(`${dataDir}.log`, "utf8")).toContain("is still in use");
    await busy.end({ timeout: 0 });
    await computing;
  });

  test("stands beside another one on the same machine", async () => {
    const [one, other] = await Promise.all([start(), start(join(home, "other"))]);
    expect(one.port).not.toBe(other.port);
    await query(one.url, "create table only_here ()");
    await expect(query(other.url, "select from only_here")).rejects.toThrow("does not exist");
  });

  test("keeps statements and key values out of its log", async () => {
    const server = await start();
    await query(server.url, "create table person (phone text primary key); insert into person values ('33612345678')");
    await expect(query(server.url, "insert into person values ('33612345678')")).rejects.toThrow("duplicate key");
    const log = await readFile(`${dataDir}.log`, "utf8");
    expect(log).toContain("duplicate key");
    expect(log).not.toContain("33612345678");
  });
});

describe("a server that already runs", () => {
  test("is adopted after its launcher was killed", async () => {
    const { launcher, pid, url } = await startElsewhere();
    await query(url, "create table note (body text); insert into note values ('kept')");
    launcher.kill("SIGKILL");
    await once(launcher, "exit");

    const lines: string[] = [];
    const adopted = await start(dataDir, (line) => lines.push(line));
    expect(adopted.pid).toBe(pid);
    expect(adopted.url).toBe(url);
    expect(lines).toEqual([expect.stringContaining("adopted")]);
    // Nobody of ours is the parent of an adopted server, so where process 1 reaps nothing it stays in the process table.
    adopted.kill();
    const recovered = await start();
    expect(await query(recovered.url, "select body from note")).toEqual([{ body: "kept" }]);
    await recovered.stop();
    await expect(query(recovered.url, "select 1")).rejects.toThrow("ECONNREFUSED");
  });

  test("is one for launchers that start at the same moment", async () => {
    const [one, other] = await Promise.all([start(), start()]);
    expect(other.pid).toBe(one.pid);
    expect(await readdir(home)).toEqual(["cluster", "cluster.log", "cluster.password"]);
  });

  test("is refused when it does not know our password", async () => {
    const server = await start();
    await query(server.url, "alter user postgres password 'changed'");
    await expect(startPostgres({ dataDir })).rejects.toThrow("does not know our password");
  });

  test("is not mistaken for a program that got its process id after a power cut", async () => {
    const first = await start();
    first.kill();
    await (await start()).stop();
    const owner = (await stat(dataDir)).uid;
    const stranger = spawn("sleep", ["600"], isRoot ? { uid: owner } : {});
    children.push(stranger);
    const lines = [stranger.pid, dataDir, "1700000000", first.port, "", "127.0.0.1", "", "ready", ""];
    await writeFile(join(dataDir, "postmaster.pid"), lines.join("\n"), { mode: 0o600 });
    await chown(join(dataDir, "postmaster.pid"), owner, (await stat(dataDir)).gid);
    const second = await start();
    expect(second.pid).not.toBe(stranger.pid);
    expect(stranger.exitCode).toBeNull();
  });
});

describe("a directory that is not ours to open", () => {
  test("of another major version is refused with the way out", async () => {
    await (await start()).stop();
    await writeFile(join(dataDir, "PG_VERSION"), "17\n");
    await expect(startPostgres({ dataDir })).rejects.toThrow(/made by Postgres 17.*brings Postgres 18.*DATABASE_URL/s);
    expect(await readFile(join(dataDir, "PG_VERSION"), "utf8")).toBe("17\n");
  });

  test("with other files in it is left alone", async () => {
    await mkdir(dataDir);
    await writeFile(join(dataDir, "holiday.jpg"), "");
    await expect(startPostgres({ dataDir })).rejects.toThrow("neither empty nor a Postgres data directory");
    expect(await readdir(dataDir)).toEqual(["holiday.jpg"]);
  });

  test("whose password file is lost is refused", async () => {
    await (await start()).stop();
    await rm(`${dataDir}.password`);
    await expect(startPostgres({ dataDir })).rejects.toThrow("cluster.password is missing");
  });
});

test("what a killed first start left behind is cleared away", async () => {
  const maker = spawn(process.execPath, ["--version"]);
  await once(maker, "exit");
  await mkdir(`${dataDir}.new-${maker.pid}-abc`);
  await start();
  expect(await readdir(home)).toEqual(["cluster", "cluster.log", "cluster.password"]);
});

describe.runIf(isRoot)("started by root", () => {
  test("Postgres runs under another account", async () => {
    await start();
    expect((await stat(dataDir)).uid).not.toBe(0);
  });

  test("below a directory that only root may enter", async () => {
    await chmod(home, 0o700);
    const first = await start();
    await query(first.url, "create table note (body text); insert into note values ('kept')");
    first.kill();
    const second = await start();
    expect(await query(second.url, "select body from note")).toEqual([{ body: "kept" }]);
  });

  test("below such a directory where user namespaces are forbidden", async () => {
    await chmod(home, 0o700);
    const { launcher, url, pid } = await startElsewhere({ env: { PATH: "/nonexistent" } });
    const outside = await readlink(dataDir);
    try {
      expect(outside).toMatch(/^\/var\/lib\/aparte-/);
      await query(url, "create table note (body text); insert into note values ('kept')");
      launcher.kill("SIGKILL");
      const adopted = await start();
      expect(adopted.pid).toBe(pid);
      await adopted.stop();
    } finally {
      await rm(dirname(outside), { recursive: true, force: true });
    }
    // What stood outside is gone: the link leads nowhere, and a new cluster begins.
    const anew = await start();
    await expect(query(anew.url, "select body from note")).rejects.toThrow("does not exist");
  });

  test("an ordinary user starts it too, and keeps it to itself", async (context) => {
    const reach = spawn(process.execPath, ["--check", new URL(import.meta.url).pathname], { uid: NOBODY, gid: NOBODY });
    const [code] = (await once(reach, "close").catch(() => [1])) as [number];
    context.skip(code !== 0, "this checkout stands where no other user may enter");
    await chown(home, NOBODY, NOBODY);
    const { url } = await startElsewhere({ uid: NOBODY });
    expect(await query(url, "select 1 as one")).toEqual([{ one: 1 }]);
    expect((await stat(dataDir)).uid).toBe(NOBODY);
    expect((await start()).url).toBe(url);
  });
});
