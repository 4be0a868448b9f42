/**
 * The customer service window: free text may be sent for 24 hours after the person's last message to this number
 * (Meta, "Customer service windows"). Only what the person sends opens it, never what we send; a reaction, an edit or a
 * deletion is not known to.
 */
export const windowHours = 24;

/** A conversation that an advertisement opened is free of charge for 72 hours (Meta, "Free entry point windows"). */
export const entryPointHours = 72;

export type WindowView =
  | {
      readonly state: "open";
      readonly closesAt: string;
    }
  | { readonly state: "closed"; readonly lastInboundAt: string | null };

/** The window at `now`, from the time of the person's last message (ISO 8601, Meta's clock), null if they never wrote. */
export function windowAt(lastInboundAt: string | null, now: Date): WindowView {
  if (lastInboundAt === null) return { state: "closed", lastInboundAt: null };
  const closesAt = new Date(Date.parse(lastInboundAt) + windowHours * 3_600_000);
  return now < closesAt ? { state: "open", closesAt: closesAt.toISOString() } : { state: "closed", lastInboundAt };
}

/**
 * When the free entry point window ends: 72 hours from our first answer, if it left within 24 hours of the message that
 * came by an advertisement. It changes the price only: what may be sent is still the other window's business. Null when
 * there is none at `now`.
 */
export function freeEntryUntil(cameByAdAt: string | null, answeredAt: string | null, now: Date): string | null {
  if (cameByAdAt === null || answeredAt === null) return null;
  const answered = Date.parse(answeredAt);
  if (answered - Date.parse(cameByAdAt) > windowHours * 3_600_000) return null;
  const until = new Date(answered + entryPointHours * 3_600_000);
  return now < until ? until.toISOString() : null;
}
