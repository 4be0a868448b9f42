import { randomBytes } from "node:crypto";
import { chown, mkdir, mkdtemp, readFile, readdir, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isRunning } from "../process-table.ts";
import type { Cluster } from "./account.ts";
import { POSTGRES_MAJOR } from "./binaries.ts";
import { runProgram } from "./program.ts";

/** The superuser that a new cluster is born with. */
export const SUPERUSER = "postgres";

/**
 * Makes sure that `dataDir` holds a cluster of our major version, and makes one when it is absent or empty. A new one
 * is built under another name and renamed, so a half-made cluster never stands there.
 *
 * @throws Error when the directory holds another major version, or something that is no cluster.
 */
export async function ensureCluster(cluster: Cluster, password: string): Promise<void> {
  const state = await inspect(cluster.dataDir);
  if (state === "ours") return;
  await removeAbandonedBuilds(cluster.dataDir);
  const build = await mkdtemp(`${cluster.dataDir}.new-${process.pid}-`);
  try {
    await initialise(cluster, build, password);
    await moveIntoPlace(build, cluster.dataDir);
  } finally {
    await rm(build, { recursive: true, force: true });
  }
}

/**
 * The superuser's password, made on first use and kept in `file`, which only its owner may read.
 *
 * @throws Error when a cluster exists but its password does not.
 */
export async function ensurePassword(file: string, dataDir: string): Promise<string> {
  const known = await readPassword(file);
  if (known !== undefined) return known;
  if ((await inspect(dataDir)) === "ours") {
    throw new Error(
      `${file} is missing, so nobody can open the database in ${dataDir}. Put the file back, or move the directory away to start empty.`,
    );
  }
  const password = randomBytes(24).toString("base64url");
  await writeFile(file, password, { mode: 0o600, flag: "wx" }).catch((error: NodeJS.ErrnoException) => {
    // Another start of the same cluster was faster; its password counts.
    if (error.code !== "EEXIST") throw error;
  });
  return (await readPassword(file)) ?? password;
}

async function readPassword(file: string): Promise<string | undefined> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  return text.trim() === "" ? undefined : text.trim();
}

async function inspect(dataDir: string): Promise<"ours" | "absent"> {
  const entries = await readdir(dataDir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return new Array<string>();
    throw error;
  });
  if (entries.length === 0) return "absent";
  if (!entries.includes("PG_VERSION")) {
    throw new Error(`${dataDir} is neither empty nor a Postgres data directory. Choose another one with DATA_DIR.`);
  }
  const major = (await readFile(join(dataDir, "PG_VERSION"), "utf8")).trim();
  if (major === POSTGRES_MAJOR) return "ours";
  throw new Error(
    `The database in ${dataDir} was made by Postgres ${major}; this version of Aparté brings Postgres ${POSTGRES_MAJOR}, ` +
      `which cannot open it. Move the directory away to start empty; or serve it with a Postgres ${major} and name that one in DATABASE_URL.`,
  );
}

/**
 * `initdb` with the built-in C.UTF-8 locale: sorts and folds Unicode the same on every platform and never changes with
 * the operating system's C library, which would silently corrupt text indexes.
 */
async function initialise({ binaries, runAs }: Cluster, directory: string, password: string): Promise<void> {
  const passwordFile = `${directory}.password`;
  const { uid, gid } = runAs;
  try {
    await writeFile(passwordFile, password, { mode: 0o600 });
    if (uid !== undefined && gid !== undefined) {
      await Promise.all([directory, passwordFile].map((path) => chown(path, uid, gid)));
    }
    const { code, output } = await runProgram(runAs, binaries.initdb, [
      `--pgdata=${directory}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      // Other systems have no C library locale of that name; the built-in one below does the work everywhere.
      `--locale=${process.platform === "linux" ? "C.UTF-8" : "C"}`,
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--no-instructions",
    ]);
    if (code !== 0) throw new Error(`Postgres could not make a database in ${directory}:\n${output.trim()}`);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function moveIntoPlace(build: string, dataDir: string): Promise<void> {
  try {
    // Windows does not rename onto an empty directory.
    await rmdir(dataDir).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT" && error.code !== "ENOTEMPTY") throw error;
    });
    await rename(build, dataDir);
  } catch (error) {
    // Another start of the same cluster put its own in place first: that one stays.
    if ((await inspect(dataDir)) !== "ours") throw error;
  }
}

/** Removes what a killed start left behind: directories named after a process that is gone. */
async function removeAbandonedBuilds(dataDir: string): Promise<void> {
  const parent = dirname(dataDir);
  await mkdir(parent, { recursive: true });
  const prefix = `${basename(dataDir)}.new-`;
  for (const entry of await readdir(parent)) {
    if (!entry.startsWith(prefix)) continue;
    const maker = Number.parseInt(entry.slice(prefix.length), 10);
    if (!isRunning(maker)) await rm(join(parent, entry), { recursive: true, force: true });
  }
}
