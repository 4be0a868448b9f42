import type { MediaKind, MessageContent } from "@aparte/core/message-content.ts";
import { z } from "zod";
import type { ReceivedFile } from "./facts.ts";
import { detail, hexSha256, idText, mediaIdText, word } from "./wire.ts";

const medium = z.object({
  id: detail(idText.pipe(mediaIdText)),
  mime_type: detail(word),
  sha256: detail(z.string().max(128)),
  filename: detail(z.string().max(1024)),
  caption: detail(z.string()),
  voice: detail(z.boolean()),
  animated: detail(z.boolean()),
});

/**
 * Reads the object of a file that came with a message; null when it is none. Without an id that can be fetched the words
 * remain, and the message is one for the phone.
 */
export function readMedia(
  media: MediaKind,
  wire: unknown,
): { readonly content: MessageContent; readonly files: readonly ReceivedFile[] } | null {
  const parsed = medium.safeParse(wire);
  if (!parsed.success) return null;
  const { id, mime_type, sha256, filename, caption, voice, animated } = parsed.data;
  if (id === null) return { content: { kind: "other", type: media, caption }, files: [] };
  const file: ReceivedFile = {
    id,
    mimeType: mime_type ?? "application/octet-stream",
    sha256: sha256 === null ? null : hexSha256(sha256),
    fileName: filename,
    animated: animated ?? false,
  };
  return {
    content: { kind: "media", media, fileId: id, fileName: filename, caption, voice: voice ?? false },
    files: [file],
  };
}
