import type { CrmSignal } from "@aparte/crm/record.ts";

/** Since when (ISO 8601) a field has been seen to say so. */
export type SeenSignal = CrmSignal & { readonly since: string };

/**
 * Notes since when each field has spoken against messages: the same word on every reading is one word, and one that was taken
 * back and said again is another.
 */
export function seenSignals(before: readonly SeenSignal[], signals: readonly CrmSignal[], now: Date): SeenSignal[] {
  return signals.map(({ kind, field }) => {
    const known = before.find((one) => one.kind === kind && one.field === field);
    return { kind, field, since: known?.since ?? now.toISOString() };
  });
}
