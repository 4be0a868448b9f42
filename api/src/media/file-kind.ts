import { bareMimeType } from "@aparte/core/media.ts";
import { fileTypeFromStream } from "file-type";
import { Readable } from "node:stream";
import type { Spool } from "./spool.ts";

/** What is neither known by its first bytes nor plain text: it can be saved, never shown. */
export const unknownType = "application/octet-stream";

/**
 * Types whose first bytes are those of another one, which they are a case of: then the word of the sender decides
 * between these, and no further.
 */
const sameBytes: Readonly<Record<string, { readonly cases: readonly string[]; readonly otherwise: string }>> = {
  "application/x-cfb": {
    cases: ["application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint"],
    otherwise: unknownType,
  },
  "audio/x-m4a": { cases: ["audio/aac"], otherwise: "audio/mp4" },
  "video/mp4": { cases: ["audio/mp4"], otherwise: "video/mp4" },
};

/** How much of a file without first bytes of its own is looked at. */
const lookedAtBytes = 64 * 1024;

/**
 * The type of a file by its bytes. What it was said to be counts only where the bytes leave it open: between types that
 * begin alike, and for plain text, which has no first bytes. So nothing becomes HTML, SVG or a script by being called so.
 */
export async function typeOfBytes(spool: Spool, told: string): Promise<string> {
  const bare = bareMimeType(told);
  const found = await typeByFirstBytes(spool);
  if (found === null) return bare === "text/plain" && (await isText(spool)) ? bare : unknownType;
  const same = sameBytes[found];
  return same ? (same.cases.find((type) => type === bare) ?? same.otherwise) : found;
}

async function typeByFirstBytes(spool: Spool): Promise<string | null> {
  const bytes = spool.read();
  try {
    const found = await fileTypeFromStream(Readable.toWeb(bytes) as ReadableStream<Uint8Array>);
    return found?.mime ?? null;
  } finally {
    bytes.destroy();
  }
}

/** No control characters but those that set text; any encoding that contains ASCII. */
async function isText(spool: Spool): Promise<boolean> {
  if (spool.size === 0) return false;
  let seen = 0;
  for await (const chunk of spool.read() as AsyncIterable<Uint8Array>) {
    if (chunk.some(isControl)) return false;
    seen += chunk.byteLength;
    if (seen >= lookedAtBytes) break;
  }
  return true;
}

function isControl(byte: number): boolean {
  return byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d) && byte !== 0x1b;
}

const shown = ["image", "audio", "video"];

/**
 * Whether bytes can be what they were said to be. An image, a sound or a film must be one, as it is shown in its place;
 * sound and film share their containers. A document may be anything: it is only saved.
 */
export function fits(told: string, seen: string): boolean {
  const [toldFamily, seenFamily] = [family(told), family(seen)];
  if (!shown.includes(toldFamily)) return true;
  return toldFamily === seenFamily || (toldFamily !== "image" && seenFamily !== "image" && shown.includes(seenFamily));
}

function family(mimeType: string): string {
  return bareMimeType(mimeType).split("/")[0] ?? "";
}
