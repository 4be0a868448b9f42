import type { Readable } from "node:stream";

/** Bytes `start` to `end` of a file, both included, counted from 0. */
export type ByteRange = { readonly start: number; readonly end: number };

/** Where bytes live. A key is any text; no part of it becomes a path or a name that others could choose. */
export type FileStore = {
  /**
   * Keeps `size` bytes under a key; what stood there is replaced. Resolves when they are safe: all of them, or nothing.
   * @throws when the bytes end early or the store fails.
   */
  put(key: string, bytes: Readable, size: number): Promise<void>;
  /** The bytes of a key, or a range within them; null when there are none. */
  get(key: string, range?: ByteRange): Promise<Readable | null>;
  /** Forgets a key; one that is not there is fine. */
  delete(key: string): Promise<void>;
};
