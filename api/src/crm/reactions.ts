import type { RecordType } from "@aparte/core/crm-record.ts";
import { logKey } from "@aparte/crm/log-entry.ts";
import { sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { rows, type Tx } from "../platform/db.ts";
import type { EventRow } from "../platform/events.ts";
import { planEntries, planFrom } from "./log-plan.ts";
import { reviveLogs, wakeLogs, type LogNews, type NewLog } from "./log-queue.ts";

/** A conversation on the timeline of one record. */
type Timeline = {
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly recordType: RecordType;
  readonly recordId: string;
  readonly contactId: string;
  readonly conversationId: string;
  readonly channelId: string;
  readonly logs: readonly { readonly id: string; readonly start: string }[];
};

type Timed = { readonly id: string; readonly conversationId: string; readonly at: string };

/** Whether a message says something else than before, or only its ticks moved. */
type Change = "text" | "ticks";

/** Queues what news of messages and links mean for the timelines of the linked records. */
export async function queueLogs(tx: Tx, events: readonly EventRow[], now: Date): Promise<void> {
  for (const event of events) {
    if (event.name === "crm.connected") await reviveLogs(tx, event.workspaceId, event.payload.connectionId);
    if (event.name === "contact.merged") await moveLinks(tx, event.workspaceId, event.payload);
  }
  const changes = new Map<string, Change>();
  const people = new Map<string, { readonly workspaceId: string; readonly contactId: string }>();
  for (const event of events) {
    const change = changeOf(event);
    if (change === null) continue;
    const { workspaceId, payload } = event;
    if ("messageId" in payload && changes.get(payload.messageId) !== "text") changes.set(payload.messageId, change);
    if ("contactId" in payload) people.set(payload.contactId, { workspaceId, contactId: payload.contactId });
  }
  if (people.size === 0) return;
  const timelines = await loadTimelines(tx, [...people.values()]);
  const times = await loadTimes(tx, timelines, now.getTime());
  const planned = timelines.map((timeline) => plan(timeline, times, changes));
  await wakeLogs(tx, {
    fresh: planned.flatMap(({ fresh }) => fresh),
    news: planned.flatMap(({ news }) => news),
  });
}

const textNews: ReadonlySet<string> = new Set([
  "message.queued",
  "message.received",
  "message.echoed",
  "message.edited",
  "crm.record_linked",
  "contact.merged",
]);

function changeOf(event: EventRow): Change | null {
  if (textNews.has(event.name)) return "text";
  if (event.name !== "message.changed") return null;
  return event.payload.state === "failed" || event.payload.state === "unconfirmed" ? "text" : "ticks";
}

async function loadTimelines(
  tx: Tx,
  people: readonly { readonly workspaceId: string; readonly contactId: string }[],
): Promise<Timeline[]> {
  return tx.execute<Timeline>(sql`
    select l.workspace_id as "workspaceId", l.connection_id as "connectionId", l.record_type as "recordType",
      l.record_id as "recordId", l.contact_id as "contactId", v.id as "conversationId", v.channel_id as "channelId",
      coalesce(json_agg(json_build_object('id', g.id, 'start', g.session_start)) filter (where g.id is not null), '[]') as logs
    from jsonb_to_recordset(${rows(people)}) as r("workspaceId" uuid, "contactId" uuid)
    join crm_links l on l.workspace_id = r."workspaceId" and l.contact_id = r."contactId"
    join messaging_conversations v on v.workspace_id = l.workspace_id and v.contact_id = l.contact_id
    left join crm_logs g on g.workspace_id = l.workspace_id and g.connection_id = l.connection_id
      and g.record_type = l.record_type and g.record_id = l.record_id and g.conversation_id = v.id
    group by 1, 2, 3, 4, 5, 6, 7`);
}

/** The records of a contact that turned out to be another one are that one's, and so are the entries written on them. */
async function moveLinks(
  tx: Tx,
  workspaceId: string,
  { contactId, mergedId }: { readonly contactId: string; readonly mergedId: string },
): Promise<void> {
  await tx.execute(sql`
    insert into crm_links (workspace_id, connection_id, record_type, record_id, contact_id, linked_at)
    select workspace_id, connection_id, record_type, record_id, ${contactId}, linked_at from crm_links
    where workspace_id = ${workspaceId} and contact_id = ${mergedId}
    on conflict do nothing`);
  await tx.execute(sql`delete from crm_links where workspace_id = ${workspaceId} and contact_id = ${mergedId}`);
  await tx.execute(sql`
    update crm_logs g set conversation_id = t.id
    from messaging_conversations s join messaging_conversations t
      on t.workspace_id = s.workspace_id and t.channel_id = s.channel_id and t.contact_id = ${contactId}
    where s.workspace_id = ${workspaceId} and s.contact_id = ${mergedId}
      and g.workspace_id = s.workspace_id and g.conversation_id = s.id`);
}

/** When the messages of these conversations were said, as far back as it matters. */
async function loadTimes(tx: Tx, timelines: readonly Timeline[], now: number): Promise<Map<string, Timed[]>> {
  const wanted = timelines.map(({ workspaceId, conversationId, logs }) => {
    const since = planFrom(
      logs.map(({ start }) => start),
      now,
    );
    return { workspaceId, conversationId, since: new Date(since).toISOString() };
  });
  const found = await tx.execute<Timed>(sql`
    select distinct m.id, m.conversation_id as "conversationId", m.at
    from jsonb_to_recordset(${rows(wanted)}) as r("workspaceId" uuid, "conversationId" uuid, since timestamptz)
    join messaging_messages m
      on m.workspace_id = r."workspaceId" and m.conversation_id = r."conversationId" and m.at >= r.since
      and m.about_wamid is null`);
  return Map.groupBy(found, ({ conversationId }) => conversationId);
}

/** The entries that a timeline lacks, and those that the changes touch. */
function plan(
  timeline: Timeline,
  times: ReadonlyMap<string, readonly Timed[]>,
  changes: ReadonlyMap<string, Change>,
): { readonly fresh: readonly NewLog[]; readonly news: readonly LogNews[] } {
  const { workspaceId, connectionId, recordType, recordId, contactId, conversationId, channelId, logs } = timeline;
  const idOf = new Map(logs.map(({ id, start }) => [start, id]));
  const fresh: NewLog[] = [];
  const news: LogNews[] = [];
  for (const { sessionStart, messages } of planEntries(times.get(conversationId) ?? [], [...idOf.keys()])) {
    const id = idOf.get(sessionStart);
    const touched = messages.flatMap((message) => changes.get(message.id) ?? []);
    if (id !== undefined) {
      if (touched.length > 0) news.push({ workspaceId, id, text: touched.includes("text") });
      continue;
    }
    const record = { type: recordType, id: recordId };
    const key = logKey({ workspaceId, channelId, contactId, record, sessionStart });
    fresh.push({
      id: uuidv7(),
      workspaceId,
      connectionId,
      recordType,
      recordId,
      conversationId,
      logKey: key,
      sessionStart,
    });
  }
  return { fresh, news };
}
