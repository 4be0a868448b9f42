import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { expect, it, vi } from "vitest";
import { receiveBytes } from "./spool.ts";

async function* pieces(bytes: Buffer, end?: Error): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 100_000) yield bytes.subarray(at, at + 100_000);
  if (end) throw end;
}

it("takes in bytes, measures them and reads them back as often as wanted", async () => {
  const bytes = randomBytes(1_234_567);
  const spool = await receiveBytes(pieces(bytes), bytes.length);
  expect(spool).toMatchObject({ size: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") });
  for (let turn = 0; turn < 12; turn += 1) expect((await buffer(spool.read())).equals(bytes)).toBe(true);
  const left = spool.read();
  for await (const _ of left) break;
  expect((await buffer(spool.read())).equals(bytes)).toBe(true);
  await spool.close();
});

it("leaves no file behind, not even while it is read", async () => {
  const folder = await mkdtemp(join(tmpdir(), "aparte-spool-"));
  vi.stubEnv("TMPDIR", folder);
  const spool = await receiveBytes(pieces(randomBytes(10)), 10);
  expect([tmpdir(), await readdir(folder)]).toEqual([folder, []]);
  await spool.close();
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

it("stops at one byte too many, without asking for the rest", async () => {
  let given = 0;
  const endless = async function* () {
    for (;;) {
      given += 1;
      yield new Uint8Array(1000);
    }
  };
  await expect(receiveBytes(endless(), 10_000)).rejects.toThrow(RangeError);
  expect(given).toBe(11);
});

it("breaks off with what the sender broke off with", async () => {
  const gone = new Error("the sender is gone");
  await expect(receiveBytes(pieces(randomBytes(300_000), gone), 1_000_000)).rejects.toBe(gone);
});
