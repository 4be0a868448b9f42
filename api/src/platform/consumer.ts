import type { EventName } from "@aparte/core/events.ts";
import { sql } from "drizzle-orm";
import type { Deps } from "./context.ts";
import type { Database, Tx } from "./db.ts";
import { hiddenNewsMs, readEvents, type Cursor, type EventOf, type EventRow } from "./events.ts";
import { startLoop, type Loop } from "./loop.ts";
import { named } from "./wake.ts";

/** Work that follows news: each event that it is about has its effect once. */
export type Consumer<Name extends EventName> = {
  /** How far it has read is kept under this name. */
  readonly name: string;
  /** The news that wakes it; other news it never sees. */
  readonly about: readonly Name[];
  readonly work: (tx: Tx, events: readonly EventOf<Name>[]) => Promise<void>;
};

/** Keeps a consumer reading: at once when there is news for it, and every `idleMs` in case that a notice was lost. */
export function startConsumer<Name extends EventName>(deps: Deps, consumer: Consumer<Name>, idleMs: number): Loop {
  const loop = startLoop(consumer.name, deps.log, () => consumeEvents(deps.database, consumer), idleMs);
  deps.wake.onNews(named(consumer.about), () => loop.wake());
  return loop;
}

/**
 * One step of a consumer: reads news of all workspaces and moves the cursor in the transaction that does the work. Returns
 * whether to go on at once. Two processes with the same name take turns.
 */
export async function consumeEvents<Name extends EventName>(
  database: Database,
  { name, about, work }: Consumer<Name>,
): Promise<boolean> {
  const { more, hidden } = await database.system.transaction(async (tx) => {
    const [place] = await tx.execute<Cursor>(
      sql`select xid::text as xid, id::text as id from event_cursors where consumer = ${name} for update skip locked`,
    );
    // Another process is at it, or nobody ever was.
    if (!place) {
      const begun = await tx.execute(
        sql`insert into event_cursors (consumer, xid, id) values (${name}, '0', 0) on conflict do nothing returning 1`,
      );
      return { more: begun.length > 0, hidden: false };
    }
    const page = await readEvents(tx, place, null);
    const mine = page.events.filter(among(about));
    if (mine.length > 0) await work(tx, mine);
    if (page.events.length > 0) {
      await tx.execute(
        sql`update event_cursors set xid = ${page.cursor.xid}::xid8, id = ${page.cursor.id} where consumer = ${name}`,
      );
    }
    return { more: page.more, hidden: page.more && page.events.length === 0 };
  });
  if (hidden) await new Promise((resolve) => setTimeout(resolve, hiddenNewsMs));
  return more;
}

function among<Name extends EventName>(names: readonly Name[]): (event: EventRow) => event is EventOf<Name> {
  const wanted: ReadonlySet<EventName> = new Set(names);
  return (event): event is EventOf<Name> => wanted.has(event.name);
}
