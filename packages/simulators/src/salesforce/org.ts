import type { VirtualClock } from "../platform/clock.ts";
import type { Ledger } from "../platform/ledger.ts";
import { ApiUsage } from "./api-usage.ts";
import { DEFAULT_BEHAVIOUR } from "./behaviour.ts";
import type { Behaviour } from "./behaviour.ts";
import { QueryCursors } from "./query/query-cursors.ts";
import { RecordIds } from "./record-id.ts";
import { RecordStore } from "./record-store.ts";
import { RowLocks } from "./row-locks.ts";
import type { Part } from "./schema/field.ts";
import { Schema } from "./schema/schema.ts";
import { CustomFields } from "./tooling/custom-fields.ts";
import { Tokens } from "./tokens.ts";

/** How an org is filled when it is new and after each reset. */
export type Seed = (org: Org) => void;

/** The settings that say which of the parts that not every org has are in this one. */
const SWITCHES = {
  package: "package_installed",
  data_protection: "data_protection",
  person_accounts: "person_accounts",
} as const satisfies Record<Part, keyof Behaviour>;

/** One Salesforce org with everything in it. */
export class Org {
  readonly clock: VirtualClock;
  readonly ledger: Ledger;
  readonly ids = new RecordIds();
  /** Outlive a reset, as ids do: whoever is connected stays connected. */
  readonly tokens: Tokens;
  readonly #seed: Seed;
  readonly #listeners: ((kind: string, facts: Record<string, unknown>) => void)[] = [];
  #pending: { kind: string; facts: Record<string, unknown> }[] | undefined;
  /** Where the API is reached, without a slash at the end; known once the server listens. */
  instanceUrl = "";
  behaviour: Behaviour = DEFAULT_BEHAVIOUR;
  cursors: QueryCursors;
  usage: ApiUsage;
  locks: RowLocks;
  schema: Schema;
  records = new RecordStore();
  customFields = new CustomFields();
  /** Until when (ms) the service is down, and how that looks. */
  outage: { until: number; kind: "unavailable" | "refused" } | undefined;

  constructor(parts: { clock: VirtualClock; ledger: Ledger; seed: Seed }) {
    this.clock = parts.clock;
    this.ledger = parts.ledger;
    this.tokens = new Tokens(parts.clock);
    this.#seed = parts.seed;
    this.cursors = new QueryCursors(this.clock, this.ids);
    this.usage = new ApiUsage(this.clock);
    this.locks = new RowLocks(this.clock);
    this.schema = this.#newSchema();
    this.#fill();
  }

  /** Back to the seed. Ids and tokens already given stay given. */
  reset(): void {
    this.behaviour = DEFAULT_BEHAVIOUR;
    this.cursors = new QueryCursors(this.clock, this.ids);
    this.usage = new ApiUsage(this.clock);
    this.locks = new RowLocks(this.clock);
    this.schema = this.#newSchema();
    this.records = new RecordStore();
    this.customFields = new CustomFields();
    this.outage = undefined;
    this.#fill();
  }

  /** Writes an accepted change into the ledger: at once or, inside `atomically`, when all of it is done. */
  note(kind: string, facts: Record<string, unknown>): void {
    if (this.#pending !== undefined) {
      this.#pending.push({ kind, facts });
      return;
    }
    this.ledger.record(kind, facts);
    for (const listener of this.#listeners) listener(kind, facts);
  }

  /** Calls `listener` with everything that is written into the ledger from now on. */
  onNote(listener: (kind: string, facts: Record<string, unknown>) => void): void {
    this.#listeners.push(listener);
  }

  /** Does `work` wholly or not at all: when it throws, what it wrote is taken back and the ledger never hears of it. */
  atomically<T>(work: () => T): T {
    const outer = this.#pending;
    const pending: { kind: string; facts: Record<string, unknown> }[] = [];
    this.#pending = pending;
    let result: T;
    try {
      result = this.records.atomically(work);
    } finally {
      this.#pending = outer;
    }
    for (const { kind, facts } of pending) this.note(kind, facts);
    return result;
  }

  /** What is there from the beginning was accepted from nobody. */
  #fill(): void {
    this.#seed(this);
    this.ledger.clear();
  }

  #newSchema(): Schema {
    return new Schema((part) => this.behaviour[SWITCHES[part]]);
  }
}
