import { recordTypes, type RecordType } from "@aparte/core/crm-record.ts";
import { z } from "zod";
import type { CrmApp, CrmSession } from "../adapter.ts";
import type { CrmResult } from "../outcome.ts";
import type { RecordChange, Whereabouts } from "../record.ts";
import { answerOf, settled, type SettledAnswer } from "./client.ts";
import { readTogether, type PartAnswer } from "./composite.ts";
import { deletedPath, missedDeletions } from "./deletions.ts";
import { refTo } from "./ids.ts";
import { objects } from "./objects.ts";
import { pageOf, queryPath, soql } from "./query.ts";
import { recordBody, valuesOf, type Values } from "./record-body.ts";
import { fateFields, fateOf } from "./whereabouts.ts";

/** The most that one page brings of each type. */
const pageSize = 200;

/** A change is dated by when its transaction began, and shows when it ends: this long it may stay behind. */
const overlapMs = 5 * 60_000;

/** So often the overlap is read again after the last change; polls are minutes apart. */
const looksBack = 3;

/**
 * Where to go on with one type. `told`: when the newest change was that has been told; null when there was no record yet.
 * `looks` counts down how often the time before it is looked at again. `page`: behind which row the next page begins.
 */
const place = z.object({
  told: z.iso.datetime().nullable(),
  looks: z.number(),
  page: z.object({ at: z.iso.datetime(), id: z.string() }).nullable(),
});
type Place = z.infer<typeof place>;

const cursorSchema = z.object({
  places: z.partialRecord(z.enum(recordTypes), place),
  deletedUpTo: z.iso.datetime(),
});
type Cursor = z.infer<typeof cursorSchema>;

type Poll = { readonly app: CrmApp; readonly session: CrmSession; readonly account: string };

/** A record as a page of changes has it. */
type Row = { readonly id: string; readonly at: string; readonly values: Values };

/**
 * Records of every type that were created, changed, deleted, merged or converted since, a page of each, in one request:
 * whoever polls every few minutes shares the org's calls of a day with everybody else. Times are Salesforce's own. None is
 * an echo: whoever connected works in Salesforce as well, so that they changed it last does not mean that it was us.
 */
export async function changesSince(
  app: CrmApp,
  session: CrmSession,
  { account, cursor }: { readonly account: string; readonly cursor: string | null },
): Promise<CrmResult<{ changes: RecordChange[]; cursor: string; more: boolean }>> {
  const poll = { app, session, account };
  const read = await (cursor === null ? begin(poll) : goOn(poll, readCursor(cursor)));
  if (read.outcome !== "done") return read;
  const changes = read.changes.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return { outcome: "done", changes, cursor: writeCursor(read.next), more: read.more };
}

type Read = CrmResult<{ readonly changes: readonly RecordChange[]; readonly next: Cursor; readonly more: boolean }>;

/** The last change of each type is where "now" begins. A type that is not shown to whoever connected is never asked for. */
async function begin({ app, session }: Poll): Promise<Read> {
  const newest = (type: RecordType): string =>
    `SELECT Id, SystemModstamp FROM ${objects[type].name} ORDER BY SystemModstamp DESC LIMIT 1`;
  const deletedUpTo = new Date().toISOString();
  const read = await readTogether(
    app,
    session,
    recordTypes.map((type) => queryPath(newest(type), true)),
  );
  if (read.outcome !== "done") return read;
  const places: Cursor["places"] = {};
  for (const [index, type] of recordTypes.entries()) {
    const rows = rowsOf(read.value[index]);
    if (rows.outcome === "refused") continue;
    if (rows.outcome !== "done") return rows;
    places[type] = { told: rows.value[0]?.at ?? null, looks: looksBack, page: null };
  }
  return { outcome: "done", changes: [], next: { places, deletedUpTo }, more: false };
}

async function goOn({ app, session, account }: Poll, cursor: Cursor): Promise<Read> {
  const polled = recordTypes.flatMap((type) => {
    const from = cursor.places[type];
    return from ? [{ type, from }] : [];
  });
  const now = new Date();
  const read = await readTogether(app, session, [
    ...polled.map(({ type, from }) => queryPath(pageQuery(type, from), true)),
    ...polled.map(({ type }) => deletedPath(type, { from: cursor.deletedUpTo, now })),
  ]);
  if (read.outcome !== "done") return read;
  const next: Cursor = { places: {}, deletedUpTo: now.toISOString() };
  const changes: RecordChange[] = [];
  let more = false;
  for (const [index, { type, from }] of polled.entries()) {
    const rows = rowsOf(read.value[index]);
    if (rows.outcome !== "done") return rows;
    const isFull = rows.value.length === pageSize;
    next.places[type] = isFull ? further(from, rows.value) : atRest(from, rows.value);
    more ||= isFull;
    changes.push(...rows.value.map(({ id, at, values }) => changeOf(fateOf(refTo(account, type, id), values), at)));
    const seen = new Set(rows.value.map(({ id }) => id));
    const list = read.value[polled.length + index];
    const missed = await missedDeletions(app, session, { account, type, list, seen });
    if (missed.outcome !== "done") return missed;
    changes.push(...missed.deletions.map(({ whereabouts, at }) => changeOf(whereabouts, at)));
  }
  return { outcome: "done", changes, next, more };
}

function pageQuery(type: RecordType, from: Place): string {
  const fields = [...fateFields(type), "SystemModstamp"].join(", ");
  return `SELECT ${fields} FROM ${objects[type].name}${since(from)} ORDER BY SystemModstamp, Id LIMIT ${pageSize}`;
}

/** Many records may be changed in one and the same second: within it, pages go on by id. */
function since({ told, looks, page }: Place): string {
  if (page) {
    return ` WHERE SystemModstamp > ${page.at} OR (SystemModstamp = ${page.at} AND Id > ${soql`${page.id}`})`;
  }
  if (told === null) return "";
  const before = new Date(Date.parse(told) - overlapMs).toISOString();
  return looks > 0 ? ` WHERE SystemModstamp >= ${before}` : ` WHERE SystemModstamp > ${told}`;
}

function further(from: Place, rows: readonly Row[]): Place {
  const last = rows.at(-1);
  return last ? { ...from, page: { at: last.at, id: last.id } } : from;
}

/** Once nothing newer has shown for a while, the overlap is left alone: it may hold thousands of changes of one import. */
function atRest({ told, looks, page }: Place, rows: readonly Row[]): Place {
  const newest = rows.at(-1)?.at ?? page?.at ?? told;
  if (newest !== null && (told === null || newest > told)) return { told: newest, looks: looksBack, page: null };
  return { told, looks: Math.max(0, looks - 1), page: null };
}

function rowsOf(part: PartAnswer | undefined): SettledAnswer<Row[]> {
  const answer = settled(answerOf(part ?? { status: 500, body: undefined }, pageOf(recordBody)));
  if (answer.outcome !== "done") return answer;
  const rows = answer.value.records.map(valuesOf).map((values): Row => {
    const at = new Date(values.get("SystemModstamp") ?? 0).toISOString();
    return { id: values.get("Id") ?? "", at, values };
  });
  return { outcome: "done", value: rows };
}

const kinds = {
  live: "updated",
  deleted: "deleted",
  unknown: "deleted",
  merged: "merged",
  converted: "converted",
} as const satisfies Record<Whereabouts["state"], RecordChange["kind"]>;

function changeOf({ ref, state, into }: Whereabouts, at: string): RecordChange {
  return { ref, kind: kinds[state], into, at, isEcho: false };
}

function readCursor(cursor: string): Cursor {
  return cursorSchema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
}

function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString("base64url");
}
