import type { ErrorCode } from "@aparte/core/errors.ts";
import type { FileView } from "@aparte/core/media.ts";

/** Why a file cannot be opened; null when it can, or when it is still on its way. */
export function fileProblem(file: FileView): ErrorCode | null {
  if (file.state === "gone") return file.problem ?? "media.expired";
  return file.state === "refused" ? (file.problem ?? "media.type_refused") : null;
}

/** The view of a file in a message; one that is not named among its files is still on its way. */
export function fileOf(files: readonly FileView[], id: string, mimeType = ""): FileView {
  return files.find((file) => file.id === id) ?? { id, state: "waiting", mimeType, size: null, problem: null };
}
