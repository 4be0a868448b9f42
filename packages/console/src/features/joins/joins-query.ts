import type { AppRouter } from "@aparte/api/router";
import { queryOptions } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import type { Services } from "../../platform/services.tsx";

export type Joins = inferRouterOutputs<AppRouter>["consent"]["joins"];
export type Join = Joins["joins"][number];

/** The links by which people agree, with what became of them; read anew whenever they are looked at. */
export function joinsQuery({ api }: Services) {
  return queryOptions({ queryKey: ["consent", "joins"], staleTime: 0, queryFn: () => api.consent.joins.query() });
}
