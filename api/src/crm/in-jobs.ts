import type { Deps } from "../platform/context.ts";
import { consumeEvents } from "../platform/events.ts";
import { startLoop, type Loop } from "../platform/loop.ts";
import { applyNextChanges } from "./apply-changes.ts";
import { lookUpNext } from "./lookup.ts";
import { mirrorNext } from "./mirror.ts";
import { readNews } from "./news.ts";
import { pollNext } from "./poll.ts";

/** How often each queue is looked at when nothing happens, in milliseconds. */
const idleMs = { news: 2_000, changes: 500, polls: 5_000, lookups: 1_000, mirrors: 1_000 } as const;

/** Keeps what we know of records in step with the CRMs, and their fields with what we know of people. */
export function startCrmReaders(deps: Deps): Loop[] {
  const news = startLoop("crm.in", deps.log, () => consumeEvents(deps.database, "crm.in", readNews), idleMs.news);
  deps.wake.on("aparte_events", () => news.wake());
  return [
    news,
    startLoop("crm.changes", deps.log, () => applyNextChanges(deps), idleMs.changes),
    startLoop("crm.polls", deps.log, () => pollNext(deps), idleMs.polls),
    startLoop("crm.lookups", deps.log, () => lookUpNext(deps), idleMs.lookups),
    startLoop("crm.mirrors", deps.log, () => mirrorNext(deps), idleMs.mirrors),
  ];
}
