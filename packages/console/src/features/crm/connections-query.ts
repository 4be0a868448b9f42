import type { AppRouter } from "@aparte/api/router";
import { queryOptions } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import type { Services } from "../../platform/services.tsx";

export type CrmConnection = inferRouterOutputs<AppRouter>["crm"]["connections"][number];

/** The connected CRM accounts, oldest first, also those that ended. */
export function connectionsQuery({ api }: Services) {
  return queryOptions({ queryKey: ["crm", "connections"], queryFn: () => api.crm.connections.query() });
}
