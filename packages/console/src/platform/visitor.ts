import type { AppRouter } from "@aparte/api/router";
import { queryOptions, type QueryClient } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { failureCode } from "./api.ts";
import type { Services } from "./services.tsx";

export type Member = inferRouterOutputs<AppRouter>["identity"]["me"];

/** Who is looking at the console. A stranger is signed in but belongs to no workspace. */
export type Visitor =
  | { readonly state: "signed_out" }
  | { readonly state: "stranger" }
  | { readonly state: "member"; readonly member: Member };

const visitorKey = ["visitor"];

/** Never answers with an error for people who may not be here, so that the pages can choose what to show them. */
export function visitorQuery({ api, tokens }: Services) {
  return queryOptions({
    queryKey: visitorKey,
    staleTime: 5 * 60_000,
    queryFn: async (): Promise<Visitor> => {
      if ((await tokens.current()) === null) return { state: "signed_out" };
      try {
        return { state: "member", member: await api.identity.me.query() };
      } catch (failure) {
        if (failureCode(failure) !== "UNAUTHORIZED") throw failure;
        return { state: (await tokens.current()) === null ? "signed_out" : "stranger" };
      }
    },
  });
}

/** Whether this server has a workspace, and which version it runs. Open to anyone. */
export function statusQuery({ api }: Services) {
  return queryOptions({ queryKey: ["status"], queryFn: () => api.workspaces.status.query() });
}

/** The next page asks again who is looking. */
export function forgetVisitor(queryClient: QueryClient): void {
  queryClient.removeQueries({ queryKey: visitorKey });
}
