import { asText, isObject } from "./guards.ts";
import { item, keysOf, removeAll, type Item } from "./storage.ts";

/**
 * A sign-in of this browser at one server. The token is long-lived and only ever travels to that server's
 * `/api/auth/token`; every other call carries a short token made from it (`TokenSource`).
 */
export type Session = {
  readonly server: string;
  readonly token: string;
  readonly user: { readonly id: string; readonly name: string; readonly email: string };
};

/** What a session is proven with. */
type Credentials = Pick<Session, "server" | "token">;

/** Prefixes of what belongs to the person who is signed in, and goes when they sign out. */
export const personalPrefixes = { local: "memory:", session: "view:" } as const;

export const storedSession: Item<Session> = item("local", "session", parse);

/** A session of another server than the one that is set now does not count. */
export function sessionAt(session: Session | null, server: string): Session | null {
  return session?.server === server ? session : null;
}

/** The server no longer knows the session: it ran out, or was ended elsewhere. */
export class SessionEnded extends Error {
  override readonly name = "SessionEnded";
}

export type TokenSource = {
  /** A token that is good for at least half a minute more. Throws `SessionEnded`, or what the network throws. */
  readonly current: () => Promise<string>;
  /** Takes note that the server did not accept this token. */
  readonly refuse: (token: string) => void;
};

/** For calls while nobody is signed in: they end before they begin. */
export const signedOutTokens: TokenSource = {
  current: () => Promise.reject(new SessionEnded("Nobody is signed in")),
  refuse: () => undefined,
};

/** A token is renewed this long before it runs out, so that it is still good when it arrives. */
const renewBefore = 30_000;

type ShortToken = {
  readonly text: string;
  /** In milliseconds since 1970. */
  readonly goodUntil: number;
  /** The session's token that it was made from. */
  readonly madeFrom: string;
};

/** The short token that all pages of the extension share, in the browser's memory: a tab more is no question more. */
const sharedToken: Item<ShortToken> = item("session", "token", parseShortToken);

/**
 * Short tokens for one session, renewed in time. Calls at the same moment share one request. When the server no longer
 * knows the session, the stored one is removed: everything signed in follows from that.
 */
export function createTokenSource(session: Credentials, send: typeof fetch = fetch, now = Date.now): TokenSource {
  let token: Promise<ShortToken> | null = null;
  let refused: string | null = null;
  const usable = (held: ShortToken | null): held is ShortToken =>
    held !== null && held.madeFrom === session.token && held.text !== refused && held.goodUntil > now();
  const renew = async (): Promise<ShortToken> => {
    const shared = await sharedToken.read();
    if (usable(shared)) return shared;
    const text = await requestToken(session, send);
    const made = { text, goodUntil: expiryOf(text) - renewBefore, madeFrom: session.token };
    await sharedToken.write(made);
    return made;
  };
  const ask = (): Promise<ShortToken> => {
    const asked = renew();
    token = asked;
    asked.catch(() => {
      if (token === asked) token = null;
    });
    return asked;
  };
  return {
    current: async () => {
      const asked = token ?? ask();
      const held = await asked;
      if (usable(held)) return held.text;
      return (await (token === null || token === asked ? ask() : token)).text;
    },
    refuse: (text) => {
      refused = text;
    },
  };
}

async function requestToken(session: Credentials, send: typeof fetch): Promise<string> {
  const answer = await send(`${session.server}/api/auth/token`, {
    headers: { authorization: `Bearer ${session.token}` },
    credentials: "omit",
    cache: "no-store",
  });
  if (answer.status === 401) {
    if ((await storedSession.read())?.token === session.token) await storedSession.remove();
    throw new SessionEnded("The server no longer knows this session");
  }
  if (!answer.ok) throw new Error(`The server answered ${answer.status} when asked for a token`);
  const body: unknown = await answer.json();
  const token = isObject(body) ? asText(body.token) : null;
  if (token === null) throw new Error("The server's answer holds no token");
  return token;
}

/** When a JSON Web Token runs out (`exp`, RFC 7519 4.1.4), in milliseconds; 0 when it does not say. */
export function expiryOf(token: string): number {
  const payload = token.split(".")[1];
  if (payload === undefined) return 0;
  const text = atob(payload.replaceAll("-", "+").replaceAll("_", "/"));
  const claims: unknown = JSON.parse(text);
  return isObject(claims) && typeof claims.exp === "number" ? claims.exp * 1000 : 0;
}

/**
 * Ends the session on this browser and wipes what belongs to the person: drafts and remembered conversations. The server is
 * told too; when it cannot be reached the session still ends here, and there by its own time limit.
 * The answer says whether the server heard of it.
 */
export async function signOut(send: typeof fetch = fetch): Promise<{ readonly serverKnows: boolean }> {
  const session = await storedSession.read();
  await storedSession.remove();
  await sharedToken.remove();
  await forgetPersonal();
  if (session === null) return { serverKnows: true };
  const told = await send(`${session.server}/api/auth/sign-out`, {
    method: "POST",
    headers: { authorization: `Bearer ${session.token}`, "content-type": "application/json" },
    body: "{}",
    credentials: "omit",
  }).then(
    (answer) => answer.ok,
    () => false,
  );
  return { serverKnows: told };
}

/** Removes drafts, reading marks and remembered conversations. */
export async function forgetPersonal(): Promise<void> {
  await removeAll("local", personalPrefixes.local);
  await removeAll("session", personalPrefixes.session);
}

/** How many values `forgetPersonal` would remove. */
export async function countPersonal(): Promise<number> {
  const local = await keysOf("local", personalPrefixes.local);
  const remembered = await keysOf("session", personalPrefixes.session);
  return local.length + remembered.length;
}

function parse(value: unknown): Session | null {
  if (!isObject(value) || !isObject(value.user)) return null;
  const [server, token] = [asText(value.server), asText(value.token)];
  const [id, name, email] = [asText(value.user.id), asText(value.user.name), asText(value.user.email)];
  if (server === null || token === null || id === null || name === null || email === null) return null;
  return { server, token, user: { id, name, email } };
}

function parseShortToken(value: unknown): ShortToken | null {
  if (!isObject(value) || typeof value.goodUntil !== "number") return null;
  const [text, madeFrom] = [asText(value.text), asText(value.madeFrom)];
  return text === null || madeFrom === null ? null : { text, madeFrom, goodUntil: value.goodUntil };
}
