import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import type { CrmFailure } from "./outcome.ts";

/**
 * How the CRM holds our key of a log: `unique` means that it refuses a second one and writing is exactly-once by
 * itself; `read_back` means that only looking for it afterwards tells whether a lost answer was a success.
 */
export type LogKeyKind = "unique" | "read_back";

/** What an entry on the timeline holds. */
export const logKinds = ["session", "message", "consent"] as const;
export type LogKind = (typeof logKinds)[number];

/** One entry on the timelines of one person's records. */
export type LogEntry = {
  readonly kind: LogKind;
  readonly logKey: string;
  readonly logKeyKind: LogKeyKind;
  /** The CRM's id once it is known: then that entry is updated in place. */
  readonly externalId: string | null;
  /** The records that it belongs to, the person's own one first. Never empty. */
  readonly records: readonly CrmRecordRef[];
  /** Those that it is known to stand on already: what is missing is associated, what is too much is taken off. */
  readonly standsOn: readonly CrmRecordRef[];
  /** One line. Plain text, as everything from `renderLog` that is not `html`. */
  readonly title: string;
  /** For CRMs that show a few tags (HubSpot). */
  readonly html: string;
  /** For those that show text (Salesforce). */
  readonly text: string;
  /** ISO 8601: where it stands on the timeline; the session's last message. */
  readonly at: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly messageCount: number;
  /** The colleague's id in the CRM, from `findOwner`, or the record's owner; null leaves it to the CRM. */
  readonly ownerId: string | null;
};

/** An entry as the CRM holds it. `body` equals `logBody` of what was written until somebody changes it there. */
export type StoredLog = {
  readonly externalId: string;
  readonly body: string;
  readonly records: readonly CrmRecordRef[];
};

/**
 * `gone`: the person's own record, or the entry itself, was deleted in the CRM; do not write it again.
 * `unclear`: a create whose answer was lost. Ask `findLog` before writing again, and not at once: the request may
 * still be under way. Never returned with a unique key, where writing again is the way to know.
 */
export type LogOutcome =
  | {
      readonly outcome: "written";
      readonly externalId: string;
      /** Where it stands now: less than `records` when one of the others was deleted or does not go with the rest. */
      readonly standsOn: readonly CrmRecordRef[];
    }
  | { readonly outcome: "gone" }
  | { readonly outcome: "unclear"; readonly reason: string }
  | CrmFailure;
