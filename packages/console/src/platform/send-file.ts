import type { UploadHandlers } from "@aparte/chat/port.ts";
import { HttpFailure } from "./http-failure.ts";
import type { TokenSource } from "./tokens.ts";

/**
 * Gives the bytes of a file to an address of the API and answers with what it says. `fetch` tells nothing of how far a body is,
 * so this is the one place that uses the older request. Rejects when the server is not reached, and with the signal's reason
 * when it ends it.
 */
export async function sendFile<Answer>(
  tokens: TokenSource,
  { method, url, file }: { readonly method: "POST" | "PUT"; readonly url: string; readonly file: Blob },
  { onProgress, signal }: UploadHandlers,
): Promise<Answer> {
  const token = await tokens.current();
  signal.throwIfAborted();
  const http = new XMLHttpRequest();
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const abort = (): void => http.abort();
  signal.addEventListener("abort", abort);
  http.upload.addEventListener("progress", ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total));
  http.addEventListener("load", () =>
    http.status === 200 ? resolve(http.response as Answer) : reject(new HttpFailure(http.status, "a file")),
  );
  http.addEventListener("error", () => reject(new TypeError("The server could not be reached")));
  http.addEventListener("abort", () => reject(signal.reason));
  http.open(method, url);
  http.responseType = "json";
  http.setRequestHeader("authorization", `Bearer ${token ?? ""}`);
  http.setRequestHeader("content-type", file.type || "application/octet-stream");
  http.send(file);
  return promise.finally(() => signal.removeEventListener("abort", abort));
}
