import { ok, param } from "../rest/resource.ts";
import type { Call, Resource } from "../rest/resource.ts";
import { SalesforceError } from "../salesforce-error.ts";
import { contextOf } from "./query-context.ts";
import { runQuery } from "./run-query.ts";

const LARGEST_PAGE = 2_000;
const SMALLEST_PAGE = 200;

/** Queries in SOQL, page by page. `queryAll` looks into the recycle bin and at archived activities, too. */
export const QUERY_RESOURCES: readonly Resource[] = [
  { method: "GET", path: "/query", handle: (call) => begin(call, { everything: false }) },
  { method: "GET", path: "/queryAll", handle: (call) => begin(call, { everything: true }) },
  { method: "GET", path: "/query/:cursor", handle: next },
  { method: "GET", path: "/queryAll/:cursor", handle: next },
];

function begin({ org, caller, version, query, headers }: Call, { everything }: { everything: boolean }) {
  const soql = query.get("q");
  if (soql === null || soql.trim() === "") {
    throw new SalesforceError(400, "MALFORMED_QUERY", "A query string has to be specified");
  }
  const { userId } = caller;
  const found = runQuery(contextOf(org, { userId, version, everything }), soql);
  const pageSize = readPageSize(headers["sforce-query-options"]);
  return ok(org.cursors.begin(found, { pageSize, userId, version }));
}

function next(call: Call) {
  const { org, caller, version } = call;
  return ok(org.cursors.next(param(call, "cursor"), { userId: caller.userId, version }));
}

/** `batchSize=500` asks for smaller pages; Salesforce keeps it within its bounds. */
function readPageSize(options: string | undefined): number {
  const asked = Number(/batchSize\s*=\s*(\d+)/iu.exec(options ?? "")?.[1] ?? LARGEST_PAGE);
  return Math.min(LARGEST_PAGE, Math.max(SMALLEST_PAGE, asked));
}
