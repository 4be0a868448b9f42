import type { CrmName } from "./crm-record.ts";
import type { ErrorCode } from "./errors.ts";
import type { SyncView } from "./record-view.ts";

/** What a comparison of our entries with the CRM's found and mended. */
export type DriftReport = {
  /** ISO 8601: when it ended. */
  readonly at: string;
  readonly checked: number;
  /** Deleted in the CRM: left alone until somebody asks for a repair. */
  readonly missing: number;
  /** Changed in the CRM, or no longer on the right records: written again. */
  readonly changed: number;
  /** Entries that stood there twice: the younger ones were removed. */
  readonly doubled: number;
};

/** Why a connection rests: the words stand in the catalogues under `crm.rests.<why>`. */
export const restReasons = ["asked_to_wait", "day_used_up", "kept_for_people"] as const;
export type RestReason = (typeof restReasons)[number];

/** How the way from the CRM to us stands in one connection. Counts end at 10,000. */
export type InHealth = {
  /** Records that changed in the CRM and are not read yet. */
  readonly changesWaiting: number;
  /** How often in a row the CRM did not answer when it was asked for changes. */
  readonly pollFailures: number;
  readonly mirror: {
    readonly on: boolean;
    readonly waiting: number;
    /** Why the CRM does not take the copies of some; null while it takes all. */
    readonly problem: ErrorCode | null;
    readonly lastWrittenAt: string | null;
  };
  /** Wishes to be forgotten that wait for an administrator. */
  readonly erasuresAsked: number;
};

/** How the copy in one CRM account stands. Counts end at 10,000. */
export type CrmHealthView = {
  readonly connectionId: string;
  readonly crm: CrmName;
  readonly accountName: string;
  readonly state: "connected" | "ended";
  /** Why it ended by itself; null while it lives and after an admin ended it. */
  readonly problem: ErrorCode | null;
  /** ISO 8601, all times. When an entry was last written; null: never. */
  readonly lastSyncedAt: string | null;
  readonly waiting: number;
  /** Since when the oldest of them waits; null when none does. */
  readonly oldestWaitingAt: string | null;
  /** Entries that the CRM refused, by reason, the most frequent first. */
  readonly failed: readonly { readonly reason: ErrorCode; readonly count: number }[];
  /** Since when the CRM does not answer; null while it does. */
  readonly unreachableSince: string | null;
  /** Until when nothing is written, and why; null while it is. */
  readonly rests: { readonly until: string; readonly why: RestReason } | null;
  /** What is known of the CRM's limits; null where it tells nothing. */
  readonly usage: {
    readonly day: { readonly max: number; readonly used: number } | null;
    readonly burst: { readonly max: number; readonly used: number; readonly intervalMs: number } | null;
  };
  /** Whether the CRM itself refuses a second entry for a session, or we look before writing again. */
  readonly logMode: "unique" | "read_back";
  /** The last whole comparison; null before the first. */
  readonly drift: DriftReport | null;
  /** Entries that somebody deleted in the CRM: they are not written again until somebody asks for it. */
  readonly gone: number;
  readonly incoming: InHealth;
};

/** What a repair set going: how many entries are written again. */
export type RepairView = { readonly count: number };

/** What was said with one person, and what a repair would mend: `failed`, and `gone` when asked for. */
export type SyncDetail = SyncView & {
  readonly waiting: number;
  readonly failed: number;
  /** Entries that somebody deleted in the CRM. */
  readonly gone: number;
};
