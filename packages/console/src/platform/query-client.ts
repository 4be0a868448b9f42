import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { failureCode } from "./api.ts";
import { HttpFailure } from "./http-failure.ts";

/**
 * The memory of what was read. What a person changes here is small and touches several parts of the page, so after every
 * change everything on screen is read again. `onSignedOut` is told when the server no longer knows the session.
 */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  const onError = (error: unknown): void => {
    if (failureCode(error) === "UNAUTHORIZED") onSignedOut();
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError, onSuccess: () => client.invalidateQueries() }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        // A plain no stays a no; what was not answered at all may be answered in a moment.
        retry: (failures, error) => failureCode(error) === null && !(error instanceof HttpFailure) && failures < 2,
      },
    },
  });
  return client;
}
