import type { RateState } from "../rate.ts";

/** Limits of a rolling day, by their names in the header: the whole org's, and this app's own where an admin set one. */
const dayLimits = ["api-usage", "per-app-api-usage"];

/**
 * What `Sforce-Limit-Info` says: `api-usage=18/15000; per-app-api-usage=17/250(appName=Aparte)`, read by name, unknown
 * names ignored (REST API guide, "Limit Info Header"). Of two limits of the day the tighter one; null when there is none.
 */
export function readRate(headers: Headers): RateState | null {
  const limits = (headers.get("sforce-limit-info") ?? "").split(/[;,]/u).flatMap(readLimit);
  const [day] = limits.toSorted((a, b) => a.remaining / a.max - b.remaining / b.max);
  return day === undefined ? null : { burst: null, day };
}

function readLimit(text: string): NonNullable<RateState["day"]>[] {
  const { name, used, max } = /^\s*(?<name>[\w-]+)=(?<used>\d+)\/(?<max>[1-9]\d*)/u.exec(text)?.groups ?? {};
  if (name === undefined || !dayLimits.includes(name)) return [];
  return [{ max: Number(max), remaining: Math.max(0, Number(max) - Number(used)) }];
}
