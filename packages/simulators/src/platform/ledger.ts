import type { VirtualClock } from "./clock.ts";

/** One accepted write: its place in the order, when it arrived (ISO 8601, simulator's clock), its kind and its facts. */
export type LedgerEntry = { seq: number; arrived_at: string; kind: string } & Record<string, unknown>;

/** The list of everything a simulator accepted, in order of arrival: the truth that tests compare with. */
export class Ledger {
  readonly #clock: VirtualClock;
  #entries: LedgerEntry[] = [];

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  /** Appends an accepted write and returns its entry; what changes later (a status) is set on the entry itself. */
  record(kind: string, facts: Record<string, unknown>): LedgerEntry {
    const entry: LedgerEntry = { ...facts, seq: this.#entries.length + 1, arrived_at: this.#clock.iso(), kind };
    this.#entries.push(entry);
    return entry;
  }

  all(): readonly LedgerEntry[] {
    return this.#entries;
  }

  clear(): void {
    this.#entries = [];
  }
}
