import { fileTypeFromBuffer } from "file-type";
import { isAnimated, isOpusVoice } from "../media/formats.ts";
import { SAMPLES } from "../media/samples.ts";
import type { Sample, SampleKind } from "../media/samples.ts";
import { createInbound } from "../media/store.ts";
import type { Sim } from "../sim.ts";
import type { BusinessNumber } from "../state.ts";
import type { InboundMessage } from "./entry-point.ts";

const UNSUPPORTED = {
  code: 131051,
  title: "Message type unknown",
  message: "Message type unknown",
  error_data: { details: "Message type is currently not supported." },
};

/**
 * Makes the medium that a message names: from `base64` bytes, a `sample`, or a sample of the kind where nothing is
 * said. The message then carries `id`, `mime_type`, `sha256` (base64) and `url` as Meta writes them. A message without
 * a medium, and one that names an `id`, stays as it is; an unsupported one says so (`errors`). A text is the reason why
 * it cannot be made.
 */
export async function completeInbound(
  sim: Sim,
  number: BusinessNumber,
  message: InboundMessage,
): Promise<InboundMessage | string> {
  if (message.type === "unsupported") return { errors: [UNSUPPORTED], ...message };
  const kind = kindOf(message.type);
  const object = kind && message[kind];
  if (kind === undefined || typeof object !== "object" || object === null || "id" in object) return message;
  const { base64, sample = kind, mime_type, ...said }: Record<string, unknown> = { ...object };
  const name = typeof sample === "string" ? kindOf(sample) : undefined;
  if (name === undefined) return `${kind}: a sample is one of ${Object.keys(SAMPLES).join(", ")}`;
  const file = typeof base64 === "string" ? await fileOf(kind, Buffer.from(base64, "base64")) : SAMPLES[name];
  if (file.bytes.length === 0) return `${kind}: base64 holds no bytes`;
  const mimeType = typeof mime_type === "string" ? mime_type : file.mimeType;
  const medium = createInbound(sim, number.id, { bytes: file.bytes, mimeType });
  return { ...message, [kind]: { ...kindFacts(kind, file), ...said, ...medium } };
}

function kindOf(type: string): SampleKind | undefined {
  return Object.keys(SAMPLES).find((kind): kind is SampleKind => kind === type);
}

async function fileOf(kind: SampleKind, bytes: Uint8Array): Promise<Sample> {
  if (kind === "audio" && isOpusVoice(bytes)) return { bytes, mimeType: SAMPLES.audio.mimeType };
  return { bytes, mimeType: (await fileTypeFromBuffer(bytes))?.mime ?? "application/octet-stream" };
}

/** What the webhook says of a medium beside the medium itself. */
function kindFacts(kind: SampleKind, file: Sample): Record<string, unknown> {
  if (kind === "audio") return { voice: isOpusVoice(file.bytes) };
  if (kind === "sticker") return { animated: isAnimated(file.bytes) };
  return kind === "document" && file.filename !== undefined ? { filename: file.filename } : {};
}
