import type { Org } from "../org.ts";
import type { Call } from "../rest/resource.ts";

/** A write on its way in: whose it is, and the call that it came by, for the ledger. */
export type Write = {
  readonly org: Org;
  readonly userId: string;
  /** When, in ms since the epoch. */
  readonly at: number;
  readonly method: string;
  readonly url: string;
  /** The name that the client gave itself in `Sforce-Call-Options`. */
  readonly client: string | undefined;
  /** Whether the caller saves what a duplicate rule has warned of. */
  readonly allowDuplicates: boolean;
  /** Holds the row locks: one for all records of a call. */
  readonly unit: object;
};

export function writeOf({ org, caller, method, url, headers, unit }: Call): Write {
  return {
    org,
    userId: caller.userId,
    at: org.clock.now(),
    method,
    url,
    client: /(?:^|,)\s*client=([^,]+)/u.exec(headers["sforce-call-options"] ?? "")?.[1],
    allowDuplicates: /allowSave\s*=\s*true/iu.test(headers["sforce-duplicate-rule-header"] ?? ""),
    unit,
  };
}
