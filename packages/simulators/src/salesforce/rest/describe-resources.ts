import { requireType } from "../records/find-record.ts";
import { describeBriefly, describeObject } from "../schema/describe.ts";
import { ok, param } from "./resource.ts";
import type { Call, Resource } from "./resource.ts";

/** The most records that one batch of a query has. */
const MAX_BATCH_SIZE = 200;

/** What there is in the org: its objects and their fields. */
export const DESCRIBE_RESOURCES: readonly Resource[] = [
  {
    method: "GET",
    path: "/sobjects",
    handle: (call) => {
      const sobjects = call.org.schema.list().map((type) => describeBriefly(type, baseOf(call)));
      return ok({ encoding: "UTF-8", maxBatchSize: MAX_BATCH_SIZE, sobjects });
    },
  },
  {
    method: "GET",
    path: "/sobjects/:object",
    handle: (call) => {
      const type = requireType(call.org, param(call, "object"));
      return ok({ objectDescribe: describeBriefly(type, baseOf(call)), recentItems: [] });
    },
  },
  {
    method: "GET",
    path: "/sobjects/:object/describe",
    handle: (call) => {
      const type = requireType(call.org, param(call, "object"));
      return ok(describeObject(call.org.schema, type, baseOf(call)));
    },
  },
];

function baseOf({ version }: Call): string {
  return `/services/data/v${version}`;
}
