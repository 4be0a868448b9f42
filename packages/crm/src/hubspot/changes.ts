import { z } from "zod";
import type { CrmApp, CrmSession } from "../adapter.ts";
import type { CrmResult } from "../outcome.ts";
import type { RecordChange } from "../record.ts";
import { objects, type HubspotObject, type HubspotType } from "./objects.ts";
import type { RecordBody } from "./record-body.ts";
import { search } from "./search.ts";

/** The most that one search brings. */
const pageSize = 200;

/** How late, and how much out of order, HubSpot's index may learn of a change. Seconds as a rule. */
const lagMs = 60_000;

/** How many changes of the overlap are remembered, so that they do not come again. */
const remembered = 500;

/** Where to go on with one type: from a time on (ms), after so many records, without those told already. */
const place = z.object({ from: z.number(), after: z.number(), told: z.array(z.string()) });
type Place = z.infer<typeof place>;

const cursorSchema = z.object({ contact: place, company: place, deal: place, ticket: place });
type Cursor = z.infer<typeof cursorSchema>;

type Found = { readonly id: string; readonly modified: number };
type Poll = { readonly app: CrmApp; readonly session: CrmSession; readonly object: HubspotObject };

/**
 * Records of every type that were changed since, a page of each. Times are HubSpot's own: the cursor follows what it
 * has seen and needs no clock. Deletions, merges and erasures do not show here, since the index forgets a record that
 * has gone: they come by webhook, or show when `locate` is asked.
 */
export async function changesSince(
  app: CrmApp,
  session: CrmSession,
  { account, cursor }: { readonly account: string; readonly cursor: string | null },
): Promise<CrmResult<{ changes: RecordChange[]; cursor: string; more: boolean }>> {
  const former = cursor === null ? null : cursorSchema.parse(JSON.parse(cursor));
  const next: Partial<Record<HubspotType, Place>> = {};
  const changes: RecordChange[] = [];
  let more = false;
  // One after the other: they share the five searches of a second with everybody else.
  for (const object of Object.values(objects)) {
    const poll = { app, session, object };
    const read = former === null ? await begin(poll) : await goOn(poll, former[object.type]);
    if (read.outcome !== "done") return read;
    next[object.type] = read.place;
    more ||= read.more;
    changes.push(...read.fresh.map((found) => changeOf({ account, object }, found)));
  }
  const oldestFirst = changes.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return { outcome: "done", changes: oldestFirst, cursor: JSON.stringify(next satisfies Partial<Cursor>), more };
}

type Read = CrmResult<{ readonly place: Place; readonly fresh: readonly Found[]; readonly more: boolean }>;

/** "Now" begins at the last change that the index knows; what lies close before it counts as told. */
async function begin(poll: Poll): Promise<Read> {
  const page = await readPage(poll, { direction: "DESCENDING" });
  if (page.outcome !== "done") return page;
  const place = atRest({ from: 0, after: 0, told: [] }, page.found.toReversed());
  return { outcome: "done", place, fresh: [], more: false };
}

async function goOn(poll: Poll, place: Place): Promise<Read> {
  const page = await readPage(poll, { direction: "ASCENDING", place });
  if (page.outcome !== "done") return page;
  const told = new Set(place.told);
  const fresh = page.found.filter((found) => !told.has(nameOf(found)));
  const more = page.found.length === pageSize;
  return { outcome: "done", place: more ? further(place, page.found) : atRest(place, page.found), fresh, more };
}

/** The next page begins at the time at which this one ends; only within one and the same time are records counted. */
function further(place: Place, found: readonly Found[]): Place {
  const last = found.at(-1)?.modified ?? place.from;
  if (last === place.from) return { ...place, after: place.after + found.length };
  return { from: last, after: 0, told: found.filter(({ modified }) => modified === last).map(nameOf) };
}

/** What the index may still learn of lies behind the newest change: the next time begins there. */
function atRest(place: Place, found: readonly Found[]): Place {
  // More than a page at one and the same time has been gone through: beginning there again would never end.
  const from = place.after > 0 ? place.from + 1 : place.from;
  const newest = found.at(-1)?.modified;
  if (newest === undefined) return { ...place, from, after: 0 };
  const since = Math.max(from, newest - lagMs);
  const told = found.filter(({ modified }) => modified >= since).map(nameOf);
  return { from: since, after: 0, told: told.slice(-remembered) };
}

/** The same record changed again is another change. */
function nameOf({ id, modified }: Found): string {
  return `${id}@${modified}`;
}

type Page = {
  readonly direction: "ASCENDING" | "DESCENDING";
  readonly place?: Place;
};

async function readPage(
  { app, session, object }: Poll,
  { direction, place: from }: Page,
): Promise<CrmResult<{ readonly found: readonly Found[] }>> {
  const { modified: propertyName } = object;
  const query = {
    ...(from && {
      filterGroups: [{ filters: [{ propertyName, operator: "GTE", value: String(from.from) } as const] }],
    }),
    sorts: [{ propertyName, direction }],
    properties: [propertyName],
    limit: pageSize,
    after: from?.after ?? 0,
  };
  const answer = await search(app, session, { object, query });
  if (answer.outcome !== "done") return answer;
  return { outcome: "done", found: answer.results.flatMap((body) => foundOf(body, propertyName)) };
}

function foundOf({ id, properties }: RecordBody, modifiedField: string): Found[] {
  const modified = Date.parse(properties[modifiedField] ?? "");
  return Number.isNaN(modified) ? [] : [{ id, modified }];
}

function changeOf(
  { account, object }: { readonly account: string; readonly object: HubspotObject },
  { id, modified }: Found,
): RecordChange {
  const ref = { crm: "hubspot", account, type: object.type, id } as const;
  return { ref, kind: "updated", into: null, at: new Date(modified).toISOString(), isEcho: false };
}
