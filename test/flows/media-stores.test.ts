import { openFileStore } from "@aparte/api/app";
import { randomPort } from "@aparte/launch/ports.ts";
import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import S3rver from "s3rver";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

type FileStore = ReturnType<typeof openFileStore>;

let folder: string;
let s3: S3rver;
let stores: Readonly<Record<"disk" | "s3", FileStore>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "aparte-stores-"));
  const port = await randomPort();
  s3 = new S3rver({
    port,
    address: "127.0.0.1",
    silent: true,
    directory: join(folder, "s3"),
    configureBuckets: [{ name: "files", configs: [] }],
  });
  await s3.run();
  const MEDIA_STORE = `s3://S3RVER:S3RVER@127.0.0.1:${port}/files?tls=0`;
  stores = {
    disk: openFileStore({ DATA_DIR: folder, MEDIA_STORE: undefined }),
    s3: openFileStore({ DATA_DIR: folder, MEDIA_STORE }),
  };
});
afterAll(async () => {
  await s3?.close();
  await rm(folder, { recursive: true, force: true });
});

async function bytesOf(store: FileStore, key: string, range?: { start: number; end: number }): Promise<Buffer | null> {
  const found = await store.get(key, range);
  return found && buffer(found);
}

/** Gives its bytes in pieces, and then breaks when it is told to. */
async function* pieces(bytes: Buffer, breaks = false): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
  if (breaks) throw new Error("the sender is gone");
}

describe.each(["disk", "s3"] as const)("a store on %s", (name) => {
  it("gives back what it was given, whole or in part", async () => {
    const [store, bytes] = [stores[name], randomBytes(3_000_001)];
    await store.put("a", Readable.from(pieces(bytes)), bytes.length);
    expect((await bytesOf(store, "a"))?.equals(bytes)).toBe(true);
    expect(
      (await bytesOf(store, "a", { start: 1_000_000, end: 2_999_999 }))?.equals(bytes.subarray(1_000_000, 3_000_000)),
    ).toBe(true);
    expect((await bytesOf(store, "a", { start: 7, end: 7 }))?.equals(bytes.subarray(7, 8))).toBe(true);
  });

  it("replaces, forgets, and knows nothing of what it was never given", async () => {
    const store = stores[name];
    await store.put("b", Readable.from([Buffer.from("first")]), 5);
    await store.put("b", Readable.from([Buffer.from("second")]), 6);
    expect(String(await bytesOf(store, "b"))).toBe("second");
    await store.delete("b");
    await store.delete("b");
    expect(await bytesOf(store, "b")).toBeNull();
    expect(await bytesOf(store, "never")).toBeNull();
  });

  it("says so when the bytes break off", async () => {
    const [store, bytes] = [stores[name], randomBytes(200_000)];
    await expect(store.put("c", Readable.from(pieces(bytes, true)), bytes.length * 2)).rejects.toThrow(
      /the sender is gone|aborted/,
    );
  });

  it("keeps keys apart that a file system or an address would mix up", async () => {
    const store = stores[name];
    const keys = [
      "d/e",
      "d//e",
      "d/./e",
      "d/f/../e",
      "D/E",
      "../d/e",
      "d/e\u0000",
      "d%2Fe",
      "d/é",
      "d/e\u0301".normalize("NFD"),
    ];
    for (const key of keys) await store.put(key, Readable.from([Buffer.from(key)]), Buffer.byteLength(key));
    for (const key of keys) expect(String(await bytesOf(store, key))).toBe(key);
  });
});

it("a folder keeps what it had when new bytes break off or are fewer than announced", async () => {
  await stores.disk.put("f", Readable.from([Buffer.from("whole")]), 5);
  await expect(stores.disk.put("f", Readable.from(pieces(randomBytes(200_000), true)), 400_000)).rejects.toThrow();
  await expect(stores.disk.put("f", Readable.from([Buffer.from("sho")]), 5)).rejects.toThrow();
  expect(String(await bytesOf(stores.disk, "f"))).toBe("whole");
});

it("a folder holds nothing but whole files, whatever their keys were", async () => {
  const entries = await readdir(join(folder, "media"), { recursive: true });
  expect(entries.length).toBeGreaterThan(10);
  expect(entries.filter((entry) => !/^[0-9a-f]{2}([/\\][0-9a-f]{64})?$/.test(entry))).toEqual([]);
});
