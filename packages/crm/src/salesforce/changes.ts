import { recordTypes, type RecordType } from "@aparte/core/crm-record.ts";
import { z } from "zod";
import type { CrmApp, CrmSession } from "../adapter.ts";
import type { CrmResult } from "../outcome.ts";
import type { RecordChange, Whereabouts } from "../record.ts";
import { changePlace, pageFrom, pageSize, placeAfter, placeBehind, utc } from "./change-place.ts";
import type { ChangePlace, Dated } from "./change-place.ts";
import { answerOf, settled, type SettledAnswer } from "./client.ts";
import { readTogether, type PartAnswer } from "./composite.ts";
import { deletedPath, missedDeletions } from "./deletions.ts";
import { refTo } from "./ids.ts";
import { objects } from "./objects.ts";
import { pageOf, queryPath } from "./query.ts";
import { recordBody, valuesOf, type Values } from "./record-body.ts";
import { fateFields, fateOf } from "./whereabouts.ts";
import { wishChanges } from "./wish-changes.ts";

const cursorSchema = z.object({
  places: z.partialRecord(z.enum(recordTypes), changePlace),
  wishes: changePlace.nullable(),
  deletedUpTo: z.iso.datetime(),
});
type Cursor = z.infer<typeof cursorSchema>;

type Poll = { readonly app: CrmApp; readonly session: CrmSession; readonly account: string };

type Row = Dated & { readonly values: Values };

/**
 * Records of every type that were created, changed, deleted, merged or converted since, a page of each, in one request
 * (a second one where the org keeps people's wishes about data apart): whoever polls every few minutes shares the org's
 * calls of a day with everybody else. Times are Salesforce's own. None is an echo: whoever connected works in Salesforce
 * as well, so that they changed it last does not mean that it was us.
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
async function begin({ app, session, account }: Poll): Promise<Read> {
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
    places[type] = placeBehind(rows.value[0]);
  }
  const wishes = await wishChanges(app, session, { account, place: null });
  if (wishes.outcome !== "done") return wishes;
  return { outcome: "done", changes: [], next: { places, wishes: wishes.place, deletedUpTo }, more: false };
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
  const next: Cursor = { places: {}, wishes: null, deletedUpTo: now.toISOString() };
  const changes: RecordChange[] = [];
  let more = false;
  for (const [index, { type, from }] of polled.entries()) {
    const rows = rowsOf(read.value[index]);
    next.places[type] = from;
    // What is no longer shown to whoever connected shall not keep the other types waiting.
    if (rows.outcome === "refused") continue;
    if (rows.outcome !== "done") return rows;
    next.places[type] = placeAfter(from, rows.value);
    more ||= rows.value.length === pageSize;
    changes.push(...rows.value.map(({ id, at, values }) => changeOf(fateOf(refTo(account, type, id), values), at)));
    const seen = new Set(rows.value.map(({ id }) => id));
    const list = read.value[polled.length + index];
    const missed = await missedDeletions(app, session, { account, type, list, seen });
    if (missed.outcome !== "done") return missed;
    changes.push(...missed.deletions.map(({ whereabouts, at }) => changeOf(whereabouts, at)));
  }
  if (cursor.wishes) {
    const wishes = await wishChanges(app, session, { account, place: cursor.wishes });
    if (wishes.outcome !== "done") return wishes;
    next.wishes = wishes.place;
    more ||= wishes.more;
    changes.push(...wishes.changes);
  }
  return { outcome: "done", changes, next, more };
}

function pageQuery(type: RecordType, from: ChangePlace): string {
  const fields = [...fateFields(type), "SystemModstamp"].join(", ");
  return `SELECT ${fields} FROM ${objects[type].name}${pageFrom(from)}`;
}

function rowsOf(part: PartAnswer | undefined): SettledAnswer<Row[]> {
  const answer = settled(answerOf(part ?? { status: 500, body: undefined }, pageOf(recordBody)));
  if (answer.outcome !== "done") return answer;
  const rows = answer.value.records.map(valuesOf).map((values): Row => {
    return { id: values.get("Id") ?? "", at: utc(values.get("SystemModstamp") ?? ""), values };
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
