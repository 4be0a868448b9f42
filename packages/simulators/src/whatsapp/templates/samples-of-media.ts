import type { PublicFile } from "../media/model.ts";
import { fileOfHandle } from "../media/handles.ts";
import type { State } from "../state.ts";
import type { HeaderFormat } from "./model.ts";

/** The formats that a sample of a media header may have. */
const SAMPLE_TYPES: Partial<Record<HeaderFormat, readonly string[]>> = {
  IMAGE: ["image/jpeg", "image/png"],
  VIDEO: ["video/mp4"],
  GIF: ["video/mp4"],
  DOCUMENT: ["application/pdf"],
};
/** `4:name:format:signature:e:end:app:user:signature`, all parts in base64 or digits; one line for each part uploaded. */
const HANDLE = /^4:[^:\n]*:([\w+/=]+):AR[\w-]+:e:\d+:(\d+):\d+:AR[\w-]+$/u;

/** What a handle stands for: a file that is here, one of an app elsewhere, or nothing. */
export type Sample = PublicFile | "elsewhere" | undefined;

/**
 * Looks a handle up. One of an app of this platform must have been given out by a resumable upload; one of another app
 * carries Meta's signature, which cannot be checked here, and is taken by its form.
 */
export function sampleOf(state: State, appId: string, handle: string): Sample {
  const file = fileOfHandle(state, appId, handle);
  if (file !== undefined) return file;
  const parts = handle.split("\n").map((line) => HANDLE.exec(line));
  return parts.every((part) => part !== null && !state.apps.has(part[2] ?? "")) ? "elsewhere" : undefined;
}

/** Whether a sample can stand for a header of this format. */
export function fitsHeader(sample: Sample, handle: string, format: HeaderFormat): boolean {
  if (sample === undefined) return false;
  const types = SAMPLE_TYPES[format] ?? [];
  const type = sample === "elsewhere" ? formatOf(handle) : sample.mimeType;
  return types.includes(type.replace("image/jpg", "image/jpeg"));
}

function formatOf(handle: string): string {
  return Buffer.from(HANDLE.exec(handle.split("\n")[0] ?? "")?.[1] ?? "", "base64").toString();
}
