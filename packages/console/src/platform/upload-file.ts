import type { Upload, UploadHandlers } from "@aparte/chat/port.ts";
import type { FileView } from "@aparte/core/media.ts";
import type { Outcome } from "@aparte/core/result.ts";
import { sendFile } from "./send-file.ts";
import type { TokenSource } from "./tokens.ts";

/** Gives a file to the API under an id made here. */
export function uploadFile(
  tokens: TokenSource,
  { id, channelId, file, name }: Upload,
  handlers: UploadHandlers,
): Promise<Outcome<{ file: FileView }>> {
  const url = `/media/${id}?${new URLSearchParams({ channel: channelId, name })}`;
  return sendFile(tokens, { method: "PUT", url, file }, handlers);
}
