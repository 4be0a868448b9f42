import { sameRecord, type CrmRecordRef } from "@aparte/core/crm-record.ts";
import { z } from "zod";
import type { CrmApp, CrmSession } from "../adapter.ts";
import { path } from "../http.ts";
import type { LogEntry, LogOutcome } from "../entry.ts";
import type { CrmExpired, CrmFailure, CrmLater, CrmResult } from "../outcome.ts";
import { associate, dissociate } from "./associations.ts";
import { repeatable, request, settled, versions, type HubspotAnswer, type SettledAnswer } from "./client.ts";
import { logKeyProperty } from "./log-key.ts";
import { objectOf } from "./objects.ts";
import { locateAll, stillThere } from "./whereabouts.ts";

const communication = z.object({ id: z.string() });

/** A batch of one: it fails as a whole with a 4xx or, as a part, with 207 and its error in the body. */
const upsertAnswer = z.object({
  results: z.array(communication).default([]),
  errors: z.array(z.object({ message: z.string() })).default([]),
});

/** How long a write of the same key by another process may take. */
const conflictMs = 1000;

const ownerField = "hubspot_owner_id";

type Target = { readonly app: CrmApp; readonly session: CrmSession; readonly entry: LogEntry };
/** The outcome that ends it, or what to go on with. */
type Step = { readonly outcome: "done" } | { readonly outcome: "gone" } | CrmFailure;

/**
 * Writes an entry to the timelines of its records. With a known id it is updated in place. Without one it is created: by
 * our unique key where HubSpot holds one, so that doing it twice changes nothing; otherwise by a plain create, whose
 * lost answer is `unclear`. An owner whom HubSpot does not take, such as a colleague who left, is left out.
 */
export async function writeLog(app: CrmApp, session: CrmSession, entry: LogEntry): Promise<LogOutcome> {
  const target = { app, session, entry };
  if (entry.externalId !== null) return update(target, entry.externalId);
  return entry.logKeyKind === "unique" ? upsert(target) : create(target);
}

/** A missing entry was deleted by a person: it stays deleted. */
async function update(target: Target, externalId: string): Promise<LogOutcome> {
  const { app, session, entry } = target;
  const url = path`/crm/objects/${versions.crm}/communications/${externalId}`;
  const json = { properties: changing(entry) };
  const answer = repeatable(await request(app, { method: "PATCH", path: url, session, json, schema: communication }));
  if (answer.outcome === "not_found") return { outcome: "gone" };
  return answer.outcome === "done" ? place(target, answer.value.id) : answer;
}

async function upsert(target: Target): Promise<LogOutcome> {
  const { app, session, entry } = target;
  const url = path`/crm/objects/${versions.crm}/communications/batch/upsert`;
  const answer = await withOwner(entry, async (properties) => {
    const json = { inputs: [{ id: entry.logKey, idProperty: logKeyProperty, properties }] };
    return partOf(settled(await request(app, { method: "POST", path: url, session, json, schema: upsertAnswer })));
  });
  if (answer.outcome === "refused" && answer.status === 409) {
    return { outcome: "later", retryAfterMs: conflictMs, reason: "conflict" };
  }
  return answer.outcome === "done" ? place(target, answer.value.id) : answer;
}

/** The one entry of the batch, or its error as if it had been refused alone. */
function partOf(answer: SettledAnswer<z.infer<typeof upsertAnswer>>): SettledAnswer<z.infer<typeof communication>> {
  if (answer.outcome !== "done") return answer;
  const [written] = answer.value.results;
  if (written) return { outcome: "done", value: written };
  const details = answer.value.errors[0]?.message ?? null;
  const refused = { outcome: "refused", reason: "crm.refused_by_crm", details, correlationId: null } as const;
  return { ...refused, status: 400, category: null };
}

/**
 * An upsert cannot associate, so that is a step of its own; it is idempotent, and a crash between the two is mended by
 * the next write. The person's own record comes first: an entry that stands nowhere else is taken away with it, since
 * nobody would ever see it. Another record that has gone, or does not go with the rest, is left out.
 */
async function place(target: Target, externalId: string): Promise<LogOutcome> {
  const { entry } = target;
  const [own, ...others] = entry.records;
  if (own === undefined) throw new Error("A log entry without a record");
  if (!includes(entry.standsOn, own)) {
    const placed = await placeOn(target, externalId, own);
    if (placed.outcome === "gone" && entry.standsOn.length === 0) return takeAway(target, externalId);
    if (placed.outcome !== "done") return placed;
  }
  const standsOn = [own];
  for (const record of others) {
    const stands = includes(entry.standsOn, record);
    const placed: Step = stands ? { outcome: "done" } : await placeOn(target, externalId, record);
    if (placed.outcome === "done") standsOn.push(record);
    else if (isPassing(placed)) return placed;
  }
  const removed = await takeOff(target, externalId);
  return removed.outcome === "done" ? { outcome: "written", externalId, standsOn } : removed;
}

