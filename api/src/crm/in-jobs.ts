import type { Deps } from "../platform/context.ts";
import { startConsumer } from "../platform/consumer.ts";
import { startLoop, type Loop } from "../platform/loop.ts";
import { applyNextChanges } from "./apply-changes.ts";
import { lookUpNext } from "./lookup.ts";
import { mirrorNext } from "./mirror.ts";
import { inboundNews } from "./news.ts";
import { pollNext } from "./poll.ts";

/** How often each queue is looked at when nothing happens, in milliseconds. */
const idleMs = { news: 2_000, changes: 500, polls: 5_000, lookups: 1_000, mirrors: 1_000 } as const;

/** Keeps what we know of records in step with the CRMs, and their fields with what we know of people. */
export function startCrmReaders(deps: Deps): Loop[] {
  return [
    startConsumer(deps, inboundNews, idleMs.news),
    startLoop("crm.changes", deps.log, () => applyNextChanges(deps), idleMs.changes),
    startLoop("crm.polls", deps.log, () => pollNext(deps), idleMs.polls),
    startLoop("crm.lookups", deps.log, () => lookUpNext(deps), idleMs.lookups),
    startLoop("crm.mirrors", deps.log, () => mirrorNext(deps), idleMs.mirrors),
  ];
}
