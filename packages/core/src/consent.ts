/**
 * Consent is evidence, not a flag: an append-only ledger of entries, folded into a state when it is asked for.
 * Sources: WhatsApp Business Messaging Policy (opt-in before business-initiated messages, honour every request to
 * stop), GDPR Art. 7 (proof of consent; withdrawing is as easy as giving).
 */
export const consentPurposes = ["marketing", "utility", "authentication", "service"] as const;
export type ConsentPurpose = (typeof consentPurposes)[number];

/** What we begin ourselves. Whoever says stop does not sort messages into categories: it ends all three. */
export const begunByUs = ["marketing", "utility", "authentication"] as const satisfies readonly ConsentPurpose[];

/**
 * - `given`, `confirmed` (the person proved it with a message of their own), `imported` (somebody says that it was given);
 * - `withdrawn`, `expired` (its time ran out);
 * - `resumed`: the person lifted what they had switched off in WhatsApp itself;
 * - `annulled`: another entry, named by `annuls`, was a mistake and counts no more.
 */
export const consentActions = [
  "given",
  "confirmed",
  "imported",
  "withdrawn",
  "expired",
  "resumed",
  "annulled",
] as const;
export type ConsentAction = (typeof consentActions)[number];

/** The methods that a person at work may name when they write something down; the others are written by machines. */
export const manualConsentMethods = [
  "phone_call",
  "in_person",
  "web_form",
  "contract",
  "paper",
  "chat_message",
] as const;

export const consentMethods = [
  ...manualConsentMethods,
  "keyword",
  "button",
  "join_link",
  "preference_page",
  "whatsapp_preference",
  "whatsapp_error",
  "crm",
  "import",
  "expiry",
  "erasure",
] as const;
export type ConsentMethod = (typeof consentMethods)[number];

export type ConsentEntry = {
  readonly id: string;
  readonly purpose: ConsentPurpose;
  /** The number that it is about; null: all numbers of the workspace. */
  readonly channelId: string | null;
  readonly action: ConsentAction;
  readonly method: ConsentMethod;
  /** ISO 8601: when it happened, as the source says. */
  readonly occurredAt: string;
  /** ISO 8601: when we wrote it down. */
  readonly recordedAt: string;
  /** ISO 8601: from then on a consent counts no more; null: it has no end. */
  readonly expiresAt: string | null;
  /** The words that the person was shown, or the words that the person wrote. Empty once the person was erased. */
  readonly wording: string;
  /** BCP 47, of the words; null when nobody knows. */
  readonly language: string | null;
  /** Who wrote it down; null when a machine noticed it. */
  readonly actor: string | null;
  /** What proves it beside the words: the wamid of a message, the row of an import, a file. */
  readonly evidence: Readonly<Record<string, string>>;
  /** Id of the entry that this one voids. */
  readonly annuls: string | null;
};

export type ConsentState =
  | { readonly state: "unknown" }
  | { readonly state: "opted_in"; readonly by: ConsentEntry; readonly until: string | null }
  | { readonly state: "expired"; readonly by: ConsentEntry }
  | {
      readonly state: "opted_out";
      readonly by: ConsentEntry;
      /** What was switched off in WhatsApp is switched on there alone. */
      readonly liftedBy: "person" | "person_in_whatsapp";
    };

export type ConsentView = Readonly<Record<ConsentPurpose, ConsentState>> & {
  /** From how many entries it was folded. A ledger only grows: of two views of one person the one with more is the later. */
  readonly entries: number;
};

export type FoldAt = {
  /** The moment that is asked about: consents that ran out by then count no more. */
  readonly now: Date;
  /** The number that writes; null asks about all numbers together. */
  readonly channelId: string | null;
};

/**
 * The state of each purpose. Order and repetition of the list do not matter.
 *
 * - The decision that happened last wins. Within the same second a withdrawal beats a consent, so that doubt never sends:
 *   Meta tells times in whole seconds, so a STOP may look earlier than it was.
 * - An import counts only for somebody who never withdrew: it is somebody else's claim, not the person's word.
 * - What Meta reports (its own switch, its error 131050) is a track of its own: it blocks whatever we know besides, at all
 *   numbers, and only a `resumed` of the same number lifts it.
 * - An annulled entry counts as if it had never been written.
 */
export function foldConsent(entries: readonly ConsentEntry[], at: FoldAt): ConsentView {
  const voided = new Set(entries.map(({ annuls }) => annuls));
  const counting = entries.filter(({ id, action }) => action !== "annulled" && !voided.has(id));
  const view = (purpose: ConsentPurpose): ConsentState => {
    const about = counting.filter((entry) => entry.purpose === purpose);
    return stoppedAtMeta(about) ?? decided(about, at);
  };
  return {
    marketing: view("marketing"),
    utility: view("utility"),
    authentication: view("authentication"),
    service: view("service"),
    entries: new Set(entries.map(({ id }) => id)).size,
  };
}

/** What was known at a moment, however it looks since: the entries that had been written down by then. */
export function knownAt(entries: readonly ConsentEntry[], moment: Date): ConsentEntry[] {
  return entries.filter(({ recordedAt }) => Date.parse(recordedAt) <= moment.getTime());
}

/** Meta told it: its own switch, or its refusal of a message. */
export function isFromMeta({ method }: ConsentEntry): boolean {
  return method === "whatsapp_preference" || method === "whatsapp_error";
}

function stoppedAtMeta(entries: readonly ConsentEntry[]): ConsentState | null {
  const latest = new Map<string | null, ConsentEntry>();
  for (const entry of entries.filter(isFromMeta)) {
    const other = latest.get(entry.channelId);
    if (!other || beats(entry, other)) latest.set(entry.channelId, entry);
  }
  const by = last([...latest.values()].filter(({ action }) => action === "withdrawn"));
  return by && { state: "opted_out", by, liftedBy: "person_in_whatsapp" };
}

function decided(entries: readonly ConsentEntry[], { now, channelId }: FoldAt): ConsentState {
  const own = entries.filter((entry) => !isFromMeta(entry) && [null, channelId].includes(entry.channelId));
  const everWithdrew = own.some(({ action }) => action === "withdrawn");
  const counting = everWithdrew ? own.filter(({ action }) => action !== "imported") : own;
  const by = last(counting.filter(({ action }) => action !== "expired"));
  if (by?.action === "withdrawn") return { state: "opted_out", by, liftedBy: "person" };
  // An end ends a consent; it is no answer to a withdrawal.
  const end = last(counting.filter(({ action }) => action === "expired"));
  if (by === null) return end === null ? { state: "unknown" } : { state: "expired", by: end };
  if (end !== null && beats(end, by)) return { state: "expired", by: end };
  if (by.expiresAt !== null && Date.parse(by.expiresAt) <= now.getTime()) return { state: "expired", by };
  return { state: "opted_in", by, until: by.expiresAt };
}

function last(entries: readonly ConsentEntry[]): ConsentEntry | null {
  return entries.reduce<ConsentEntry | null>(
    (winner, entry) => (winner === null || beats(entry, winner) ? entry : winner),
    null,
  );
}

function beats(entry: ConsentEntry, other: ConsentEntry): boolean {
  const difference = secondOf(entry) - secondOf(other);
  if (difference !== 0) return difference > 0;
  const [stops, otherStops] = [entry.action === "withdrawn", other.action === "withdrawn"];
  if (stops !== otherStops) return stops;
  return entry.id > other.id;
}

function secondOf({ occurredAt }: ConsentEntry): number {
  return Math.floor(Date.parse(occurredAt) / 1000);
}
