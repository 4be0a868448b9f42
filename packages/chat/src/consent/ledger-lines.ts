import { consentPurposes, type ConsentPurpose } from "@aparte/core/consent.ts";
import type { LedgerEntry } from "./consent-port.ts";

/** One act of the ledger: what was said once, about one purpose or several. */
export type LedgerLine = {
  readonly entry: LedgerEntry;
  readonly purposes: readonly ConsentPurpose[];
  /** A later act says that this one was a mistake. */
  readonly annulled: boolean;
};

/**
 * The ledger as people read it, in the order of `entries`: an act that wrote several entries is one line. What only takes
 * another act back has no line of its own, it shows on that one.
 */
export function ledgerLines(entries: readonly LedgerEntry[]): LedgerLine[] {
  const voided = new Set(entries.map(({ annuls }) => annuls));
  const acts = Map.groupBy(
    entries.filter(({ action }) => action !== "annulled"),
    ({ actId }) => actId,
  );
  return [...acts.values()].flatMap((act) => {
    const [entry] = act;
    const purposes = consentPurposes.filter((purpose) => act.some((one) => one.purpose === purpose));
    return entry ? [{ entry, purposes, annulled: voided.has(entry.id) }] : [];
  });
}
