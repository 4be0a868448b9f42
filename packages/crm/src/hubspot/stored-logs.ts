import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import { z } from "zod";
import type { CrmApp, CrmSession } from "../adapter.ts";
import { path } from "../http.ts";
import type { LogEntry, StoredLog } from "../entry.ts";
import type { CrmResult } from "../outcome.ts";
import { readAssociated } from "./associations.ts";
import { repeatable, request, settled, versions } from "./client.ts";
import { logKeyProperty } from "./log-key.ts";
import { objectOf, objects } from "./objects.ts";
import { batchSize, recordList, type RecordBody } from "./record-body.ts";

const bodyField = "hs_communication_body";
const communications = "communications";

/** What stands in the place of a text that was erased. */
const erasedBody = "[erased]";

/** HubSpot brings a body back as it was written: `renderLog` uses only the tags that it keeps. */
export function logBody(entry: LogEntry): string {
  return entry.html;
}

/** Reads through the associations: HubSpot's search learns of a new entry only seconds later. */
export async function findLog(
  app: CrmApp,
  session: CrmSession,
  { logKey, records }: Pick<LogEntry, "logKey" | "records">,
): Promise<CrmResult<{ externalIds: string[] }>> {
  const [own] = records;
  if (own === undefined) throw new Error("A log entry without a record");
  const from = objectOf(own.type).plural;
  const associated = await readAssociated(app, session, { from, ids: [own.id], to: communications });
  if (associated.outcome !== "done") return associated;
  const ids = [...associated.byId.values()].flat();
  const found: RecordBody[] = [];
  for (let start = 0; start < ids.length; start += batchSize) {
    const batch = await readBatch(app, session, { ids: ids.slice(start, start + batchSize), property: logKeyProperty });
    if (batch.outcome !== "done") return batch;
    found.push(...batch.bodies.filter(({ properties }) => properties[logKeyProperty] === logKey));
  }
  const oldestFirst = found.toSorted((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt));
  return { outcome: "done", externalIds: oldestFirst.map(({ id }) => id) };
}

/** The entries and where they stand, in one round of requests. */
export async function readLogs(
  app: CrmApp,
  session: CrmSession,
  { account, externalIds }: { readonly account: string; readonly externalIds: readonly string[] },
): Promise<CrmResult<{ logs: StoredLog[] }>> {
  if (externalIds.length === 0) return { outcome: "done", logs: [] };
  const [batch, ...ends] = await Promise.all([
    readBatch(app, session, { ids: externalIds, property: bodyField }),
    ...Object.values(objects).map(async ({ type, plural }) => ({
      type,
      answer: await readAssociated(app, session, { from: communications, ids: externalIds, to: plural }),
    })),
  ]);
  if (batch.outcome !== "done") return batch;
  const records = new Map<string, CrmRecordRef[]>(externalIds.map((id) => [id, []]));
  for (const { type, answer } of ends) {
    if (answer.outcome !== "done") return answer;
    for (const [id, recordIds] of answer.byId) {
      records.get(id)?.push(...recordIds.map((recordId) => ({ crm: "hubspot", account, type, id: recordId }) as const));
    }
  }
  const logs = batch.bodies.map(({ id, properties }) => {
    return { externalId: id, body: properties[bodyField] ?? "", records: records.get(id) ?? [] };
  });
  return { outcome: "done", logs };
}

/** The bin of HubSpot keeps an entry for about 90 days: what is to be erased is overwritten before. */
export async function deleteLog(
  app: CrmApp,
  session: CrmSession,
  { externalId, erase }: { readonly externalId: string; readonly erase: boolean },
): Promise<CrmResult<object>> {
  const call = { path: path`/crm/objects/${versions.crm}/communications/${externalId}`, session, schema: z.unknown() };
  if (erase) {
    const json = { properties: { [bodyField]: erasedBody } };
    const overwritten = repeatable(await request(app, { method: "PATCH", ...call, json }));
    if (overwritten.outcome === "not_found") return { outcome: "done" };
    if (overwritten.outcome !== "done") return overwritten;
  }
  const archived = repeatable(await request(app, { method: "DELETE", ...call }));
  return archived.outcome === "done" || archived.outcome === "not_found" ? { outcome: "done" } : archived;
}

async function readBatch(
  app: CrmApp,
  session: CrmSession,
  { ids, property }: { readonly ids: readonly string[]; readonly property: string },
): Promise<CrmResult<{ readonly bodies: readonly RecordBody[] }>> {
  const url = path`/crm/objects/${versions.crm}/communications/batch/read`;
  const json = { properties: [property], inputs: ids.map((id) => ({ id })) };
  const answer = settled(await request(app, { method: "POST", path: url, session, json, schema: recordList }));
  return answer.outcome === "done" ? { outcome: "done", bodies: answer.value.results } : answer;
}
