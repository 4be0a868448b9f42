import type { AppRouter } from "@aparte/api/router";
import { createTRPCClient, httpBatchLink, retryLink, TRPCClientError, type TRPCClient } from "@trpc/client";
import type { TokenSource } from "./tokens.ts";

export type Api = TRPCClient<AppRouter>;

/** The API of this origin, spoken to with short tokens. A call whose token is refused is made once more with a new one. */
export function createApi(tokens: TokenSource): Api {
  return createTRPCClient<AppRouter>({
    links: [
      retryLink({
        retry: ({ error, attempts }) => {
          const again = attempts === 1 && failureCode(error) === "UNAUTHORIZED";
          if (again) tokens.drop();
          return again;
        },
      }),
      httpBatchLink({
        url: "/trpc",
        headers: async () => {
          const token = await tokens.current();
          return token === null ? {} : { authorization: `Bearer ${token}` };
        },
      }),
    ],
  });
}

/** What the API said no with ("UNAUTHORIZED", "FORBIDDEN" …); null when it was not reached, or this is no call's failure. */
export function failureCode(error: unknown): string | null {
  if (!(error instanceof TRPCClientError)) return null;
  const data = (error as TRPCClientError<AppRouter>).data;
  return data?.code ?? null;
}
