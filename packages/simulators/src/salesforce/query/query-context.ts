import type { Org } from "../org.ts";
import { dayIn } from "./periods.ts";

/** What a query is asked of, and by whom. */
export type QueryContext = {
  readonly org: Pick<Org, "schema" | "records">;
  /** Whether records in the recycle bin and archived activities are looked at, too. */
  readonly everything: boolean;
  /** As `67.0`, for links. */
  readonly version: string;
  /** The caller's IANA time zone, in which `TODAY` and its like are counted. */
  readonly zone: string;
  /** The day there, as `2026-11-22`. */
  readonly today: string;
};

/** The context of a call by this user. */
export function contextOf(
  org: Org,
  { userId, version, everything = false }: { userId: string; version: string; everything?: boolean },
): QueryContext {
  const zone = org.records.find(org.schema.object("User"), userId)?.values["TimeZoneSidKey"];
  const known = typeof zone === "string" && zone !== "" ? zone : "UTC";
  return { org, everything, version, zone: known, today: dayIn(known, org.clock.now()) };
}
