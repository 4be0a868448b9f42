import type { TokenSource } from "./session.ts";

export type UploadRequest = {
  /** Path and query on the server. */
  readonly path: string;
  readonly file: Blob;
  /** How much has left, 0 to 1. */
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
};

export type UploadAnswer = { readonly status: number; readonly body: unknown };

/** `fetch` tells nothing of how far a body is, so this is the one place that uses the older request. */
export type CreateRequest = () => XMLHttpRequest;

/** Puts files on one server. */
export type PutFile = (request: UploadRequest) => Promise<UploadAnswer>;

/**
 * Puts files on a server with a short token in its header. A token that is refused is renewed once, then the answer
 * stands. Rejects when the server is not reached, and with the signal's reason when it ends it.
 */
export function createPutFile(
  server: string,
  tokens: TokenSource,
  create: CreateRequest = () => new XMLHttpRequest(),
): PutFile {
  return async (request) => {
    const attempt = (token: string): Promise<UploadAnswer> => put(create(), `${server}${request.path}`, token, request);
    const token = await tokens.current();
    const answer = await attempt(token);
    if (answer.status !== 401) return answer;
    tokens.refuse(token);
    return attempt(await tokens.current());
  };
}

function put(http: XMLHttpRequest, url: string, token: string, request: UploadRequest): Promise<UploadAnswer> {
  const { file, onProgress, signal } = request;
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const abort = (): void => http.abort();
    signal.addEventListener("abort", abort);
    const end = (settle: () => void): void => {
      signal.removeEventListener("abort", abort);
      settle();
    };
    http.upload.addEventListener("progress", ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total));
    http.addEventListener("load", () => end(() => resolve({ status: http.status, body: http.response })));
    http.addEventListener("error", () => end(() => reject(new TypeError("The server could not be reached"))));
    http.addEventListener("abort", () => end(() => reject(signal.reason)));
    http.open("PUT", url);
    http.responseType = "json";
    http.setRequestHeader("authorization", `Bearer ${token}`);
    http.setRequestHeader("content-type", file.type || "application/octet-stream");
    http.send(file);
  });
}
