import { randomUUID } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import type { FileStore } from "./file-store.ts";

/**
 * Files in a folder, by names that are safe as such. A file is written beside its place, brought to the disk and then
 * moved there, so that it is whole or absent whenever the power fails; so is its entry in the folder.
 */
export function diskStore(root: string): FileStore {
  const pathOf = (name: string) => join(root, name.slice(0, 2), name);
  return {
    async put(name, bytes, size) {
      const path = pathOf(name);
      const draft = `${path}.${randomUUID()}`;
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      try {
        await writeWhole(draft, bytes, size);
        await rename(draft, path);
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
      await syncFolder(dirname(path));
    },
    async get(name, range) {
      const file = await unlessMissing(open(pathOf(name)));
      return file?.createReadStream(range ?? {}) ?? null;
    },
    async delete(name) {
      await rm(pathOf(name), { force: true });
    },
  };
}

async function writeWhole(path: string, bytes: Readable, size: number): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(bytes);
    const { size: written } = await file.stat();
    if (written !== size) throw new Error(`A file of ${size} bytes came with ${written}.`);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function unlessMissing<T>(opening: Promise<T>): Promise<T | null> {
  try {
    return await opening;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
