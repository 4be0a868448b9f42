import { readCrmSettings, type CrmSettings } from "@aparte/core/crm-settings.ts";
import type { EventName } from "@aparte/core/events.ts";
import { logKey } from "@aparte/crm/log-entry.ts";
import { sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { Consumer } from "../platform/consumer.ts";
import { rows, type Tx } from "../platform/db.ts";
import type { EventRow } from "../platform/events.ts";
import { queueConsents } from "./consent-logs.ts";
import { moveLinks } from "./links.ts";
import { planEntries, planFrom } from "./log-plan.ts";
import {
  eraseLogs,
  moveLogs,
  moveToRecords,
  reviveLogs,
  wakeLogs,
  type LogNews,
  type LogPlace,
  type NewLog,
} from "./log-queue.ts";

/** A conversation in one connection, with the entries that tell of it. */
type Timeline = LogPlace & {
  readonly conversationId: string;
  readonly channelId: string;
  readonly settings: unknown;
  readonly logs: readonly { readonly id: string; readonly start: string; readonly messageId: string | null }[];
};

type Timed = { readonly id: string; readonly conversationId: string; readonly at: string };

/** Whether a message says something else than before, or only its ticks moved; and who of us wrote it. */
type Change = { readonly text: boolean; readonly writer: string | null };

/** A message says something new, or the person has records on which it was not told yet. */
const textNews: readonly EventName[] = [
  "message.queued",
  "message.received",
  "message.echoed",
  "message.edited",
  "crm.record_linked",
  "contact.merged",
];

/** Queues what news of messages, consents and records mean for the entries in the CRMs. */
export function logNews(now: () => Date): Consumer<EventName> {
  return {
    name: "crm",
    about: [
      ...textNews,
      "message.changed",
      "consent.changed",
      "contact.erasure_asked",
      "contact.erased",
      "crm.connected",
      "crm.record_unlinked",
      "crm.record_changed",
    ],
    work: (tx, events) => queueLogs(tx, events, now()),
  };
}

async function queueLogs(tx: Tx, events: readonly EventRow[], now: Date): Promise<void> {
  for (const event of events) {
    if (event.name === "crm.connected") await reviveLogs(tx, event.workspaceId, event.payload.connectionId);
    if (event.name !== "contact.merged") continue;
    await moveLinks(tx, event.workspaceId, event.payload);
    await moveLogs(tx, event.workspaceId, event.payload);
  }
  await eraseLogs(tx, peopleOf(events, ["contact.erasure_asked", "contact.erased"]));
  await moveToRecords(tx, placesOf(events, ["crm.record_unlinked"]), { all: true });
  await moveToRecords(tx, placesOf(events, ["crm.record_linked", "crm.record_changed"]), { all: false });
  await queueConsents(tx, events);
  await queueMessages(tx, events, now);
}

function placesOf(events: readonly EventRow[], names: readonly EventName[]): LogPlace[] {
  return events.flatMap(({ name, workspaceId, payload }) =>
    names.includes(name) && "contactId" in payload && "connectionId" in payload && payload.contactId !== null
      ? [{ workspaceId, contactId: payload.contactId, connectionId: payload.connectionId ?? "" }]
      : [],
  );
}

type Person = { readonly workspaceId: string; readonly contactId: string };

function peopleOf(events: readonly EventRow[], names: readonly EventName[]): Person[] {
  const found = events.flatMap(({ name, workspaceId, payload }) =>
    names.includes(name) && "contactId" in payload && payload.contactId !== null
      ? [{ workspaceId, contactId: payload.contactId }]
      : [],
  );
  return [...new Map(found.map((person) => [person.contactId, person])).values()];
}

async function queueMessages(tx: Tx, events: readonly EventRow[], now: Date): Promise<void> {
  const people = peopleOf(events, [...textNews, "message.changed"]);
  if (people.length === 0) return;
  const changes = new Map<string, Change>();
  for (const event of events) {
    if (!("messageId" in event.payload) || !(textNews.includes(event.name) || event.name === "message.changed"))
      continue;
    const before = changes.get(event.payload.messageId);
    const writer = event.name === "message.queued" ? event.actor : null;
    const text = isTextNews(event) || before?.text === true;
    changes.set(event.payload.messageId, { text, writer: writer ?? before?.writer ?? null });
  }
  const timelines = await loadTimelines(tx, people);
  const times = await loadTimes(tx, timelines, now.getTime());
  const planned = timelines.map((timeline) => plan(timeline, times.get(timeline.conversationId) ?? [], changes));
  await wakeLogs(tx, {
    fresh: planned.flatMap(({ fresh }) => fresh),
    news: planned.flatMap(({ news }) => news),
  });
}

function isTextNews(event: EventRow): boolean {
  if (event.name !== "message.changed") return true;
  return event.payload.state === "failed" || event.payload.state === "unconfirmed";
}

async function loadTimelines(tx: Tx, people: readonly Person[]): Promise<Timeline[]> {
  return tx.execute<Timeline>(sql`
    select l.workspace_id as "workspaceId", l.connection_id as "connectionId", l.contact_id as "contactId",
      v.id as "conversationId", v.channel_id as "channelId", c.settings, coalesce((
        select json_agg(json_build_object('id', g.id, 'start', g.started_at, 'messageId', g.subject_id)) from (
          -- Of several that begin at once, what was left over from older versions comes after the living one.
          select distinct on (started_at, subject_id) id, started_at, subject_id from crm_logs
          where workspace_id = l.workspace_id and connection_id = l.connection_id and conversation_id = v.id
          order by started_at, subject_id, state = 'gone', id) g), '[]') as logs
    from (
      select distinct k.workspace_id, k.connection_id, k.contact_id
      from jsonb_to_recordset(${rows(people)}) as r("workspaceId" uuid, "contactId" uuid)
      join crm_links k on k.workspace_id = r."workspaceId" and k.contact_id = r."contactId"
        and k.role = 'person' and not k.excluded) l
    join crm_connections c on c.workspace_id = l.workspace_id and c.id = l.connection_id
    join messaging_conversations v on v.workspace_id = l.workspace_id and v.contact_id = l.contact_id`);
}

/** When the messages of these conversations were said, as far back as it matters. */
async function loadTimes(tx: Tx, timelines: readonly Timeline[], now: number): Promise<Map<string, Timed[]>> {
  const wanted = timelines.map(({ workspaceId, conversationId, logs }) => {
    const starts = logs.filter(({ messageId }) => messageId === null).map(({ start }) => start);
    return { workspaceId, conversationId, since: new Date(planFrom(starts, now)).toISOString() };
  });
  const found = await tx.execute<Timed>(sql`
    select distinct m.id, m.conversation_id as "conversationId", m.at
    from jsonb_to_recordset(${rows(wanted)}) as r("workspaceId" uuid, "conversationId" uuid, since timestamptz)
    join messaging_messages m
      on m.workspace_id = r."workspaceId" and m.conversation_id = r."conversationId" and m.at >= r.since
      and m.about_wamid is null`);
  return Map.groupBy(found, ({ conversationId }) => conversationId);
}

type Plan = { readonly fresh: readonly NewLog[]; readonly news: readonly LogNews[] };

/**
 * The entries that a conversation lacks, and those that the changes touch. A session that has begun as one entry goes on as
 * one, and a message that has an entry of its own keeps it, whatever the setting says now.
 */
function plan(timeline: Timeline, times: readonly Timed[], changes: ReadonlyMap<string, Change>): Plan {
  const { logging } = readCrmSettings(timeline.settings);
  if (logging === "none") return { fresh: [], news: [] };
  const own = new Map(timeline.logs.flatMap(({ id, messageId }) => (messageId === null ? [] : [[messageId, id]])));
  const sessions = new Map(
    timeline.logs.flatMap(({ id, start, messageId }) => (messageId === null ? [[start, id]] : [])),
  );
  const alone = times.flatMap(({ id }) => newsFor(timeline, own.get(id), [id], changes));
  const entries = planEntries(
    times.filter(({ id }) => !own.has(id)),
    [...sessions.keys()],
  );
  const news = entries.flatMap(({ sessionStart, messages }) => {
    const ids = messages.map(({ id }) => id);
    return newsFor(timeline, sessions.get(sessionStart), ids, changes);
  });
  const lacking = entries.filter(({ sessionStart }) => !sessions.has(sessionStart));
  return { news: [...alone, ...news], fresh: freshLogs[logging](timeline, lacking, changes) };
}

type Lacking = readonly { readonly sessionStart: string; readonly messages: readonly Timed[] }[];
type Fresh = (timeline: Timeline, lacking: Lacking, changes: ReadonlyMap<string, Change>) => NewLog[];

const freshLogs: Readonly<Record<Exclude<CrmSettings["logging"], "none">, Fresh>> = {
  session: (timeline, lacking, changes) =>
    lacking.map(({ sessionStart, messages }) =>
      newLog(
        timeline,
        { kind: "session", subject: sessionStart, startedAt: sessionStart },
        writerOf(messages, changes),
      ),
    ),
  // Of what was said before the person had a record, the session that is going on: more would drown the timeline.
  message: (timeline, lacking, changes) =>
    lacking
      .flatMap(({ messages }, index) => messages.filter(({ id }) => changes.has(id) || index === lacking.length - 1))
      .map((message) =>
        newLog(timeline, { kind: "message", subject: message.id, startedAt: message.at }, writerOf([message], changes)),
      ),
};

function writerOf(messages: readonly Timed[], changes: ReadonlyMap<string, Change>): string | null {
  return messages.flatMap(({ id }) => changes.get(id)?.writer ?? []).at(-1) ?? null;
}

function newsFor(
  { workspaceId }: Timeline,
  id: string | undefined,
  messageIds: readonly string[],
  changes: ReadonlyMap<string, Change>,
): LogNews[] {
  const touched = messageIds.flatMap((messageId) => changes.get(messageId) ?? []);
  if (id === undefined || touched.length === 0) return [];
  const writer = touched.flatMap((change) => change.writer ?? []).at(-1) ?? null;
  return [{ workspaceId, id, text: touched.some(({ text }) => text), writer }];
}

function newLog(
  { workspaceId, connectionId, contactId, conversationId, channelId }: Timeline,
  {
    kind,
    subject,
    startedAt,
  }: { readonly kind: "session" | "message"; readonly subject: string; readonly startedAt: string },
  writer: string | null,
): NewLog {
  const key = logKey({ workspaceId, kind, contactId, channelId, subject });
  const subjectId = kind === "message" ? subject : null;
  const place = { workspaceId, connectionId, contactId, conversationId };
  return { id: uuidv7(), ...place, kind, subjectId, logKey: key, startedAt, writer };
}
