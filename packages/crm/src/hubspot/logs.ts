import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import { z } from "zod";
import type { CrmApp, CrmSession } from "../adapter.ts";
import type { LogEntry, LogOutcome } from "../entry.ts";
import type { CrmMissing, CrmResult } from "../outcome.ts";
import { endpointMissing, path, repeatable, request, settled, versions, type SettledAnswer } from "./client.ts";
import { logKeyProperty } from "./log-key.ts";
import { objectOf } from "./objects.ts";

const communication = z.object({ id: z.string() });

/** A batch of one: it fails as a whole with a 4xx or, as a part, with 207 and its error in the body. */
const upsertAnswer = z.object({
  results: z.array(communication).default([]),
  errors: z.array(z.object({ message: z.string() })).default([]),
});

const associationPage = z.object({
  results: z.array(
    z.object({
      to: z.array(z.object({ toObjectId: z.union([z.string(), z.number()]).transform(String) })),
      paging: z.object({ next: z.object({ after: z.string() }).optional() }).optional(),
    }),
  ),
});

const communicationList = z.object({
  results: z.array(z.object({ id: z.string(), properties: z.record(z.string(), z.string().nullable()) })),
});

/** HubSpot's limit for the inputs of one batch. */
const batchSize = 100;

/** How long a write of the same key by another process may take. */
const conflictMs = 1000;

type Target = { readonly app: CrmApp; readonly session: CrmSession; readonly entry: LogEntry };

/**
 * Writes a session to the timeline. With a known id the entry is updated in place. Without one it is created: by our
 * unique key where HubSpot holds one, so that doing it twice changes nothing; otherwise by a plain create, whose lost
 * answer is `unclear`.
 */
export async function writeLog(app: CrmApp, session: CrmSession, entry: LogEntry): Promise<LogOutcome> {
  const target = { app, session, entry };
  if (entry.externalId !== null) return update(target, entry.externalId);
  return entry.logKeyKind === "unique" ? upsert(target) : create(target);
}

/** A missing entry was deleted by a person: it stays deleted. */
async function update({ app, session, entry }: Target, externalId: string): Promise<LogOutcome> {
  const url = path`/crm/objects/${versions.crm}/communications/${externalId}`;
  const json = { properties: changing(entry) };
  const answer = repeatable(await request(app, { method: "PATCH", path: url, session, json, schema: communication }));
  if (answer.outcome === "not_found") return { outcome: "gone" };
  return answer.outcome === "done" ? { outcome: "written", externalId: answer.value.id } : answer;
}

async function upsert(target: Target): Promise<LogOutcome> {
  const { app, session, entry } = target;
  const url = path`/crm/objects/${versions.crm}/communications/batch/upsert`;
  const json = { inputs: [{ id: entry.logKey, idProperty: logKeyProperty, properties: initial(entry) }] };
  const answer = settled(await request(app, { method: "POST", path: url, session, json, schema: upsertAnswer }));
  if (answer.outcome === "refused" && answer.status === 409) {
    return { outcome: "later", retryAfterMs: conflictMs, reason: "conflict" };
  }
  if (answer.outcome !== "done") return answer;
  const [written] = answer.value.results;
  if (written) return associate(target, written.id);
  const details = answer.value.errors[0]?.message ?? null;
  return { outcome: "refused", reason: "crm.refused_by_crm", details, correlationId: null };
}

/**
 * An upsert cannot associate, so that is a step of its own; it is idempotent, and a crash between the two is mended by
 * the next upsert of the same key. An entry whose record has gone is taken away: nobody would ever see it.
 */
async function associate(target: Target, id: string): Promise<LogOutcome> {
  const { app, session, entry } = target;
  const { plural } = objectOf(entry.record.type);
  const communications = path`/crm/objects/${versions.crm}/communications/${id}`;
  const url = communications + path`/associations/default/${plural}/${entry.record.id}`;
  const answer = repeatable(await request(app, { method: "PUT", path: url, session, schema: z.unknown() }));
  if (answer.outcome === "done") return { outcome: "written", externalId: id };
  const outcome = await orGone(target, answer);
  if (outcome.outcome !== "gone") return outcome;
  const archived = repeatable(
    await request(app, { method: "DELETE", path: communications, session, schema: z.unknown() }),
  );
  return archived.outcome === "done" || archived.outcome === "not_found" ? outcome : archived;
}

