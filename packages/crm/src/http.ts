import type { CrmLater } from "./outcome.ts";

export type HttpCall = {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  readonly url: string;
  /** Sent as a bearer; null where the form says who we are. */
  readonly accessToken: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  /** 10 seconds when absent. */
  readonly timeoutMs?: number | undefined;
};

/** Something came back, whatever it says. `body` is undefined when it was empty or no JSON. */
export type HttpAnswer = {
  readonly outcome: "answered";
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
};

/** `unclear`: the request may have been carried out. A read may simply be repeated, a create may not. */
export type Unclear = { readonly outcome: "unclear"; readonly reason: string };

const defaultTimeoutMs = 10_000;

/** How long to wait when a CRM cannot be reached or stumbles. */
export const outageMs = 5000;

/** A path whose parts cannot break out of their place. */
export function path(parts: TemplateStringsArray, ...values: readonly string[]): string {
  return parts.reduce((whole, part, index) => whole + encodeURIComponent(values[index - 1] ?? "") + part);
}

/** One request, one answer, no retry: that belongs to the caller's queue. A redirect is not followed with the token. */
export async function send(call: HttpCall): Promise<HttpAnswer | CrmLater | Unclear> {
  try {
    const answer = await fetch(call.url, {
      method: call.method,
      headers: headersOf(call),
      body: bodyOf(call),
      redirect: "error",
      signal: AbortSignal.timeout(call.timeoutMs ?? defaultTimeoutMs),
    });
    const body = parseJson(await answer.text());
    return { outcome: "answered", status: answer.status, headers: answer.headers, body };
  } catch (error) {
    return brokenOff(error);
  }
}

function headersOf({ accessToken, json, form, headers }: HttpCall): Record<string, string> {
  return {
    accept: "application/json",
    ...headers,
    ...(accessToken !== null && { authorization: `Bearer ${accessToken}` }),
    ...(json !== undefined && { "content-type": "application/json" }),
    ...(form && { "content-type": "application/x-www-form-urlencoded" }),
  };
}

function bodyOf({ json, form }: HttpCall): string | null {
  if (form) return new URLSearchParams(form).toString();
  return json === undefined ? null : JSON.stringify(json);
}

/** An empty body (204) and one that is no JSON both read as undefined; a schema decides whether that is an answer. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Before a connection stands, nothing can have been carried out; afterwards nobody knows. */
const neverSent = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

function brokenOff(error: unknown): CrmLater | Unclear {
  if (!(error instanceof Error)) throw error;
  if (error.name === "TimeoutError") return { outcome: "unclear", reason: "timeout" };
  const code = error.cause instanceof Error && "code" in error.cause ? String(error.cause.code) : "connection_lost";
  if (neverSent.has(code)) return { outcome: "later", retryAfterMs: outageMs, reason: code };
  return { outcome: "unclear", reason: code };
}
