/**
 * The customer service window: free text may be sent for 24 hours after the person's last message to this number
 * (Meta, "Customer service windows"). Only what the person sends opens it, never what we send.
 */
export const windowHours = 24;

export type WindowView =
  | { readonly state: "open"; readonly closesAt: string }
  | { readonly state: "closed"; readonly lastInboundAt: string | null };

/** The window at `now`, from the time of the person's last message (ISO 8601, Meta's clock), null if they never wrote. */
export function windowAt(lastInboundAt: string | null, now: Date): WindowView {
  if (lastInboundAt === null) return { state: "closed", lastInboundAt: null };
  const closesAt = new Date(Date.parse(lastInboundAt) + windowHours * 3_600_000);
  return now < closesAt ? { state: "open", closesAt: closesAt.toISOString() } : { state: "closed", lastInboundAt };
}
