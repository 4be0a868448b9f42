import type { MediaOrigin, MediaObject, MediaFile } from "./model.ts";
import { createHash, createHmac, randomBytes } from "node:crypto";
import { newObjectId } from "../identifiers.ts";
import type { Sim } from "../sim.ts";
import type { State } from "../state.ts";

const DAY_MS = 24 * 3_600_000;
/** How long an id lives (Meta: 30 days after an upload, 7 days after a person's message, 14 days after a sync). */
const LIFE_MS: Record<MediaOrigin, number> = { upload: 30 * DAY_MS, inbound: 7 * DAY_MS, history: 14 * DAY_MS };
/** How long a download link lives. */
const LINK_LIFE_S = 300;
/** The most bytes kept at a time; the oldest files go first, as if their time were over. */
const MOST_BYTES = 512 * 1024 * 1024;

/** Path of a file's bytes, as on Meta's own media host. */
export const ATTACHMENT_PATH = "/whatsapp_business/attachments";

/** Keeps a file for a business number under a new id. */
export function keepMedia(sim: Sim, phoneNumberId: string, origin: MediaOrigin, file: MediaFile): MediaObject {
  const media: MediaObject = {
    id: newObjectId(),
    phoneNumberId,
    ...file,
    sha256: createHash("sha256").update(file.bytes).digest(),
    origin,
    expiresAt: sim.clock.now() + LIFE_MS[origin],
    key: randomBytes(16),
  };
  sim.state.media.set(media.id, media);
  dropOldest(sim.state);
  return media;
}

/** A media object as it stands in an inbound message, with its digest in base64 and a link that lives 5 minutes. */
export type InboundMedia = { id: string; mime_type: string; sha256: string; url: string };

/** Keeps what a person sends to a business number (7 days), or what a sync of the phone app brings (14 days). */
export function createInbound(
  sim: Sim,
  phoneNumberId: string,
  file: MediaFile,
  origin: Exclude<MediaOrigin, "upload"> = "inbound",
): InboundMedia {
  const media = keepMedia(sim, phoneNumberId, origin, file);
  return {
    id: media.id,
    mime_type: media.mimeType,
    sha256: media.sha256.toString("base64"),
    url: downloadUrl(sim, media),
  };
}

/** The media object of an id, unless its time is over. */
export function findMedia(state: State, id: string, now: number): MediaObject | undefined {
  const media = state.media.get(id);
  return media !== undefined && media.expiresAt > now ? media : undefined;
}

/** A link to the bytes that lives 5 minutes; whoever follows it needs a token as well. */
export function downloadUrl(sim: Sim, media: MediaObject): string {
  const ends = String(sim.clock.seconds() + LINK_LIFE_S);
  const query = new URLSearchParams({ mid: media.id, ext: ends, hash: signatureOf(media, ends) });
  return `${sim.origin}${ATTACHMENT_PATH}/?${query.toString()}`;
}

/** The media object that a link names, if the link is one of ours and its time is not over. */
export function mediaOfLink(
  state: State,
  link: { mid?: string | undefined; ext?: string | undefined; hash?: string | undefined },
  now: number,
): MediaObject | undefined {
  const media = findMedia(state, link.mid ?? "", now);
  const ends = link.ext ?? "";
  const isOurs = media !== undefined && signatureOf(media, ends) === link.hash;
  return isOurs && Number(ends) * 1000 > now ? media : undefined;
}

function signatureOf(media: MediaObject, ends: string): string {
  return createHmac("sha256", media.key).update(`${media.id}:${ends}`).digest("base64url");
}

function dropOldest(state: State): void {
  let total = 0;
  for (const { bytes } of state.media.values()) total += bytes.length;
  for (const [id, { bytes }] of state.media) {
    if (total <= MOST_BYTES) return;
    state.media.delete(id);
    total -= bytes.length;
  }
}
