import type { AppRouter } from "@aparte/api/router";
import { createTRPCClient, httpBatchLink, type TRPCClient } from "@trpc/client";

export type Client = TRPCClient<AppRouter>;

/** A tRPC client without sign-in, or with a person's short token: the one given, or the one that is good at each call. */
export function clientOf(origin: string, token: string | null | (() => Promise<string>)): Client {
  const headers = async () => {
    const good = typeof token === "function" ? await token() : token;
    return good === null ? {} : { authorization: `Bearer ${good}` };
  };
  return createTRPCClient<AppRouter>({ links: [httpBatchLink({ url: `${origin}/trpc`, headers })] });
}

/** A short token lives five minutes; it is exchanged before. */
const tokenLifeMs = 240_000;

/** The short token of a person that is good now, for what may take longer than one lives. `first`: one just fetched. */
export function lastingToken(
  origin: string,
  { email, password, first }: { readonly email: string; readonly password: string; readonly first?: string },
): () => Promise<string> {
  const fetchToken = () => tokenOf(origin, email, password);
  let current = first === undefined ? fetchToken() : Promise.resolve(first);
  let until = performance.now() + tokenLifeMs;
  return () => {
    if (performance.now() > until) {
      current = fetchToken();
      until = performance.now() + tokenLifeMs;
    }
    return current;
  };
}

/** Signs in as the console does: the cookies that a browser keeps. */
export async function cookieOf(origin: string, email: string, password: string): Promise<string> {
  const signIn = await fetch(`${origin}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin },
    body: JSON.stringify({ email, password }),
  });
  if (!signIn.ok) throw new Error(`Sign-in failed with ${signIn.status}.`);
  return signIn.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
}

/** Signs in and returns the short token that calls carry. */
export async function tokenOf(origin: string, email: string, password: string): Promise<string> {
  const cookie = await cookieOf(origin, email, password);
  const answer = await fetch(`${origin}/api/auth/token`, { headers: { cookie } });
  return ((await answer.json()) as { token: string }).token;
}
