import type { MessageFiles } from "./message.ts";
import { refuseCloud } from "../graph/refusal.ts";
import type { Refusal } from "../graph/refusal.ts";
import { isOpusVoice } from "../media/formats.ts";
import type { MediaKind } from "../media/formats.ts";
import { fetchLink, misfit } from "../media/links.ts";
import { findMedia } from "../media/store.ts";
import type { MediaFile } from "../media/model.ts";
import type { Sim } from "../sim.ts";
import type { BusinessNumber } from "../state.ts";
import type { Failure } from "../error-catalogue.ts";

/** One file that a message shows, by id or by link. */
export type MediaSource = { kind: MediaKind; id?: string; link?: string; isVoice: boolean };

/** The kind of file that stands under a key. */
const KINDS: ReadonlyMap<string, MediaKind> = new Map<string, MediaKind>([
  ["image", "image"],
  ["video", "video"],
  ["gif", "video"],
  ["audio", "audio"],
  ["document", "document"],
  ["sticker", "sticker"],
]);
/** Data of a business's own, in which a key named `image` means nothing. */
const FOREIGN = new Set(["flow_action_payload", "flow_action_data"]);

/** Every file in the object of a message, wherever it stands: the message itself, headers, cards, parameters. */
export function mediaSourcesOf(type: string, content: unknown): MediaSource[] {
  if (typeof content !== "object" || content === null || FOREIGN.has(type)) return [];
  const kind = KINDS.get(type);
  if (kind !== undefined && !Array.isArray(content)) return [sourceOf(kind, { ...content })];
  return Object.entries(content).flatMap(([key, value]) => mediaSourcesOf(key, value));
}

/** Checks that each file is named by exactly one of `id` and `link`, and that an `id` is of this number's media. */
export function checkSources(sim: Sim, number: BusinessNumber, sources: MediaSource[]): Refusal | undefined {
  for (const { kind, id, link } of sources) {
    if (id === undefined && link === undefined) return refuseCloud(131008, `${kind}: one of id and link is required`);
    if (id !== undefined && link !== undefined) {
      return refuseCloud(131009, `${kind}: id and link cannot be given together`);
    }
    if (id !== undefined && findMedia(sim.state, id, sim.clock.now())?.phoneNumberId !== number.id) {
      return refuseCloud(131009, `${kind}: media id ${id} does not exist for this phone number`);
    }
  }
  return undefined;
}

/** Brings together what a message names, fetching the links. The first file that fails is what a status then tells. */
export async function collectFiles(sim: Sim, sources: MediaSource[]): Promise<MessageFiles | Failure> {
  const outcomes = await Promise.all(sources.map((source) => fileOf(sim, source)));
  const files: MessageFiles = new Map();
  for (const [index, { id, link }] of sources.entries()) {
    const outcome = outcomes[index];
    if (outcome === undefined) continue;
    if ("code" in outcome) return outcome;
    files.set(id ?? link ?? "", outcome);
  }
  return files;
}

async function fileOf(sim: Sim, { kind, id, link, isVoice }: MediaSource): Promise<MediaFile | Failure | undefined> {
  const file = link === undefined ? sim.state.media.get(id ?? "") : await fetchLink(sim, link);
  if (file === undefined || "code" in file) return file;
  const failure = await misfit(kind, file);
  if (failure !== undefined) return failure;
  return isVoice && !isOpusVoice(file.bytes)
    ? { code: 131053, details: "A voice message must be an ogg file with the opus codec" }
    : file;
}

function sourceOf(kind: MediaKind, { id, link, voice }: Record<string, unknown>): MediaSource {
  return {
    kind,
    ...(typeof id === "string" ? { id } : {}),
    ...(typeof link === "string" ? { link } : {}),
    isVoice: voice === true,
  };
}
