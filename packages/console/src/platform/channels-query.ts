import { queryOptions } from "@tanstack/react-query";
import type { Services } from "./services.tsx";

/** The connected numbers, oldest first. */
export function channelsQuery({ api }: Services) {
  return queryOptions({ queryKey: ["channels"], queryFn: () => api.channels.list.query() });
}
