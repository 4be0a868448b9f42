import { begunByUs, foldConsent, isFromMeta, type ConsentEntry, type ConsentState } from "@aparte/core/consent.ts";

export type PreferencePurpose = (typeof begunByUs)[number];

/** What a person sees of one purpose: the whole firm at once, since nobody outside knows its numbers. */
export type Preference = {
  readonly purpose: PreferencePurpose;
  /** `allowed`: to at least one number. */
  readonly state: "allowed" | "stopped" | "expired" | "unknown";
  /** ISO 8601; null: without an end, or nothing is allowed. */
  readonly until: string | null;
  /** Switched off in WhatsApp itself, where alone it can be switched on. */
  readonly inWhatsApp: boolean;
  /** Whether a stop would say anything new: a page that is sent twice adds nothing. */
  readonly canStop: boolean;
  readonly canAllow: boolean;
};

/** The choices of a person out of their ledger. */
export function preferencesOf(entries: readonly ConsentEntry[], now: Date): Preference[] {
  return begunByUs.map((purpose) => preferenceOf(purpose, entries, now));
}

function preferenceOf(purpose: PreferencePurpose, entries: readonly ConsentEntry[], now: Date): Preference {
  const places = [null, ...new Set(entries.flatMap(({ channelId }) => channelId ?? []))];
  const statesOf = (counting: readonly ConsentEntry[]) =>
    places.map((channelId) => foldConsent(counting, { now, channelId })[purpose]);
  // Meta's switch is a track of its own: what the person says here counts beside it, and outlives it.
  const own = statesOf(entries.filter((entry) => !isFromMeta(entry)));
  const [whole] = statesOf(entries);
  const inWhatsApp = whole?.state === "opted_out" && whole.liftedBy === "person_in_whatsapp";
  const allowed = own.find(({ state }) => state === "opted_in");
  return {
    purpose,
    state: inWhatsApp ? "stopped" : allowed ? "allowed" : shown(own),
    until: !inWhatsApp && allowed?.state === "opted_in" ? allowed.until : null,
    inWhatsApp,
    canStop: own.some(({ state }) => state !== "opted_out"),
    canAllow: own[0]?.state !== "opted_in",
  };
}

function shown(states: readonly ConsentState[]): Preference["state"] {
  const some = (wanted: ConsentState["state"]) => states.some(({ state }) => state === wanted);
  if (some("opted_out")) return "stopped";
  return some("expired") ? "expired" : "unknown";
}
