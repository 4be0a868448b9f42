import type { ErrorCode } from "./errors.ts";

/**
 * Facts that make a refusal concrete for the person who reads it ("field", "limit", "since" …).
 * Values are strings so that a catalogue can place them without formatting rules of its own.
 */
export type RefusalFacts = Readonly<Record<string, string>>;

export type Refusal = { readonly ok: false; readonly refused: ErrorCode; readonly facts: RefusalFacts };

/** What every verb returns: its value, or the reason why it did not happen. Exceptions are for what should not happen. */
export type Outcome<T> = ({ readonly ok: true } & T) | Refusal;

export function refused(code: ErrorCode, facts: RefusalFacts = {}): Refusal {
  return { ok: false, refused: code, facts };
}
