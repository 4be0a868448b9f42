import type { AppRouter } from "@aparte/api/router";
import { queryOptions } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import type { Services } from "../../platform/services.tsx";

type Crm = inferRouterOutputs<AppRouter>["crm"];
export type CrmConnection = Crm["connections"][number];
export type Erasure = Crm["erasures"][number];

/** The connected CRM accounts, oldest first, also those that ended. */
export function connectionsQuery({ api }: Services) {
  return queryOptions({ queryKey: ["crm", "connections"], queryFn: () => api.crm.connections.query() });
}

/** How the copies stand, for managers: asked again every few seconds, because it changes by itself. */
export function healthQuery({ api }: Services) {
  return queryOptions({ queryKey: ["crm", "health"], queryFn: () => api.crm.health.query(), refetchInterval: 5_000 });
}

/** How each connection writes, for managers. */
export function settingsQuery({ api }: Services) {
  return queryOptions({ queryKey: ["crm", "settings"], queryFn: () => api.crm.settings.query() });
}

/** Wishes to be forgotten that wait, for admins. */
export function erasuresQuery({ api }: Services) {
  return queryOptions({ queryKey: ["crm", "erasures"], queryFn: () => api.crm.erasures.query() });
}
