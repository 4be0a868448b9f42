/**
 * Consent is evidence, not a flag: an append-only list of events, folded into a state when it is asked for.
 * Sources: WhatsApp Business Messaging Policy (opt-in before business-initiated messages, honour every request to
 * stop), GDPR Art. 7 (proof of consent; withdrawing is as easy as giving).
 */
export const consentPurposes = ["marketing", "utility"] as const;
export type ConsentPurpose = (typeof consentPurposes)[number];

export const consentMethods = [
  "phone_call",
  "in_person",
  "web_form",
  "contract",
  "keyword",
  "whatsapp_preference",
  "whatsapp_error",
  "crm",
  "erasure",
] as const;
export type ConsentMethod = (typeof consentMethods)[number];

/** The methods that a person at work may name when they write down a consent; the others are written by machines. */
export const manualConsentMethods = ["phone_call", "in_person", "web_form", "contract"] as const;

export type ConsentEvent = {
  readonly id: string;
  readonly purpose: ConsentPurpose;
  readonly action: "grant" | "withdraw";
  readonly method: ConsentMethod;
  /** ISO 8601: when it happened, as the source says. */
  readonly occurredAt: string;
  /** ISO 8601: when we wrote it down. */
  readonly recordedAt: string;
  /** The words that the person was shown, or the words that the person wrote. */
  readonly wording: string;
  readonly actor: string | null;
};

export type ConsentState =
  | { readonly state: "unknown" }
  | { readonly state: "opted_in"; readonly by: ConsentEvent }
  | { readonly state: "opted_out"; readonly by: ConsentEvent };

export type ConsentView = Readonly<Record<ConsentPurpose, ConsentState>>;

/**
 * The state of each purpose. The event that happened last wins; within the same second a withdrawal beats a grant, so
 * that doubt never sends: Meta tells times in whole seconds, so a STOP may look earlier than it was. Order and
 * repetition of the list do not matter.
 */
export function foldConsent(events: readonly ConsentEvent[]): ConsentView {
  const latest = (purpose: ConsentPurpose): ConsentState => {
    let winner: ConsentEvent | null = null;
    for (const event of events) {
      if (event.purpose === purpose && (winner === null || beats(event, winner))) winner = event;
    }
    if (winner === null) return { state: "unknown" };
    return { state: winner.action === "grant" ? "opted_in" : "opted_out", by: winner };
  };
  return { marketing: latest("marketing"), utility: latest("utility") };
}

function beats(event: ConsentEvent, other: ConsentEvent): boolean {
  const difference = secondOf(event) - secondOf(other);
  if (difference !== 0) return difference > 0;
  if (event.action !== other.action) return event.action === "withdraw";
  return event.id > other.id;
}

function secondOf({ occurredAt }: ConsentEvent): number {
  return Math.floor(Date.parse(occurredAt) / 1000);
}
