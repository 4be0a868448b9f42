import type { Role } from "@aparte/core/roles.ts";
import type { Vault } from "./crypto.ts";
import type { Database } from "./db.ts";
import type { Env } from "./env.ts";
import type { Failpoint } from "./failpoint.ts";
import type { FileStore } from "./file-store.ts";
import type { Log } from "./log.ts";
import type { ReadLog } from "./read-log.ts";
import type { WakeHub } from "./wake.ts";

/** What the whole process shares. Everything that needs a clock, a database or a secret gets it from here. */
export type Deps = {
  readonly env: Env;
  readonly database: Database;
  readonly files: FileStore;
  readonly vault: Vault;
  readonly log: Log;
  readonly reads: ReadLog;
  readonly wake: WakeHub;
  readonly now: () => Date;
  readonly failpoint: Failpoint;
};

/** Who is calling, established from the token and the membership at each request, never from the input. */
export type Actor = {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly workspaceId: string;
  readonly role: Role;
};

export type Context = Deps & {
  /** null: not signed in, or no member of the workspace that was asked for. */
  readonly actor: Actor | null;
  /** Ends when the client goes away; streams stop on it. */
  readonly signal: AbortSignal | undefined;
};