/**
 * Takes the entry off where it does not belong any more. The old id of a merged record leads to the new one, on which the
 * entry may have to stay.
 */
async function takeOff({ app, session, entry }: Target, communicationId: string): Promise<CrmResult<object>> {
  const extra = entry.standsOn.filter((stood) => !includes(entry.records, stood));
  const there = await locateAll(app, session, extra);
  if (there.outcome !== "done") return there;
  for (const { ref: record, state, into } of there.found) {
    const isNeeded = into !== null && includes(entry.records, into);
    if (isNeeded || (state !== "live" && state !== "merged")) continue;
    const removed = await dissociate(app, session, { communicationId, record });
    if (removed.outcome !== "done") return removed;
  }
  return { outcome: "done" };
}

/** Whether the same call may succeed later: then the whole write is made again. */
function isPassing(outcome: { readonly outcome: string }): outcome is CrmLater | CrmExpired {
  return outcome.outcome === "later" || outcome.outcome === "expired";
}

/** HubSpot does not say in one way that a record to associate with is missing: so the record itself is asked for. */
async function placeOn({ app, session }: Target, communicationId: string, record: CrmRecordRef): Promise<Step> {
  const answer = await associate(app, session, { communicationId, record });
  if (answer.outcome === "done" || isPassing(answer)) return answer;
  const there = await stillThere(app, session, [record]);
  if (there.outcome !== "done") return there;
  if (there.records.length === 0) return { outcome: "gone" };
  return answer.outcome === "refused"
    ? answer
    : { outcome: "refused", reason: "crm.refused_by_crm", details: null, correlationId: null };
}

async function takeAway({ app, session }: Target, externalId: string): Promise<LogOutcome> {
  const url = path`/crm/objects/${versions.crm}/communications/${externalId}`;
  const archived = repeatable(await request(app, { method: "DELETE", path: url, session, schema: z.unknown() }));
  return archived.outcome === "done" || archived.outcome === "not_found" ? { outcome: "gone" } : archived;
}

/** All associations at once: refused as a whole, it is made again without the records that have gone. */
async function create(target: Target): Promise<LogOutcome> {
  const { app, session, entry } = target;
  const answer = await createOn(target, entry.records);
  if (answer.outcome === "done") return written(answer.value.id, entry.records);
  const isRefused = answer.outcome === "not_found" || (answer.outcome === "refused" && answer.status === 400);
  if (!isRefused) return answer;
  const there = await stillThere(app, session, entry.records);
  if (there.outcome !== "done") return there;
  const [own] = entry.records;
  if (own === undefined || !includes(there.records, own)) return { outcome: "gone" };
  // None has gone: then the others do not go with the rest, or the refusal has another reason and comes again.
  const records = there.records.length < entry.records.length ? there.records : [own];
  const again = await createOn(target, records);
  if (again.outcome === "done") return written(again.value.id, records);
  return again.outcome === "not_found" ? { outcome: "gone" } : again;
}

function written(externalId: string, standsOn: readonly CrmRecordRef[]): LogOutcome {
  return { outcome: "written", externalId, standsOn };
}

async function createOn(
  { app, session, entry }: Target,
  records: readonly CrmRecordRef[],
): Promise<HubspotAnswer<z.infer<typeof communication>>> {
  const associations = records.map(({ type, id }) => {
    const associationTypeId = objectOf(type).communicationAssociation;
    return { to: { id }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId }] };
  });
  const url = path`/crm/objects/${versions.crm}/communications`;
  return withOwner(entry, (initial) => {
    const json = { properties: { ...initial, [logKeyProperty]: entry.logKey }, associations };
    return request(app, { method: "POST", path: url, session, json, schema: communication });
  });
}

/** Writes with the owner and, when HubSpot refuses that value (then nothing was written), without. */
async function withOwner<A extends { readonly outcome: string }>(
  entry: LogEntry,
  write: (properties: Record<string, string>) => Promise<A>,
): Promise<A> {
  if (entry.ownerId === null) return write(initial(entry));
  const answer = await write({ ...initial(entry), [ownerField]: entry.ownerId });
  const details = "details" in answer ? String(answer.details) : "";
  return answer.outcome === "refused" && details.includes(ownerField) ? write(initial(entry)) : answer;
}

/** What changes while a session goes on. */
function changing(entry: LogEntry): Record<string, string> {
  return { hs_communication_body: entry.html, hs_timestamp: entry.at };
}

/** What a new entry needs as well; "CRM" is the one source that HubSpot accepts. */
function initial(entry: LogEntry): Record<string, string> {
  return { hs_communication_channel_type: "WHATS_APP", hs_communication_logged_from: "CRM", ...changing(entry) };
}

function includes(records: readonly CrmRecordRef[], wanted: CrmRecordRef): boolean {
  return records.some((record) => sameRecord(record, wanted));
}
