import type { ReadKind } from "@aparte/core/privacy.ts";

/** Somebody was shown something of people: what was asked for and what was answered, in which the people are named. */
export type Read = {
  readonly workspaceId: string;
  /** User id. */
  readonly actor: string;
  readonly what: ReadKind;
  readonly seen: readonly unknown[];
};

/** Notes who read whom, beside the answer and never before it. */
export type ReadLog = {
  note(read: Read): void;
  /** Resolves when what was noted is written down; while the database is away it is tried once more, and no longer. */
  close(): Promise<void>;
};
