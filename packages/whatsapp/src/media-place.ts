import { z } from "zod";
import { detail, hexSha256, word } from "./wire.ts";

/** Where a file can be fetched for five minutes, and what it is. */
export type MediaPlace = {
  readonly url: string;
  readonly mimeType: string;
  /** Lower-case hex; null when not told. */
  readonly sha256: string | null;
  /** Bytes; null when not told. */
  readonly size: number | null;
};

const place = z.object({
  url: z.string().max(4096),
  mime_type: detail(word),
  sha256: detail(z.string().max(128)),
  // Text in Meta's pages, a number in its answers.
  file_size: detail(
    z.union([
      z.int(),
      z
        .string()
        .regex(/^\d{1,12}$/)
        .transform(Number),
    ]),
  ),
});

/** Reads the answer of `GET /{media id}`; null when it leads anywhere but to Meta's files. */
export function readMediaPlace(json: unknown, baseUrl: string): MediaPlace | null {
  const parsed = place.safeParse(json);
  if (!parsed.success || !isMetaFile(parsed.data.url, baseUrl)) return null;
  const { url, mime_type, sha256, file_size } = parsed.data;
  return {
    url,
    mimeType: mime_type ?? "application/octet-stream",
    sha256: sha256 === null ? null : hexSha256(sha256),
    size: file_size,
  };
}

/** True for Meta's file servers, and for the origin of Graph itself, where a stand-in keeps both. */
export function isMetaFile(url: string, baseUrl: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, origin } = new URL(url);
  if (origin === new URL(baseUrl).origin) return true;
  return protocol === "https:" && /(^|\.)(fbsbx\.com|fbcdn\.net|facebook\.com|whatsapp\.net)$/.test(hostname);
}
