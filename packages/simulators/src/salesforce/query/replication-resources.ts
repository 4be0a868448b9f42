import { requireType } from "../records/find-record.ts";
import { ok, param } from "../rest/resource.ts";
import type { Answer, Call, Resource } from "../rest/resource.ts";
import { SalesforceError } from "../salesforce-error.ts";
import { salesforceTime } from "../salesforce-time.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** How far back changes are told of, and how long deletions are known: as long as the recycle bin keeps them. */
const FURTHEST_BACK_MS = 30 * DAY_MS;
const DELETIONS_KNOWN_MS = 15 * DAY_MS;

/** What changed, and what was deleted, between two moments. Source: REST API Developer Guide, Get Updated, Get Deleted. */
export const REPLICATION_RESOURCES: readonly Resource[] = [
  { method: "GET", path: "/sobjects/:object/updated", handle: updated },
  { method: "GET", path: "/sobjects/:object/deleted", handle: deleted },
];

/** Whole minutes in ms: from the start up to, but without, the end. Salesforce does not look at seconds. */
type Window = { start: number; end: number };

function updated(call: Call): Answer {
  const type = requireType(call.org, param(call, "object"));
  const window = readWindow(call);
  const records = call.org.records.all(type);
  const changed = records.filter(({ values }) => isWithin(window, Date.parse(String(values["SystemModstamp"]))));
  return ok({ ids: changed.map(({ id }) => id), latestDateCovered: latestCovered(call, window) });
}

function deleted(call: Call): Answer {
  const { org } = call;
  const type = requireType(org, param(call, "object"));
  const window = readWindow(call);
  const gone = org.records.all(type, { deleted: true }).flatMap(({ id, deletedAt }) => {
    return deletedAt !== undefined && isWithin(window, deletedAt)
      ? [{ id, deletedDate: salesforceTime(deletedAt) }]
      : [];
  });
  return ok({
    deletedRecords: gone,
    earliestDateAvailable: salesforceTime(wholeMinute(org.clock.now() - DELETIONS_KNOWN_MS)),
    latestDateCovered: latestCovered(call, window),
  });
}

function readWindow({ query, org }: Call): Window {
  const [start = 0, end = 0] = ["start", "end"].map((name) => {
    const given = query.get(name);
    if (given === null) throw new SalesforceError(400, "MISSING_ARGUMENT", `The ${name} parameter is required`);
    // An unescaped plus sign of a time zone arrives as a space.
    const at = Date.parse(given.replace(" ", "+").replace(/([+-]\d{2})(\d{2})$/u, "$1:$2"));
    if (Number.isNaN(at)) throw invalidDate(`${name} is not a date and time in ISO 8601`);
    return wholeMinute(at);
  });
  if (end <= start) throw invalidDate("endDate must be at least one minute greater than the startDate");
  if (start < org.clock.now() - FURTHEST_BACK_MS) throw invalidDate("startDate cannot be more than 30 days ago");
  return { start, end };
}

/** What happens in the minute under way may still be missing from an answer. */
function latestCovered({ org }: Call, { end }: Window): string {
  return salesforceTime(Math.min(end, wholeMinute(org.clock.now())));
}

function isWithin({ start, end }: Window, at: number): boolean {
  return at >= start && at < end;
}

function wholeMinute(at: number): number {
  return Math.floor(at / MINUTE_MS) * MINUTE_MS;
}

function invalidDate(what: string): SalesforceError {
  return new SalesforceError(400, "INVALID_REPLICATION_DATE", what);
}
