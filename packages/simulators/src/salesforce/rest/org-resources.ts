import { identityUrl } from "../oauth/who.ts";
import { ok } from "./resource.ts";
import type { Resource } from "./resource.ts";

const AREAS = ["composite", "limits", "parameterizedSearch", "query", "queryAll", "search", "sobjects", "tooling"];

/** What an org says of itself: the areas of its API, who is calling and its limits. */
export const ORG_RESOURCES: readonly Resource[] = [
  {
    method: "GET",
    path: "/",
    handle: ({ org, caller, version }) => {
      const areas = AREAS.map((area) => [area, `/services/data/v${version}/${area}`] as const);
      return ok({ ...Object.fromEntries(areas), identity: identityUrl(org, caller.userId) });
    },
  },
  {
    method: "GET",
    path: "/limits",
    handle: ({ org }) => {
      const max = org.behaviour.daily_api_requests;
      return ok({
        DailyApiRequests: { Max: max, Remaining: Math.max(0, max - org.usage.used) },
      });
    },
  },
];
