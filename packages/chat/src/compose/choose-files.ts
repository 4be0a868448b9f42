import { mediaRules } from "@aparte/core/media.ts";
import type { MediaKind } from "@aparte/core/message-content.ts";

const groups = {
  visual: ["image", "video"],
  document: ["document"],
  audio: ["audio"],
  any: ["image", "video", "document", "audio", "sticker"],
} as const satisfies Record<string, readonly MediaKind[]>;

export type FileGroup = keyof typeof groups;

/** What the browser offers to choose from: exactly what WhatsApp takes. */
export function acceptedTypes(group: FileGroup): string {
  return groups[group].flatMap((kind) => mediaRules[kind].mimeTypes).join(",");
}

/** Opens the browser's own dialog for files. */
export function chooseFiles(accept: string, onFiles: (files: File[]) => void, multiple = true): void {
  const input = document.createElement("input");
  Object.assign(input, { type: "file", accept, multiple });
  input.addEventListener("change", () => {
    if (input.files && input.files.length > 0) onFiles([...input.files]);
  });
  input.click();
}
