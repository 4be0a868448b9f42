import { sameRecord, type CrmRecordRef } from "@aparte/core/crm-record.ts";
import { z } from "zod";
import type { CrmApp, CrmSession } from "../adapter.ts";
import type { LogEntry, LogOutcome } from "../entry.ts";
import { path } from "../http.ts";
import { data, endpointMissing, repeatable, request, settled } from "./client.ts";
import type { SalesforceAnswer, SalesforceRefusal } from "./client.ts";
import { holderOf, type LogHolder } from "./log-holder.ts";
import { conversationObject, logKeyField } from "./log-key.ts";
import { select, soql } from "./query.ts";
import { stillThere } from "./whereabouts.ts";

const written = z.object({ id: z.string() });
type Written = z.infer<typeof written>;
type Values = Readonly<Record<string, unknown>>;

/** How long a write of the same key by another process may take. */
const conflictMs = 1000;
const conflict = { outcome: "later", retryAfterMs: conflictMs, reason: "conflict" } as const;

type Target = {
  readonly app: CrmApp;
  readonly session: CrmSession;
  readonly entry: LogEntry;
  readonly holder: LogHolder;
};
/** One try with these values of the whole entry. */
type Write = (values: Values) => Promise<SalesforceAnswer<Written>>;

/**
 * Writes an entry. With a known id it is updated in place. Without one it is created: as a record of the package by our
 * unique key, so that doing it twice changes nothing; otherwise as a task, whose lost answer is `unclear`. An owner whom
 * Salesforce does not take, such as a colleague who left, is left out, and so is a record that has gone.
 */
export async function writeLog(app: CrmApp, session: CrmSession, entry: LogEntry): Promise<LogOutcome> {
  const target = { app, session, entry, holder: holderOf(entry) };
  if (entry.externalId !== null) return update(target, entry.externalId);
  return entry.logKeyKind === "unique" ? upsert(target) : create(target);
}

/** A missing entry was deleted by a person: it stays deleted. Whom it belongs to is theirs to change as well. */
async function update(target: Target, externalId: string): Promise<LogOutcome> {
  const values = target.holder.changing(target.entry);
  return writeOn(target, values, (json) => patch(target, externalId, json));
}

async function patch({ app, session, holder }: Target, id: string, json: Values): Promise<SalesforceAnswer<Written>> {
  const address = data + path`/sobjects/${holder.object}/${id}`;
  const call = { method: "PATCH", path: address, session, json, schema: z.unknown() } as const;
  const answer = repeatable(await request(app, call));
  return answer.outcome === "done" ? { outcome: "done", value: { id } } : answer;
}

async function upsert(target: Target): Promise<LogOutcome> {
  const { app, session, entry } = target;
  const address = data + path`/sobjects/${conversationObject}/${logKeyField}/${entry.logKey}`;
  return writeOn(target, initialValues(target), async (json) => {
    const answer = settled(await request(app, { method: "PATCH", path: address, session, json, schema: written }));
    if (answer.outcome !== "refused") return answer;
    if (answer.code === "DUPLICATE_VALUE") return conflict;
    return answer.status === 300 ? keepOldest(target, json) : answer;
  });
}

/**
 * Where an admin has made the key no longer unique, several records may have it, which Salesforce answers with 300. The
 * oldest is the one that we go on with; the others go.
 */
async function keepOldest(target: Target, json: Values): Promise<SalesforceAnswer<Written>> {
  const { app, session, entry } = target;
  const query = `SELECT Id FROM ${conversationObject} WHERE ${logKeyField} = ${soql`${entry.logKey}`} ORDER BY CreatedDate, Id`;
  const rows = await select(app, session, { query, row: z.object({ Id: z.string() }) });
  if (rows.outcome !== "done") return rows;
  const [oldest, ...others] = rows.value;
  if (oldest === undefined) return conflict;
  const kept = await patch(target, oldest.Id, json);
  if (kept.outcome !== "done" || others.length === 0) return kept;
  const address = data + path`/composite/sobjects?ids=${others.map(({ Id }) => Id).join(",")}`;
  const removed = settled(await request(app, { method: "DELETE", path: address, session, schema: z.unknown() }));
  return removed.outcome === "done" ? kept : removed;
}

const closedStatus = "SELECT ApiName FROM TaskStatus WHERE IsClosed = true ORDER BY SortOrder LIMIT 1";

/** What has been said is no task to be done; which status says so is for each org to name. */
async function create(target: Target): Promise<LogOutcome> {
  const { app, session, holder } = target;
  const closed = await select(app, session, { query: closedStatus, row: z.object({ ApiName: z.string() }) });
  if (closed.outcome !== "done") return closed;
  const [status] = closed.value;
  const values = { ...initialValues(target), ...(status && { Status: status.ApiName }) };
  const address = data + path`/sobjects/${holder.object}`;
  return writeOn(target, values, async (json) => {
    const answer = await request(app, { method: "POST", path: address, session, json, schema: written });
    return answer.outcome === "not_found" ? endpointMissing() : answer;
  });
}

function initialValues({ holder, entry }: Target): Values {
  const owner = entry.ownerId === null ? {} : { OwnerId: entry.ownerId };
  return { ...holder.initial(entry), ...holder.changing(entry), ...owner };
}

/** Error codes behind which a record may be that is no longer there, or has become another one. */
const lostReferences = new Set([
  "ENTITY_IS_DELETED",
  "INVALID_CROSS_REFERENCE_KEY",
  "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
  "CANNOT_UPDATE_CONVERTED_LEAD",
  "FIELD_INTEGRITY_EXCEPTION",
]);

/**
 * Refused as a whole, it is written again without the records that have gone; without the person's own one, not at all.
 * When none has gone, the reference that leads nowhere is the owner.
 */
async function writeOn(target: Target, values: Values, write: Write): Promise<LogOutcome> {
  const { app, session, entry, holder } = target;
  const on = (records: readonly CrmRecordRef[], own: Values) => write({ ...own, ...holder.place(records).fields });
  const answer = await on(entry.records, values);
  if (answer.outcome !== "refused") return outcomeOf(answer, holder.place(entry.records).standsOn);
  const { OwnerId: owner, ...others } = values;
  const isOwner = isAboutOwner(answer);
  if (!isOwner && !lostReferences.has(answer.code ?? "")) return answer;
  if (!isOwner) {
    const there = await stillThere(app, session, entry.records);
    if (there.outcome !== "done") return there;
    const { records } = there;
    const [own] = entry.records;
    if (own === undefined || !records.some((record) => sameRecord(record, own))) return { outcome: "gone" };
    if (records.length < entry.records.length) {
      return outcomeOf(await on(records, values), holder.place(records).standsOn);
    }
  }
  if (owner === undefined) return answer;
  return outcomeOf(await on(entry.records, others), holder.place(entry.records).standsOn);
}

function isAboutOwner({ code, fields }: SalesforceRefusal): boolean {
  return (
    code === "INACTIVE_OWNER_OR_USER" || code === "OP_WITH_INVALID_USER_TYPE_EXCEPTION" || fields.includes("OwnerId")
  );
}

function outcomeOf(answer: SalesforceAnswer<Written>, standsOn: readonly CrmRecordRef[]): LogOutcome {
  if (answer.outcome === "done") return { outcome: "written", externalId: answer.value.id, standsOn };
  return answer.outcome === "not_found" ? { outcome: "gone" } : answer;
}
