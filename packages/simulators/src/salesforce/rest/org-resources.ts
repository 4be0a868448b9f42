import { ok } from "./resource.ts";
import type { Resource } from "./resource.ts";

/** What an org says of itself: its limits. */
export const ORG_RESOURCES: readonly Resource[] = [
  {
    method: "GET",
    path: "/limits",
    handle: ({ org }) => {
      const max = org.behaviour.daily_api_requests;
      return ok({ DailyApiRequests: { Max: max, Remaining: Math.max(0, max - org.usage.used) } });
    },
  },
];
