import type { CallResult } from "./call.ts";
import { checkSettings, fileTimeoutMs, networkReason, readAnswer, type GraphSettings } from "./graph.ts";
import { isMetaFile } from "./media-place.ts";

/** A file on its way. `bytes` rejects when the connection breaks, is too slow, or brings more than was allowed. */
export type Download = {
  /** As the server says; null when it does not. */
  readonly mimeType: string | null;
  readonly size: number | null;
  readonly bytes: AsyncIterable<Uint8Array>;
};

export type DownloadFile = (url: string, maxBytes: number) => Promise<CallResult<Download>>;

/**
 * Prepares downloads of files at the addresses that `mediaUrl` gives (Meta, "Download media"): each lives five minutes and
 * asks for the token. The token goes to Meta's own hosts only and is not carried on to another address. An address that
 * is no longer good answers with an error, or with a page: ask for a new one then.
 */
export function createDownload(settings: GraphSettings): DownloadFile {
  checkSettings(settings);
  const { baseUrl, accessToken } = settings;
  const exchange = settings.fetch ?? fetch;
  return async (url, maxBytes) => {
    if (!isMetaFile(url, baseUrl)) throw new Error("the address is not one of Meta's files");
    // Meta's file server has been seen to turn away clients that it does not know.
    const headers = { authorization: `Bearer ${accessToken}`, "user-agent": "curl/8.5.0 (aparte)" };
    const signal = AbortSignal.timeout(settings.fileTimeoutMs ?? fileTimeoutMs);
    try {
      const response = await exchange(url, { headers, redirect: "manual", signal });
      if (response.status !== 200 || response.body === null) return await refusal(response, accessToken);
      const told = Number(response.headers.get("content-length") ?? Number.NaN);
      if (told > maxBytes) {
        await response.body.cancel();
        return { ok: false, error: null, reason: "too_large" };
      }
      const value = {
        mimeType: response.headers.get("content-type"),
        size: Number.isSafeInteger(told) ? told : null,
        bytes: capped(response.body, maxBytes),
      };
      return { ok: true, value };
    } catch (error) {
      return { ok: false, error: null, reason: networkReason(error) };
    }
  };
}

async function refusal(response: Response, accessToken: string): Promise<CallResult<Download>> {
  const answer = await readAnswer(response, [accessToken]);
  if (answer.reason !== null) return { ok: false, error: null, reason: answer.reason };
  if (answer.error !== null) return { ok: false, error: answer.error, reason: null };
  return { ok: false, error: null, reason: answer.status >= 500 ? "server_error" : "unreadable_answer" };
}

async function* capped(body: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new RangeError(`the file has more than ${maxBytes} bytes`);
    yield chunk;
  }
}
