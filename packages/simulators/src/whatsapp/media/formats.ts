import { fileTypeFromBuffer } from "file-type";

/** A kind of media by the name of its message type. */
export type MediaKind = "image" | "video" | "audio" | "document" | "sticker";

const MB = 1024 * 1024;
const KB = 1024;

/** Formats of each kind and the most bytes that a file of the kind may have (Meta: Cloud API, supported media types). */
export const MEDIA_KINDS: Record<MediaKind, { mimeTypes: readonly string[]; mostBytes: number }> = {
  audio: {
    mimeTypes: ["audio/aac", "audio/mp4", "audio/mpeg", "audio/amr", "audio/ogg", "audio/opus"],
    mostBytes: 16 * MB,
  },
  document: {
    mimeTypes: [
      "application/vnd.ms-powerpoint",
      "application/msword",
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
      "application/vnd.openxmlformats-officedocument.presentationml.presentation",
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      "application/pdf",
      "text/plain",
      "application/vnd.ms-excel",
    ],
    mostBytes: 100 * MB,
  },
  image: { mimeTypes: ["image/jpeg", "image/png"], mostBytes: 5 * MB },
  sticker: { mimeTypes: ["image/webp"], mostBytes: 500 * KB },
  video: { mimeTypes: ["video/mp4", "video/3gpp"], mostBytes: 16 * MB },
};

/** A sticker that does not move is smaller than one that does. */
const MOST_STATIC_STICKER_BYTES = 100 * KB;

/** Every format that can be uploaded, in the order in which Meta names them. */
export const ALLOWED_MIME_TYPES = (["audio", "document", "image", "sticker", "video"] as const).flatMap(
  (kind) => MEDIA_KINDS[kind].mimeTypes,
);

/** What the bytes of a file look like, by the formats that may be declared for them. */
const LOOKS_LIKE: Record<string, readonly string[]> = {
  "audio/x-m4a": ["audio/mp4", "audio/aac"],
  "video/mp4": ["video/mp4", "audio/mp4"],
  "audio/ogg": ["audio/ogg", "audio/opus"],
  "application/x-cfb": ["application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint"],
};

/** The bare type of a MIME type: `audio/ogg; codecs=opus` is `audio/ogg`. */
export function bareType(mimeType: string): string {
  return (mimeType.split(";")[0] ?? "").trim().toLowerCase();
}

/** The kind that a format belongs to; undefined for one that WhatsApp does not carry. */
export function kindOf(mimeType: string): MediaKind | undefined {
  const bare = bareType(mimeType);
  const kinds = ["audio", "document", "image", "sticker", "video"] as const;
  return kinds.find((kind) => MEDIA_KINDS[kind].mimeTypes.includes(bare));
}

/**
 * Compares a declared format with the bytes. Returns undefined when they agree, else the format that the bytes have
 * (`application/octet-stream` where nothing is recognised).
 */
export async function disagreement(declared: string, bytes: Uint8Array): Promise<string | undefined> {
  const bare = bareType(declared);
  const found = (await fileTypeFromBuffer(bytes))?.mime;
  if (found === undefined) return bare === "text/plain" && isText(bytes) ? undefined : "application/octet-stream";
  const seen = bareType(found);
  return (LOOKS_LIKE[seen] ?? [seen]).includes(bare) ? undefined : seen;
}

/** Why a file is too large for its kind, with both figures; undefined when it is not. */
export function oversize(kind: MediaKind, bytes: Uint8Array): string | undefined {
  const most = kind === "sticker" && !isAnimated(bytes) ? MOST_STATIC_STICKER_BYTES : MEDIA_KINDS[kind].mostBytes;
  return bytes.length > most
    ? `File size is too large for ${kind}: ${bytes.length} bytes, at most ${most} bytes`
    : undefined;
}

/** Whether a WebP moves: the animation bit of its extended header (WebP container specification, VP8X). */
export function isAnimated(bytes: Uint8Array): boolean {
  const isExtended = Buffer.from(bytes.subarray(12, 16)).toString("latin1") === "VP8X";
  return isExtended && ((bytes[20] ?? 0) & 0x02) !== 0;
}

/** Whether a sound can be a voice note: Opus in Ogg, by its first packet. */
export function isOpusVoice(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 64)).includes("OpusHead");
}

function isText(bytes: Uint8Array): boolean {
  return !bytes.subarray(0, 4096).includes(0);
}
