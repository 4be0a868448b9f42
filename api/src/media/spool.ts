import { createHash, randomUUID } from "node:crypto";
import { open, rm, type FileHandle } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";

/** Bytes that have arrived and are not kept yet: they can be looked at, and read from the start as often as needed. */
export type Spool = {
  readonly size: number;
  /** Hex. */
  readonly sha256: string;
  read(): Readable;
  /** Lets go of the bytes. */
  close(): Promise<void>;
};

/**
 * Takes in a stream up to `maxBytes`, on the disk and not in memory, in a file without a name: whatever becomes of the
 * process, nothing of it stays.
 *
 * @throws RangeError when there is more, of which the rest is not read; or what the stream breaks off with.
 */
export async function receiveBytes(bytes: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Spool> {
  const file = await openNameless();
  try {
    return await fill(file, bytes, maxBytes);
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function fill(file: FileHandle, bytes: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Spool> {
  const digest = createHash("sha256");
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new RangeError(`more than ${maxBytes} bytes`);
    digest.update(chunk);
    await file.writeFile(chunk);
  }
  return {
    size,
    sha256: digest.digest("hex"),
    read: () => Readable.from(piecesOf(file), { objectMode: false }),
    close: () => file.close(),
  };
}

/** Bytes read at a time. */
const pieceBytes = 256 * 1024;

async function* piecesOf(file: FileHandle): AsyncGenerator<Uint8Array> {
  for (let position = 0; ;) {
    const { bytesRead, buffer } = await file.read({ buffer: Buffer.allocUnsafe(pieceBytes), position });
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

async function openNameless(): Promise<FileHandle> {
  const path = join(tmpdir(), `aparte-${randomUUID()}`);
  const file = await open(path, "wx+", 0o600);
  await rm(path);
  return file;
}
