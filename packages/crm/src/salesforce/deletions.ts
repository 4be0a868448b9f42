import type { RecordType } from "@aparte/core/crm-record.ts";
import { z } from "zod";
import type { CrmApp, CrmSession } from "../adapter.ts";
import { path } from "../http.ts";
import type { CrmResult } from "../outcome.ts";
import type { Whereabouts } from "../record.ts";
import { answerOf, data, settled } from "./client.ts";
import type { PartAnswer } from "./composite.ts";
import { longId, refTo } from "./ids.ts";
import { objects } from "./objects.ts";
import { locate } from "./whereabouts.ts";

/** Salesforce tells for 15 days what was deleted (REST API guide, "sObject Get Deleted"). */
const maxAgeMs = 14 * 86_400_000;

/** A deletion is told a little later than it happens. */
const overlapMs = 5 * 60_000;

/** At most so many are looked at together. */
const batchSize = 100;

const deletedList = z.object({
  deletedRecords: z.array(z.object({ id: z.string(), deletedDate: z.string() })).default([]),
});

/** The list of what was deleted since: it holds what was emptied out of the bin, which no query finds any more. */
export function deletedPath(type: RecordType, { from, now }: { readonly from: string; readonly now: Date }): string {
  const start = new Date(Math.max(now.getTime() - maxAgeMs, Math.min(Date.parse(from), now.getTime()) - overlapMs));
  const [since, until] = [start, now].map((time) => time.toISOString().replace(/\.\d+Z$/u, "+00:00"));
  return data + path`/sobjects/${objects[type].name}/deleted?start=${since ?? ""}&end=${until ?? ""}`;
}

export type Deletion = { readonly whereabouts: Whereabouts; readonly at: string };

/**
 * Those of the list that a page of changes has not shown. A merge deletes the loser, so each is looked at: nobody shall
 * take a merged record for a deleted one. A list that is refused tells nothing, and the pages go on without it.
 */
export async function missedDeletions(
  app: CrmApp,
  session: CrmSession,
  what: {
    readonly account: string;
    readonly type: RecordType;
    readonly list: PartAnswer | undefined;
    readonly seen: ReadonlySet<string>;
  },
): Promise<CrmResult<{ deletions: Deletion[] }>> {
  const answer = settled(answerOf(what.list ?? { status: 500, body: undefined }, deletedList));
  if (answer.outcome === "refused") return { outcome: "done", deletions: [] };
  if (answer.outcome !== "done") return answer;
  const missed = answer.value.deletedRecords.filter(({ id }) => !what.seen.has(longId(id)));
  const deletions: Deletion[] = [];
  for (let start = 0; start < missed.length; start += batchSize) {
    const batch = missed.slice(start, start + batchSize);
    const refs = batch.map(({ id }) => refTo(what.account, what.type, id));
    const located = await locate(app, session, refs);
    if (located.outcome !== "done") return located;
    for (const [index, whereabouts] of located.found.entries()) {
      const at = batch[index]?.deletedDate;
      if (whereabouts.state === "live" || at === undefined) continue;
      deletions.push({ whereabouts, at: new Date(at).toISOString() });
    }
  }
  return { outcome: "done", deletions };
}
