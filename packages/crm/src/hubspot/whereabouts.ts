import { sameRecord, type CrmRecordRef, type RecordType } from "@aparte/core/crm-record.ts";
import type { CrmApp, CrmSession } from "../adapter.ts";
import { path } from "../http.ts";
import type { CrmResult } from "../outcome.ts";
import type { Whereabouts } from "../record.ts";
import { repeatable, request, settled, versions } from "./client.ts";
import { objectOf } from "./objects.ts";
import { recordBody, recordList, type RecordBody } from "./record-body.ts";

/** What HubSpot keeps of the ids that a merged record had: "1;2" and, on contacts, "1:<time>;2:<time>". */
const formerIdFields = ["hs_merged_object_ids", "hs_calculated_merged_vids"] as const;

/** Where an id leads: to a live record (perhaps another one), into the bin, or nowhere. */
type Fate = { readonly state: "live"; readonly id: string } | { readonly state: "deleted" | "unknown" };

type Search = { readonly app: CrmApp; readonly session: CrmSession; readonly type: RecordType };

/**
 * What became of records of one type, at most 100. Merging two records makes a third one (since January 2025), and the
 * old ids go on leading to it. Records in the bin are told from unknown ones; those erased for good are unknown.
 */
export async function locate(
  app: CrmApp,
  session: CrmSession,
  refs: readonly CrmRecordRef[],
): Promise<CrmResult<{ found: Whereabouts[] }>> {
  const [first] = refs;
  if (first === undefined) return { outcome: "done", found: [] };
  const fates = await fatesOf({ app, session, type: first.type }, [...new Set(refs.map(({ id }) => id))]);
  if (fates.outcome !== "done") return fates;
  return { outcome: "done", found: refs.map((ref) => whereaboutsOf(ref, fates.byId.get(ref.id))) };
}

/** The same for records of any types. */
export async function locateAll(
  app: CrmApp,
  session: CrmSession,
  refs: readonly CrmRecordRef[],
): Promise<CrmResult<{ found: Whereabouts[] }>> {
  const found: Whereabouts[] = [];
  for (const ofType of Map.groupBy(refs, ({ type }) => type).values()) {
    const located = await locate(app, session, ofType);
    if (located.outcome !== "done") return located;
    found.push(...located.found);
  }
  return { outcome: "done", found };
}

/** Those of the records that can be written to, in their order. */
export async function stillThere(
  app: CrmApp,
  session: CrmSession,
  refs: readonly CrmRecordRef[],
): Promise<CrmResult<{ records: CrmRecordRef[] }>> {
  const located = await locateAll(app, session, refs);
  if (located.outcome !== "done") return located;
  const live = located.found.filter(({ state }) => state === "live" || state === "merged");
  return { outcome: "done", records: refs.filter((ref) => live.some((other) => sameRecord(other.ref, ref))) };
}

function whereaboutsOf(ref: CrmRecordRef, fate: Fate = { state: "unknown" }): Whereabouts {
  if (fate.state !== "live") return { ref, state: fate.state, into: null };
  if (fate.id === ref.id) return { ref, state: "live", into: null };
  return { ref, state: "merged", into: { ...ref, id: fate.id } };
}

/** One request settles the live ones; only the others are asked for singly, and one more looks into the bin. */
async function fatesOf(
  search: Search,
  ids: readonly string[],
): Promise<CrmResult<{ readonly byId: ReadonlyMap<string, Fate> }>> {
  const byId = new Map<string, Fate>();
  const live = await readBatch(search, ids, false);
  if (live.outcome !== "done") return live;
  for (const body of live.bodies) {
    for (const id of [...formerIdsOf(body), body.id]) byId.set(id, { state: "live", id: body.id });
  }
  for (const id of ids.filter((asked) => !byId.has(asked))) {
    const followed = await follow(search, id);
    if (followed.outcome !== "done") return followed;
    if (followed.id !== null) byId.set(id, { state: "live", id: followed.id });
  }
  const missing = ids.filter((id) => !byId.has(id));
  const binned = missing.length === 0 ? live : await readBatch(search, missing, true);
  if (binned.outcome !== "done") return binned;
  for (const id of missing) {
    byId.set(id, { state: binned.bodies.some((body) => body.id === id) ? "deleted" : "unknown" });
  }
  return { outcome: "done", byId };
}

function formerIdsOf({ properties }: RecordBody): string[] {
  const lists = formerIdFields.map((name) => properties[name] ?? "").join(";");
  return lists.split(";").flatMap((entry) => entry.split(":")[0] || []);
}

/** Reading by an old id answers with the record that it became; null when there is none. */
async function follow({ app, session, type }: Search, id: string): Promise<CrmResult<{ readonly id: string | null }>> {
  const url = path`/crm/objects/${versions.crm}/${objectOf(type).plural}/${id}`;
  const answer = repeatable(await request(app, { method: "GET", path: url, session, schema: recordBody }));
  if (answer.outcome === "not_found") return { outcome: "done", id: null };
  return answer.outcome === "done" ? { outcome: "done", id: answer.value.id } : answer;
}

async function readBatch(
  { app, session, type }: Search,
  ids: readonly string[],
  archived: boolean,
): Promise<CrmResult<{ readonly bodies: readonly RecordBody[] }>> {
  const batch = path`/crm/objects/${versions.crm}/${objectOf(type).plural}/batch/read`;
  const json = { properties: formerIdFields, inputs: ids.map((id) => ({ id })) };
  const url = archived ? `${batch}?archived=true` : batch;
  const answer = settled(await request(app, { method: "POST", path: url, session, json, schema: recordList }));
  return answer.outcome === "done" ? { outcome: "done", bodies: answer.value.results } : answer;
}
