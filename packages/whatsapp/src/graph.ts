import type { MetaError } from "./errors.ts";
import { readJson } from "./json.ts";
import { readMetaError } from "./meta-error.ts";
import { appSecretProof } from "./signature.ts";

export type GraphSettings = {
  /** `https://graph.facebook.com`, or a stand-in. */
  readonly baseUrl: string;
  /** `v26.0` */
  readonly version: string;
  readonly accessToken: string;
  /** When given, every request proves that we hold it. */
  readonly appSecret?: string | null;
  /** For a whole exchange, from the connection to the last byte. */
  readonly timeoutMs?: number;
  /** The same for exchanges that carry a file. */
  readonly fileTimeoutMs?: number;
  readonly fetch?: typeof fetch;
};

export type GraphRequest = {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Sent in place of a JSON body. */
  readonly file?: FileBody;
  readonly headers?: Readonly<Record<string, string>>;
  /** Another token and the secret of its app, for the few calls that an app makes about itself. */
  readonly as?: { readonly accessToken: string; readonly appSecret: string | null };
};

export type FileBody = {
  /** Bytes; said beforehand, because Meta takes no body of unknown length. */
  readonly size: number;
  readonly bytes: AsyncIterable<Uint8Array>;
};

/**
 * Why there is no answer that can be trusted. `not_connected`: no byte of the request left, trying again is safe.
 * All others leave open what the other side did.
 */
export type NoAnswerReason =
  | "not_connected"
  | "timeout"
  | "connection_lost"
  | "redirected"
  | "too_large"
  | "unreadable_answer"
  | "server_error";

export type GraphAnswer =
  | {
      readonly reason: null;
      readonly status: number;
      readonly json: unknown;
      /** Set when Meta refused; null with any other answer, whatever its status. */
      readonly error: MetaError | null;
    }
  | { readonly reason: NoAnswerReason };

/** One exchange with Graph. Never throws for what the network or the other side does. */
export type Graph = (request: GraphRequest) => Promise<GraphAnswer>;

const maxAnswerBytes = 4 * 1024 * 1024;

/** Throws at once on settings that no request could use. */
export function checkSettings({ baseUrl, version, accessToken, appSecret = null }: GraphSettings): void {
  if (!URL.canParse(baseUrl)) throw new Error("the address of the Graph API is not a URL");
  if (!/^v\d+\.\d+$/.test(version)) throw new Error("the version of the Graph API is not spelled like v26.0");
  // A header refuses other characters with an error that quotes them.
  if (!/^[\x21-\x7E]+$/.test(accessToken)) throw new Error("the access token is empty or has forbidden characters");
  if (appSecret?.trim() === "") throw new Error("the app secret is empty");
}

export const fileTimeoutMs = 300_000;

/**
 * Prepares exchanges with Meta's Graph API. Throws at once on settings that no request could use. Redirects are not
 * followed: Graph sends none, and the token must not travel. Neither errors nor answers contain the token. A file that
 * cannot be read to its end rejects with the reader's own error.
 */
export function createGraph(settings: GraphSettings): Graph {
  checkSettings(settings);
  const { baseUrl, version, accessToken, appSecret = null, timeoutMs = 10_000 } = settings;
  const root = [baseUrl.replace(/\/+$/, ""), version];
  const exchange = settings.fetch ?? fetch;

  return async ({ method, path, query = {}, body, file, headers: more, as = { accessToken, appSecret } }) => {
    const url = new URL([...root, ...path.map(segment)].join("/"));
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    if (as.appSecret !== null) url.searchParams.set("appsecret_proof", appSecretProof(as.accessToken, as.appSecret));
    const headers = new Headers({ authorization: `Bearer ${as.accessToken}`, ...more });
    const patience = file ? (settings.fileTimeoutMs ?? fileTimeoutMs) : timeoutMs;
    const init: RequestInit = { method, headers, redirect: "manual", signal: AbortSignal.timeout(patience) };
    if (body !== undefined) {
      headers.set("content-type", "application/json");
      init.body = JSON.stringify(body);
    }
    const reading = file && readAlong(file.bytes);
    if (reading) {
      headers.set("content-length", String(file.size));
      Object.assign(init, { body: reading.bytes, duplex: "half" });
    }
    try {
      return await readAnswer(await exchange(url, init), [accessToken, as.accessToken, as.appSecret ?? accessToken]);
    } catch (error) {
      if (reading?.broken()) throw reading.broken();
      return { reason: networkReason(error) };
    }
  };
}

/** An upload session's id stands in the path with its colon. */
function segment(text: string): string {
  return encodeURIComponent(text).replaceAll("%3A", ":");
}

/** The bytes of a file, remembering why they broke off: `fetch` would call that a trouble of the network. */
function readAlong(bytes: AsyncIterable<Uint8Array>) {
  let reason: Error | null = null;
  async function* watched() {
    try {
      yield* bytes;
    } catch (error) {
      reason = error instanceof Error ? error : new Error("the file cannot be read", { cause: error });
      throw reason;
    }
  }
  return { bytes: watched(), broken: (): Error | null => reason };
}

export async function readAnswer(response: Response, secrets: readonly string[]): Promise<GraphAnswer> {
  const { status } = response;
  if (status >= 300 && status < 400) {
    await response.body?.cancel();
    return { reason: "redirected" };
  }
  const bytes = await readCapped(response);
  if (bytes === null) return { reason: "too_large" };
  const { problem, value } = readJson(bytes);
  if (problem !== null) return { reason: status >= 500 ? "server_error" : "unreadable_answer" };
  return { reason: null, status, json: value, error: status < 400 ? null : readMetaError(value, status, secrets) };
}

async function readCapped(response: Response): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > maxAnswerBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** `fetch` rejects with TypeError for the network and with TimeoutError for our clock; anything else is a defect. */
export function networkReason(error: unknown): NoAnswerReason {
  if (error instanceof DOMException && error.name === "TimeoutError") return "timeout";
  if (!(error instanceof TypeError)) throw error;
  return neverConnected(error.cause) ? "not_connected" : "connection_lost";
}

function neverConnected(cause: unknown): boolean {
  if (cause instanceof AggregateError) return cause.errors.every(neverConnected);
  if (!(cause instanceof Error)) return false;
  const { code, syscall } = cause as NodeJS.ErrnoException;
  return syscall === "connect" || syscall === "getaddrinfo" || code === "UND_ERR_CONNECT_TIMEOUT";
}
