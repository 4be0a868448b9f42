import { createHash } from "node:crypto";
import { join } from "node:path";
import { diskStore } from "./disk-store.ts";
import type { Env } from "./env.ts";
import type { FileStore } from "./file-store.ts";
import { s3Store } from "./s3-store.ts";
import { readStoreSetting } from "./store-setting.ts";

/** The store that MEDIA_STORE names; without it the folder `media` in DATA_DIR. */
export function openFileStore({ MEDIA_STORE, DATA_DIR }: Pick<Env, "MEDIA_STORE" | "DATA_DIR">): FileStore {
  const setting = MEDIA_STORE === undefined ? null : readStoreSetting(MEDIA_STORE);
  const store = setting ? s3Store(setting) : diskStore(join(DATA_DIR, "media"));
  return {
    put: (key, bytes, size) => store.put(nameOf(key), bytes, size),
    get: (key, range) => store.get(nameOf(key), range),
    delete: (key) => store.delete(nameOf(key)),
  };
}

/** The same for every store, so that files can be carried from one to another as they are. */
function nameOf(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}
