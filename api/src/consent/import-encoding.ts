import type { ImportEncoding } from "@aparte/core/consent-import.ts";

/** Bytes in which zeros are counted: enough to tell UTF-16 without a mark. */
const headBytes = 4096;

/**
 * Learns from the bytes of a text file as they pass how they are to be read: by the mark at the beginning, by the zeros of
 * UTF-16, as UTF-8 when all of it is UTF-8, else as Windows-1252, which Excel writes. One odd byte in the last line decides,
 * so the whole file is looked at.
 */
export class EncodingProbe {
  #head = Buffer.alloc(0);
  readonly #utf8 = new TextDecoder("utf-8", { fatal: true });
  #isUtf8 = true;

  push(bytes: Uint8Array): void {
    if (this.#head.byteLength < headBytes) {
      this.#head = Buffer.concat([this.#head, bytes.subarray(0, headBytes - this.#head.byteLength)]);
    }
    if (this.#isUtf8) this.#isUtf8 = this.#decodes(bytes, true);
  }

  end(): ImportEncoding {
    const wide = markOf(this.#head) ?? wideWithoutMark(this.#head);
    if (wide) return wide;
    return this.#isUtf8 && this.#decodes(new Uint8Array(), false) ? "utf-8" : "windows-1252";
  }

  #decodes(bytes: Uint8Array, stream: boolean): boolean {
    try {
      this.#utf8.decode(bytes, { stream });
      return true;
    } catch (error) {
      if (error instanceof TypeError) return false;
      throw error;
    }
  }
}

function markOf(head: Buffer): ImportEncoding | null {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  return null;
}

/** Digits, delimiters and line ends have a zero byte each in UTF-16, always on the same side; other texts have none. */
function wideWithoutMark(head: Buffer): ImportEncoding | null {
  const zeros = [0, 0];
  for (const [place, byte] of head.entries()) if (byte === 0) zeros[place % 2] = (zeros[place % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (Math.max(even, odd) * 8 < head.byteLength) return null;
  return odd > even ? "utf-16le" : "utf-16be";
}

/** The text of bytes that come in pieces. A mark at the beginning is left out. */
export async function* decodeText(bytes: AsyncIterable<Uint8Array>, encoding: ImportEncoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const piece of bytes) yield decoder.decode(piece, { stream: true });
  yield decoder.decode();
}
