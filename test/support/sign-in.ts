import type { AppRouter } from "@aparte/api/router";
import { createTRPCClient, httpBatchLink, type TRPCClient } from "@trpc/client";

export type Client = TRPCClient<AppRouter>;

/** A tRPC client without sign-in, or with the short token of a person. */
export function clientOf(origin: string, token: string | null): Client {
  const headers = token === null ? {} : { authorization: `Bearer ${token}` };
  return createTRPCClient<AppRouter>({ links: [httpBatchLink({ url: `${origin}/trpc`, headers })] });
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
