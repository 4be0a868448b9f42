import { existsSync } from "node:fs";
import { chmod, cp, mkdir, mkdtemp, readFile, readlink, realpath, rm, stat, symlink, unlink } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { PostgresBinaries } from "./binaries.ts";
import { runProgram, type RunAs } from "./program.ts";

/** A data directory, the programs that serve it and the account that runs them. */
export interface Cluster {
  dataDir: string;
  binaries: PostgresBinaries;
  runAs: RunAs;
}

const AS_IS: RunAs = { prefix: [] };

/**
 * In a user namespace root is an ordinary user to Postgres, yet still reaches files below a 0700 directory such as
 * /root. Files it makes belong to root outside.
 */
const IN_NAMESPACE: RunAs = { prefix: ["unshare", "--user", "--map-user=1000", "--map-group=1000"] };

/** Where root keeps a cluster that no unprivileged account could reach otherwise. */
const OUTSIDE = "/var/lib/aparte-";

/**
 * Decides where the cluster really lives and who runs it. An ordinary user runs it as is. Root tries, in this order:
 * the owner of an existing cluster; the accounts `postgres` and `nobody`; a user namespace; and, where namespaces are
 * forbidden (Docker's default), a directory below /var/lib that `dataDir` becomes a link to.
 *
 * @throws Error when the cluster belongs to another user, or when root finds no account at all.
 */
export async function chooseAccount(dataDir: string, binaries: PostgresBinaries): Promise<Cluster> {
  const target = await realPlace(dataDir);
  const owner = await ownerOf(target);
  const self = process.getuid?.();
  if (self === undefined || self !== 0) {
    if (owner !== undefined && self !== undefined && owner.uid !== self) throw foreignOwner(target, owner.uid);
    return { dataDir: target, binaries, runAs: AS_IS };
  }
  if (owner?.uid === 0) return { dataDir: target, binaries, runAs: IN_NAMESPACE };
  if (owner !== undefined) return withReachableBinaries(target, binaries, asAccount(owner));
  return placeNewCluster(target, binaries);
}

async function placeNewCluster(target: string, binaries: PostgresBinaries): Promise<Cluster> {
  const accounts = await unprivilegedAccounts();
  for (const runAs of accounts) {
    if (await canEnter(runAs, dirname(target))) return withReachableBinaries(target, binaries, runAs);
  }
  if ((await versionOf(binaries, IN_NAMESPACE)) !== undefined) {
    return { dataDir: target, binaries, runAs: IN_NAMESPACE };
  }
  const [account] = accounts;
  if (account === undefined) throw noAccount();
  return withReachableBinaries(await linkOutside(target), binaries, account);
}

/** The accounts of /etc/passwd that Postgres may run under, best first. */
async function unprivilegedAccounts(): Promise<RunAs[]> {
  const lines = (await readFile("/etc/passwd", "utf8")).split("\n").map((line) => line.split(":"));
  return ["postgres", "nobody"].flatMap((name) => {
    const [, , uid, gid] = lines.find(([candidate]) => candidate === name) ?? [];
    return uid === undefined || gid === undefined ? [] : [asAccount({ uid: Number(uid), gid: Number(gid) })];
  });
}

function asAccount({ uid, gid }: { uid: number; gid: number }): RunAs {
  return { prefix: [], uid, gid };
}

async function canEnter(runAs: RunAs, directory: string): Promise<boolean> {
  return (await runProgram(runAs, "/bin/sh", ["-c", 'cd "$1"', "sh", directory])).code === 0;
}

/** Keeps the installed programs where the account can run them, else copies them once beside the cluster. */
async function withReachableBinaries(dataDir: string, installed: PostgresBinaries, runAs: RunAs): Promise<Cluster> {
  if ((await versionOf(installed, runAs)) !== undefined) return { dataDir, binaries: installed, runAs };

  const copy = `${dataDir}.programs`;
  const inCopy = (program: string): string => join(copy, "bin", basename(program));
  const binaries = {
    initdb: inCopy(installed.initdb),
    pgCtl: inCopy(installed.pgCtl),
    postgres: inCopy(installed.postgres),
  };
  const wanted = await versionOf(installed, AS_IS);
  if ((await versionOf(binaries, runAs)) !== wanted) {
    await rm(copy, { recursive: true, force: true });
    await cp(dirname(dirname(installed.postgres)), copy, { recursive: true, verbatimSymlinks: true });
  }
  if ((await versionOf(binaries, runAs)) !== wanted) {
    throw new Error(`The account with uid ${runAs.uid} cannot reach ${dataDir}. ${WAYS_OUT}`);
  }
  return { dataDir, binaries, runAs };
}

/** What `postgres --version` says under the account (root may ask too), or undefined when it cannot run it. */
async function versionOf(binaries: PostgresBinaries, runAs: RunAs): Promise<string | undefined> {
  const { code, output } = await runProgram(runAs, binaries.postgres, ["--version"]);
  return code === 0 ? output : undefined;
}

/** Makes `target` a link to a place below /var/lib, and returns that place. */
async function linkOutside(target: string): Promise<string> {
  const home = await mkdtemp(OUTSIDE);
  await chmod(home, 0o755);
  const outside = join(home, basename(target));
  await symlink(outside, target);
  return outside;
}

/** The absolute path of the cluster without links on the way, whether it exists yet or not. */
async function realPlace(dataDir: string): Promise<string> {
  const path = resolve(dataDir);
  await mkdir(dirname(path), { recursive: true });
  const link = await readlink(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "EINVAL" || error.code === "ENOENT" || error.code === "UNKNOWN") return undefined;
    throw error;
  });
  if (link !== undefined && !existsSync(dirname(resolve(dirname(path), link)))) {
    // Somebody cleared what we had put outside: begin anew.
    await unlink(path);
    return realPlace(dataDir);
  }
  const target = resolve(dirname(path), link ?? basename(path));
  return join(await realpath(dirname(target)), basename(target));
}

/** Who owns the cluster; undefined when there is none yet, or only an empty directory. */
async function ownerOf(dataDir: string): Promise<{ uid: number; gid: number } | undefined> {
  try {
    await stat(join(dataDir, "PG_VERSION"));
  } catch (error) {
    // A cluster of another user is closed to us: its directory still tells whose it is.
    if ((error as NodeJS.ErrnoException).code !== "EACCES") return undefined;
  }
  return stat(dataDir);
}

const WAYS_OUT =
  "Run as an ordinary user, move the project out of a private directory such as /root, or set DATABASE_URL.";

function noAccount(): Error {
  return new Error(
    `Postgres does not run as root, and this machine has no account "postgres" or "nobody". ${WAYS_OUT}`,
  );
}

function foreignOwner(dataDir: string, uid: number): Error {
  return new Error(
    `The database in ${dataDir} belongs to the user with uid ${uid}. Start as that user, or set DATA_DIR to another directory.`,
  );
}
