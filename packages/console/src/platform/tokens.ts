import { HttpFailure } from "./http-failure.ts";

export type TokenSource = {
  /** A short token that is still good, or null when nobody is signed in. Throws when the server does not answer. */
  current(): Promise<string | null>;
  /** Forgets a token: the API refused it, or another person signs in. */
  drop(): void;
};

/** A token is renewed this long before it runs out, in milliseconds, so that it is still good when it arrives. */
const renewBefore = 30_000;

/**
 * Short tokens made from the session cookie, kept in memory and renewed in time. Calls at the same moment share one
 * request.
 */
export function createTokenSource(send: typeof fetch = fetch, now: () => number = Date.now): TokenSource {
  let held: { readonly token: string; readonly goodUntil: number } | null = null;
  let asked: Promise<string | null> | null = null;
  const renew = async (): Promise<string | null> => {
    const token = await requestToken(send);
    held = token === null ? null : { token, goodUntil: now() + lifetime(token) - renewBefore };
    return token;
  };
  return {
    async current() {
      if (held && held.goodUntil > now()) return held.token;
      asked ??= renew().finally(() => {
        asked = null;
      });
      return asked;
    },
    drop() {
      held = null;
    },
  };
}

async function requestToken(send: typeof fetch): Promise<string | null> {
  const answer = await send("/api/auth/token", { cache: "no-store" });
  if (answer.status === 401) return null;
  if (!answer.ok) throw new HttpFailure(answer.status, "a token");
  const body = (await answer.json()) as { readonly token?: unknown };
  if (typeof body.token !== "string") throw new Error("The server's answer holds no token");
  return body.token;
}

/**
 * For how long a JSON Web Token is good, in milliseconds: `exp` minus `iat` (RFC 7519, 4.1). Counted from its arrival,
 * so that a clock of this machine that is wrong does no harm.
 */
function lifetime(token: string): number {
  const payload = token.split(".")[1] ?? "";
  const text = atob(payload.replaceAll("-", "+").replaceAll("_", "/"));
  const { exp, iat } = JSON.parse(text) as { readonly exp?: unknown; readonly iat?: unknown };
  if (typeof exp !== "number" || typeof iat !== "number") throw new Error("The token does not say how long it is good");
  return (exp - iat) * 1000;
}
