import type { ConsentEntry, ConsentView } from "@aparte/core/consent.ts";
import type { RecordConsentInput } from "@aparte/core/inputs.ts";
import type { PersonalJoinInput } from "@aparte/core/join-input.ts";
import type { Outcome } from "@aparte/core/result.ts";
import type { ResolveReviewInput } from "@aparte/core/review-input.ts";

/** What was written down, and what it changed. */
export type Recorded = {
  /** What the person allows now, to the number that was spoken of or to all of them together. */
  readonly consent: ConsentView;
  readonly entryIds: readonly string[];
};

/** An entry of the ledger as its history shows it. */
export type LedgerEntry = ConsentEntry & {
  /** Names the act that wrote it: whoever says stop ends several purposes at once. */
  readonly actId: string;
  /** Name of the colleague who wrote it down; null when a machine noticed it. */
  readonly writer: string | null;
};

/** A message that may be meant as a stop. */
export type Review = {
  readonly id: string;
  readonly messageId: string;
  readonly phrase: string;
  /** ISO 8601: when it was written. */
  readonly since: string;
};

/** The consent of one person, over whatever connection the surface has; rejects when the API could not be reached. */
export type ConsentPort = {
  readonly record: (input: RecordConsentInput) => Promise<Outcome<Recorded>>;
  /** Takes back what the caller wrote down a moment ago; the API refuses it later, and to everybody else. */
  readonly undo: (entryIds: readonly string[]) => Promise<Outcome<Recorded>>;
  /** All that was ever written down of the person, newest first. */
  readonly history: (contactId: string) => Promise<readonly LedgerEntry[]>;
  /** Where the preference pages of all people stand; a token behind it makes it the page of one. */
  readonly preferencePage: () => Promise<{ readonly page: string }>;
  /** Where the person decides for themselves what they get. */
  readonly preferenceLink: (contactId: string) => Promise<Outcome<{ readonly url: string }>>;
  /** A link by which the person agrees with a message of their own, and the same as a picture to scan (SVG). */
  readonly join: (
    input: PersonalJoinInput,
  ) => Promise<Outcome<{ readonly join: { readonly link: string; readonly picture: string } }>>;
  /** What the person wrote that may be meant as a stop and that nobody has read yet; null when there is nothing. */
  readonly review: (contactId: string) => Promise<Review | null>;
  /** Somebody has read it. */
  readonly resolveReview: (input: ResolveReviewInput) => Promise<Outcome<unknown>>;
};
