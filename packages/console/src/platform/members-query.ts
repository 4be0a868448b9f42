import { queryOptions } from "@tanstack/react-query";
import type { Services } from "./services.tsx";

/** Who works in this workspace. For managers and admins. */
export function membersQuery({ api }: Services) {
  return queryOptions({ queryKey: ["identity", "members"], queryFn: () => api.identity.members.query() });
}
