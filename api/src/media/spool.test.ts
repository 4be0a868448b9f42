import { createHash, randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { buffer } from "node:stream/consumers";
import { expect, it } from "vitest";
import { receiveBytes } from "./spool.ts";

async function* pieces(bytes: Buffer, end?: Error): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 100_000) yield bytes.subarray(at, at + 100_000);
  if (end) throw end;
}

async function leftovers(): Promise<readonly string[]> {
  return (await readdir(tmpdir())).filter((name) => /^aparte-[0-9a-f]{8}-[0-9a-f-]{27}$/.test(name));
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
  const spool = await receiveBytes(pieces(randomBytes(10)), 10);
  expect(await leftovers()).toEqual([]);
  await spool.close();
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
