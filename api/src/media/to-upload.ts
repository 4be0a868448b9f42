import type { FileToUpload } from "@aparte/whatsapp/media-file.ts";
import type { FileStore } from "../platform/file-store.ts";
import type { KeptFile } from "./service.ts";

/** A file that is here, as it is handed over to Meta: read from the store in pieces. */
export function toUpload(files: FileStore, { storeKey, mimeType, fileName, size }: KeptFile): FileToUpload {
  return {
    mimeType,
    fileName: fileName ?? "file",
    size,
    read: async function* (offset) {
      if (offset >= size) return;
      const bytes = await files.get(storeKey, { start: offset, end: size - 1 });
      if (!bytes) throw new Error("The store has lost the bytes of a file.");
      yield* bytes;
    },
  };
}