async function create(target: Target): Promise<LogOutcome> {
  const { app, session, entry } = target;
  const { communicationAssociation } = objectOf(entry.record.type);
  const type = { associationCategory: "HUBSPOT_DEFINED", associationTypeId: communicationAssociation };
  const json = {
    properties: { ...initial(entry), [logKeyProperty]: entry.logKey },
    associations: [{ to: { id: entry.record.id }, types: [type] }],
  };
  const url = path`/crm/objects/${versions.crm}/communications`;
  const answer = await request(app, { method: "POST", path: url, session, json, schema: communication });
  if (answer.outcome === "done") return { outcome: "written", externalId: answer.value.id };
  return answer.outcome === "unclear" ? answer : orGone(target, answer);
}

/** HubSpot does not say in one way that a record to associate with is missing: so the record itself is asked for. */
async function orGone(
  { app, session, entry }: Target,
  answer: Exclude<SettledAnswer<unknown> | CrmMissing, { outcome: "done" }>,
): Promise<Exclude<LogOutcome, { outcome: "written" | "unclear" }>> {
  if (answer.outcome === "later" || (answer.outcome === "refused" && answer.status !== 400)) return answer;
  const url = path`/crm/objects/${versions.crm}/${objectOf(entry.record.type).plural}/${entry.record.id}`;
  const record = repeatable(await request(app, { method: "GET", path: url, session, schema: communication }));
  if (record.outcome === "not_found") return { outcome: "gone" };
  if (record.outcome !== "done") return record;
  return answer.outcome === "refused" ? answer : endpointMissing();
}

/** What changes while a session goes on. */
function changing(entry: LogEntry): Record<string, string> {
  return { hs_communication_body: entry.html, hs_timestamp: entry.at };
}

/** What a new entry needs as well; "CRM" is the one source that HubSpot accepts. */
function initial(entry: LogEntry): Record<string, string> {
  return { hs_communication_channel_type: "WHATS_APP", hs_communication_logged_from: "CRM", ...changing(entry) };
}

/** Reads through the associations: HubSpot's search learns of a new entry only seconds later. */
export async function findLog(
  app: CrmApp,
  session: CrmSession,
  { logKey, record }: { readonly logKey: string; readonly record: CrmRecordRef },
): Promise<CrmResult<{ externalId: string | null }>> {
  const url = path`/crm/associations/${versions.crm}/${objectOf(record.type).plural}/communications/batch/read`;
  let after: string | undefined;
  do {
    const json = { inputs: [{ id: record.id, ...(after !== undefined && { after }) }] };
    const page = settled(await request(app, { method: "POST", path: url, session, json, schema: associationPage }));
    if (page.outcome !== "done") return page;
    const [associated] = page.value.results;
    const found = await withKey({ app, session }, associated?.to.map(({ toObjectId }) => toObjectId) ?? [], logKey);
    if (found.outcome !== "done" || found.externalId !== null) return found;
    after = associated?.paging?.next?.after;
  } while (after !== undefined);
  return { outcome: "done", externalId: null };
}

async function withKey(
  { app, session }: Omit<Target, "entry">,
  ids: readonly string[],
  logKey: string,
): Promise<CrmResult<{ externalId: string | null }>> {
  const url = path`/crm/objects/${versions.crm}/communications/batch/read`;
  for (let start = 0; start < ids.length; start += batchSize) {
    const inputs = ids.slice(start, start + batchSize).map((id) => ({ id }));
    const json = { properties: [logKeyProperty], inputs };
    const answer = settled(await request(app, { method: "POST", path: url, session, json, schema: communicationList }));
    if (answer.outcome !== "done") return answer;
    const match = answer.value.results.find(({ properties }) => properties[logKeyProperty] === logKey);
    if (match) return { outcome: "done", externalId: match.id };
  }
  return { outcome: "done", externalId: null };
}
