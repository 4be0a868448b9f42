import type { ErrorCode } from "./errors.ts";
import type { MediaKind } from "./message-content.ts";
import { refused, type Refusal } from "./result.ts";

/**
 * A file as people see it. `waiting`: not here yet, it is being fetched or sent; `ready`: can be opened; `refused`: it is not what it
 * says or too large, and is not kept; `gone`: WhatsApp gave it up before we had it.
 */
export type FileView = {
  readonly id: string;
  readonly state: "waiting" | "ready" | "refused" | "gone";
  /** By its first bytes once it is here, as told before. */
  readonly mimeType: string;
  /** Bytes; null until it is here. */
  readonly size: number | null;
  readonly problem: ErrorCode | null;
};

type MediaRule = { readonly mimeTypes: readonly string[]; readonly maxBytes: number };

const mb = 1024 * 1024;

/** What may be sent as which kind (Meta, "Media", supported media types). Stickers: 500 KB when animated, 100 KB when not. */
export const mediaRules: Readonly<Record<MediaKind, MediaRule>> = {
  image: { mimeTypes: ["image/jpeg", "image/png"], maxBytes: 5 * mb },
  video: { mimeTypes: ["video/mp4", "video/3gpp"], maxBytes: 16 * mb },
  audio: { mimeTypes: ["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"], maxBytes: 16 * mb },
  document: {
    mimeTypes: [
      "application/pdf",
      "text/plain",
      "application/msword",
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
      "application/vnd.ms-excel",
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      "application/vnd.ms-powerpoint",
      "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ],
    maxBytes: 100 * mb,
  },
  sticker: { mimeTypes: ["image/webp"], maxBytes: 500 * 1024 },
};

/** The largest file of any kind, in bytes: what an upload is cut off at. */
export const maxFileBytes = Math.max(...Object.values(mediaRules).map((rule) => rule.maxBytes));

/** The kind that a file of this type is sent as; null when WhatsApp takes it as none. */
export function mediaKindOf(mimeType: string): MediaKind | null {
  const type = bareMimeType(mimeType);
  const kinds = Object.entries(mediaRules) as [MediaKind, MediaRule][];
  return kinds.find(([, rule]) => rule.mimeTypes.includes(type))?.[0] ?? null;
}

/** Why a file may not be sent as this kind; null when it may. */
export function fileRefusal(kind: MediaKind, mimeType: string, size: number): Refusal | null {
  const rule = mediaRules[kind];
  if (!rule.mimeTypes.includes(bareMimeType(mimeType))) return refused("media.type_refused", { type: mimeType });
  if (size === 0) return refused("media.empty");
  if (size > rule.maxBytes) return refused("media.too_large", { limit: megabytes(rule.maxBytes) });
  return null;
}

/** "audio/ogg; codecs=opus" is "audio/ogg". */
export function bareMimeType(mimeType: string): string {
  return (mimeType.split(";")[0] ?? "").trim().toLowerCase();
}

function megabytes(bytes: number): string {
  return bytes < mb ? `${Math.round(bytes / 1024)} KB` : `${Math.round(bytes / mb)} MB`;
}
