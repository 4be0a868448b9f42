import type { ReadKind, ReadView } from "@aparte/core/privacy.ts";
import { sql, type SQL } from "drizzle-orm";
import { canonicalWaId } from "../contacts/wa-id.ts";
import { isoTime } from "../platform/columns.ts";
import type { Deps } from "../platform/context.ts";
import { rows, type Database, type Tx } from "../platform/db.ts";
import type { Read, ReadLog } from "../platform/read-log.ts";

/** By which keys the people are named in what was asked for and answered. */
const namedBy: Readonly<Record<ReadKind, readonly ("contactId" | "fileId" | "e164")[]>> = {
  conversation: ["contactId"],
  consent: ["contactId"],
  record: ["contactId"],
  file: ["fileId"],
  search: ["contactId", "e164"],
  privacy: ["contactId"],
  export: ["contactId"],
};

type Noted = Omit<Read, "seen"> & { readonly at: string; readonly key: string; readonly value: string };

/** While the database is away so many reads wait to be written down; of the oldest beyond that only the log knows, as a number. */
const mostWaiting = 50_000;
const retryMs = 1_000;

/**
 * Notes reads without making anybody wait: what comes while a statement is under way is the next statement, one row for each
 * colleague, person and hour.
 */
export function openReadLog({ database, log, now }: Pick<Deps, "database" | "log" | "now">): ReadLog {
  let waiting: Noted[] = [];
  let running: Promise<void> | null = null;
  let closing = false;
  const drain = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await writeReads(database, batch);
      } catch (error) {
        waiting = [...batch, ...waiting];
        const lost = Math.max(0, waiting.length - (closing ? 0 : mostWaiting));
        waiting.splice(0, lost);
        log.error({ err: error, lost }, "who read what could not be written down");
        if (!closing) await new Promise((resolve) => setTimeout(resolve, retryMs));
      }
    }
  };
  return {
    note(read) {
      const at = now().toISOString();
      // Later than the answer: looking through a long one takes a moment.
      setImmediate(() => {
        const { seen, ...who } = read;
        for (const key of namedBy[read.what]) {
          for (const value of valuesOf(seen, key)) waiting.push({ ...who, at, key, value });
        }
        running ??= drain().finally(() => {
          running = null;
        });
      });
    },
    async close() {
      await new Promise((resolve) => setImmediate(resolve));
      closing = true;
      await running;
    },
  };
}

/** All values of a key in plain data, each once. */
export function valuesOf(data: unknown, key: string): string[] {
  const found = new Set<string>();
  const look = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(look);
    else if (value !== null && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype) {
      for (const [name, inner] of Object.entries(value)) {
        if (name === key && typeof inner === "string") found.add(inner);
        else look(inner);
      }
    }
  };
  look(data);
  return [...found];
}

/** The contact that a noted value means; none for a number or a file of nobody. */
const people: SQL = sql`
  select r.*, c.id as contact from r join contacts c on c.workspace_id = r."workspaceId" and r.key = 'contactId'
    and c.id = r.value::uuid
  union all
  select r.*, c.id from r join contacts c on c.workspace_id = r."workspaceId" and r.key = 'e164' and c.wa_id = r.value
  union all
  select distinct r.*, v.contact_id from r join messaging_messages m on m.workspace_id = r."workspaceId"
    and r.key = 'fileId' and m.files @> array[r.value]
  join messaging_conversations v on v.workspace_id = m.workspace_id and v.id = m.conversation_id`;

async function writeReads(database: Database, batch: readonly Noted[]): Promise<void> {
  const list = batch
    .filter(({ key, value }) => key !== "contactId" || isUuid.test(value))
    .map((noted) => (noted.key === "e164" ? { ...noted, value: canonicalWaId(noted.value.replace("+", "")) } : noted));
  await database.system.execute(sql`
    with r as materialized (
      select * from jsonb_to_recordset(${rows(list)})
        as r("workspaceId" uuid, actor text, what text, at timestamptz, key text, value text)),
    people as (${people})
    insert into privacy_reads as p (workspace_id, contact_id, actor, what, hour, first_at, last_at, count)
    select "workspaceId", contact, actor, what, date_trunc('hour', at), min(at), max(at), count(*)::int
    from people group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
    on conflict (workspace_id, contact_id, actor, what, hour) do update set
      first_at = least(p.first_at, excluded.first_at), last_at = greatest(p.last_at, excluded.last_at),
      count = p.count + excluded.count`);
}

const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whose reads are asked for: all of one person, or all by one colleague. */
export type ReadsOf = { readonly contactId: string } | { readonly userId: string };

/** How many rows one answer holds; `since` leads to the others. */
const mostReads = 500;

/** Who read what, newest first, since a moment (ISO 8601). */
export async function listReads(tx: Tx, workspaceId: string, of: ReadsOf, since: string): Promise<ReadView[]> {
  const where =
    "contactId" in of
      ? sql`(r.contact_id = ${of.contactId} or r.contact_id in (
          select id from contacts where workspace_id = ${workspaceId} and merged_into = ${of.contactId}))`
      : sql`r.actor = ${of.userId}`;
  const found = await tx.execute<ReadView>(sql`
    select r.contact_id as "contactId", coalesce(c.name, c.profile_name) as person, r.actor, r.what,
      r.first_at as "firstAt", r.last_at as "lastAt", r.count
    from privacy_reads r join contacts c on c.workspace_id = r.workspace_id and c.id = r.contact_id
    where r.workspace_id = ${workspaceId} and ${where} and r.hour >= date_trunc('hour', ${since}::timestamptz)
    order by r.last_at desc, r.contact_id, r.what limit ${mostReads}`);
  return found.map((row) => ({ ...row, firstAt: isoTime(row.firstAt), lastAt: isoTime(row.lastAt) }));
}
