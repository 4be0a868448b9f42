import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import { z } from "zod";
import type { CrmApp, CrmSession } from "../adapter.ts";
import type { LogEntry, StoredLog } from "../entry.ts";
import { path } from "../http.ts";
import type { CrmResult } from "../outcome.ts";
import { answerOf, data, repeatable, request, settled } from "./client.ts";
import { readTogether } from "./composite.ts";
import { refOf } from "./ids.ts";
import { holderById, holderOf, holders, type LogHolder } from "./log-holder.ts";
import { conversationObject, logKeyField, subjectMark } from "./log-key.ts";
import { objects } from "./objects.ts";
import { likeText, pageOf, queryPath, select, soql } from "./query.ts";
import { filled, recordBody, valuesOf } from "./record-body.ts";

/** The day of a task moves on with the session's last message; where its day begins depends on the time zone. */
const dayMs = 86_400_000;

export function logBody(entry: LogEntry): string {
  return holderOf(entry).body(entry);
}

/** Looks among the records of the package, where there are any, and among the tasks of these records. */
export async function findLog(
  app: CrmApp,
  session: CrmSession,
  entry: Pick<LogEntry, "logKey" | "records" | "startedAt">,
): Promise<CrmResult<{ externalIds: string[] }>> {
  const conversations = `SELECT Id, CreatedDate FROM ${conversationObject} WHERE ${logKeyField} = ${soql`${entry.logKey}`}`;
  const read = await readTogether(app, session, [queryPath(conversations), queryPath(tasksWith(entry))]);
  if (read.outcome !== "done") return read;
  const found: { readonly Id: string; readonly CreatedDate: string }[] = [];
  for (const part of read.value) {
    const rows = settled(answerOf(part, pageOf(z.object({ Id: z.string(), CreatedDate: z.string() }))));
    const isNoPackage = rows.outcome === "refused" && rows.code === "INVALID_TYPE";
    if (rows.outcome !== "done" && !isNoPackage) return rows;
    if (rows.outcome === "done") found.push(...rows.value.records);
  }
  const oldestFirst = found.toSorted((a, b) => Date.parse(a.CreatedDate) - Date.parse(b.CreatedDate));
  return { outcome: "done", externalIds: oldestFirst.map(({ Id }) => Id) };
}

function tasksWith({ logKey, records, startedAt }: Pick<LogEntry, "logKey" | "records" | "startedAt">): string {
  const on = (["who", "what"] as const).flatMap((place) => {
    const ids = records.filter(({ type }) => objects[type].place === place).map(({ id }) => id);
    return ids.length === 0 ? [] : [`${place === "who" ? "WhoId" : "WhatId"} IN ${soql`${ids}`}`];
  });
  const from = new Date(Date.parse(startedAt) - dayMs).toISOString().slice(0, 10);
  const mark = soql`${`%${likeText(subjectMark(logKey))}`}`;
  const about = `(${on.join(" OR ")}) AND ActivityDate >= ${from}`;
  return `SELECT Id, CreatedDate FROM Task WHERE ${about} AND Subject LIKE ${mark} ORDER BY CreatedDate`;
}

export async function readLogs(
  app: CrmApp,
  session: CrmSession,
  { account, externalIds }: { readonly account: string; readonly externalIds: readonly string[] },
): Promise<CrmResult<{ logs: StoredLog[] }>> {
  const logs: StoredLog[] = [];
  for (const holder of Object.values(holders)) {
    const ids = externalIds.filter((id) => holderById(id) === holder);
    if (ids.length === 0) continue;
    const { object, bodyField, placeFields } = holder;
    const query = `SELECT Id, ${[bodyField, ...placeFields].join(", ")} FROM ${object} WHERE Id IN ${soql`${ids}`}`;
    const rows = await select(app, session, { query, row: recordBody });
    if (rows.outcome !== "done") return rows;
    logs.push(...rows.value.map((row) => storedLog(account, holder, valuesOf(row))));
  }
  return { outcome: "done", logs };
}

function storedLog(account: string, holder: LogHolder, values: ReadonlyMap<string, string>): StoredLog {
  const records = filled(values, holder.placeFields).flatMap((id): CrmRecordRef[] => {
    const ref = refOf(account, id);
    return ref ? [ref] : [];
  });
  return { externalId: values.get("Id") ?? "", body: values.get(holder.bodyField) ?? "", records };
}

/** What lies in the bin can be read there for 15 days: what is to be erased is overwritten before. */
export async function deleteLog(
  app: CrmApp,
  session: CrmSession,
  { externalId, erase }: { readonly externalId: string; readonly erase: boolean },
): Promise<CrmResult<object>> {
  const { object, erased } = holderById(externalId);
  const call = { path: data + path`/sobjects/${object}/${externalId}`, session, schema: z.unknown() };
  if (erase) {
    const overwritten = repeatable(await request(app, { method: "PATCH", ...call, json: erased }));
    if (overwritten.outcome === "not_found") return { outcome: "done" };
    if (overwritten.outcome !== "done") return overwritten;
  }
  const deleted = repeatable(await request(app, { method: "DELETE", ...call }));
  return deleted.outcome === "done" || deleted.outcome === "not_found" ? { outcome: "done" } : deleted;
}
