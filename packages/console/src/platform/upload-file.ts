import type { Upload, UploadHandlers } from "@aparte/chat/port.ts";
import type { FileView } from "@aparte/core/media.ts";
import type { Outcome } from "@aparte/core/result.ts";
import { HttpFailure } from "./http-failure.ts";
import type { TokenSource } from "./tokens.ts";

/**
 * Gives a file to the API under an id made here. `fetch` tells nothing of how far a body is, so this is the one place that
 * uses the older request. Rejects when the server is not reached, and with the signal's reason when it ends it.
 */
export async function uploadFile(
  tokens: TokenSource,
  { id, channelId, file, name }: Upload,
  { onProgress, signal }: UploadHandlers,
): Promise<Outcome<{ file: FileView }>> {
  const token = await tokens.current();
  signal.throwIfAborted();
  const http = new XMLHttpRequest();
  const { promise, resolve, reject } = Promise.withResolvers<Outcome<{ file: FileView }>>();
  const abort = (): void => http.abort();
  signal.addEventListener("abort", abort);
  http.upload.addEventListener("progress", ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total));
  http.addEventListener("load", () =>
    http.status === 200
      ? resolve(http.response as Outcome<{ file: FileView }>)
      : reject(new HttpFailure(http.status, "a file")),
  );
  http.addEventListener("error", () => reject(new TypeError("The server could not be reached")));
  http.addEventListener("abort", () => reject(signal.reason));
  http.open("PUT", `/media/${id}?${new URLSearchParams({ channel: channelId, name })}`);
  http.responseType = "json";
  http.setRequestHeader("authorization", `Bearer ${token ?? ""}`);
  http.setRequestHeader("content-type", file.type || "application/octet-stream");
  http.send(file);
  return promise.finally(() => signal.removeEventListener("abort", abort));
}
