import type { AppRouter } from "@aparte/api/router";
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink, type TRPCClient } from "@trpc/client";
import { EventSource } from "eventsource";
import type { TokenSource } from "./session.ts";

export type Api = TRPCClient<AppRouter>;

/** A call that takes longer counts as not answered, in milliseconds. */
const patience = 15_000;

/**
 * The API of one server, spoken to with short tokens. The live stream is read by `fetch` as well: the browser's own
 * EventSource cannot carry a header, and a token in an address ends up in logs.
 */
export function createApi(server: string, tokens: TokenSource, send: typeof fetch = fetch): Api {
  const url = `${server}/trpc`;
  const authorised = authorisedFetch(tokens, send);
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: httpSubscriptionLink({
          url,
          EventSource,
          eventSourceOptions: { fetch: (address, init) => authorised(address, init) },
        }),
        false: httpBatchLink({
          url,
          fetch: (address, init) => authorised(address, withPatience(init as RequestInit | undefined)),
        }),
      }),
    ],
  });
}

/** `fetch` with a short token in its header. A token that is refused is renewed once, then the answer stands. */
export function authorisedFetch(tokens: TokenSource, send: typeof fetch): typeof fetch {
  return async (address, init) => {
    const attempt = (token: string): Promise<Response> => {
      const headers = new Headers(init?.headers);
      headers.set("authorization", `Bearer ${token}`);
      return send(address, { ...init, headers, credentials: "omit" });
    };
    const token = await tokens.current();
    const answer = await attempt(token);
    if (answer.status !== 401) return answer;
    tokens.refuse(token);
    return attempt(await tokens.current());
  };
}

function withPatience(init: RequestInit | undefined): RequestInit {
  const limit = AbortSignal.timeout(patience);
  return { ...init, signal: init?.signal ? AbortSignal.any([init.signal, limit]) : limit };
}

/** The version of the server at an address, null when no Aparté server answers there. Needs nobody to be signed in. */
export async function reachServer(server: string, send: typeof fetch = fetch): Promise<string | null> {
  const api = createTRPCClient<AppRouter>({
    links: [
      httpBatchLink({
        url: `${server}/trpc`,
        fetch: (address, init) =>
          send(address, { ...withPatience(init as RequestInit | undefined), credentials: "omit" }),
      }),
    ],
  });
  return api.workspaces.status.query().then(
    (status) => status.version,
    () => null,
  );
}
