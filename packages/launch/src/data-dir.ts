import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

export const checkout = resolve(import.meta.dirname, "../../..");

export type DataDir = { readonly path: string; readonly masterKey: string };

/**
 * The folder that holds everything that must survive a restart (DATA_DIR, `.aparte` in the checkout). The master key is
 * MASTER_KEY, or made on first use and kept there, readable by its owner alone: without it sealed tokens stay sealed.
 */
export async function openDataDir(env: NodeJS.ProcessEnv): Promise<DataDir> {
  const path = resolve(checkout, env["DATA_DIR"] || ".aparte");
  await mkdir(path, { recursive: true });
  return { path, masterKey: env["MASTER_KEY"] || (await ownKey(join(path, "master-key"))) };
}

async function ownKey(file: string): Promise<string> {
  try {
    return (await readFile(file, "utf8")).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const key = randomBytes(32).toString("base64");
  await writeFile(file, `${key}\n`, { mode: 0o600, flag: "wx" });
  return key;
}
