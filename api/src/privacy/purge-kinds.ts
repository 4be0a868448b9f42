import type { RetentionKind } from "@aparte/core/retention.ts";
import { sql, type SQL } from "drizzle-orm";
import type { Fingerprint } from "../contacts/fingerprint.ts";
import { closeFence } from "../consent/fence.ts";
import { forgetFiles } from "../media/forget.ts";
import { overwritten } from "../messaging/erase.ts";
import { rows, type Tx } from "../platform/db.ts";
import { forgetPerson } from "./erase.ts";

/** What is old enough to go: of one workspace, from before a moment (ISO 8601). */
export type Scope = { readonly workspaceId: string; readonly before: string };

export type PurgeKind = {
  /** So many go in one transaction, so that nobody waits for a purge. */
  readonly batch: number;
  /** The keys of what is due, one row each. */
  readonly due: (scope: Scope) => SQL;
  /** Removes up to `batch`; how many it did. */
  readonly remove: (tx: Tx, scope: Scope, fingerprint: Fingerprint) => Promise<number>;
  /** The time of the oldest that is kept, as one column `at`. */
  readonly oldest: (workspaceId: string) => SQL;
};

/** Whoever is restricted or held is left alone, whatever its age. `c` is their contact. */
const free = sql`c.restricted_at is null and c.held_at is null`;

const messageRows = (scope: Scope) => sql`
  select m.id from messaging_messages m
  join messaging_conversations v on v.workspace_id = m.workspace_id and v.id = m.conversation_id
  join contacts c on c.workspace_id = v.workspace_id and c.id = v.contact_id and ${free}
  where m.workspace_id = ${scope.workspaceId} and m.at < ${scope.before} and m.content <> '{"kind": "deleted"}'
    and m.state not in ('queued', 'claimed', 'sending', 'unknown') and not exists (
      select from messaging_messages n where n.workspace_id = v.workspace_id and n.conversation_id = v.id
        and n.at >= ${scope.before})`;

/** Files of messages that are all old, of people who are all free, and that prove nothing. */
const fileRows = ({ workspaceId, before }: Scope) => sql`
  select f.id from media_files f
  where f.workspace_id = ${workspaceId} and f.state = 'ready' and f.created_at < ${before}
    and exists (select from messaging_messages m where m.workspace_id = ${workspaceId} and m.files @> array[f.id])
    and not exists (
      select from messaging_messages m
      join messaging_conversations v on v.workspace_id = m.workspace_id and v.id = m.conversation_id
      join contacts c on c.workspace_id = v.workspace_id and c.id = v.contact_id
      where m.workspace_id = ${workspaceId} and m.files @> array[f.id] and (m.at >= ${before} or not (${free})))
    and not exists (
      select from consent_proofs p where p.workspace_id = ${workspaceId} and p.evidence ? 'fileId'
        and p.evidence ->> 'fileId' = f.id)`;

/** People who have done nothing themselves since then, and to whom nobody had to write for an order or an answer. */
const prospectRows = ({ workspaceId, before }: Scope) => sql`
  select c.id from contacts c
  where c.workspace_id = ${workspaceId} and c.merged_into is null and ${free} and c.created_at < ${before}
    and (c.wa_id is not null or exists (
      select from contacts_bsuids b where b.workspace_id = c.workspace_id and b.contact_id = c.id))
    and not exists (
      select from messaging_conversations v join messaging_messages m
        on m.workspace_id = v.workspace_id and m.conversation_id = v.id and m.at >= ${before}
      where v.workspace_id = c.workspace_id and v.contact_id = c.id
        and (m.direction = 'in' or m.category is distinct from 'MARKETING'))
    and not exists (
      select from contacts o join consent_entries e on e.workspace_id = o.workspace_id and e.contact_id = o.id
      where o.workspace_id = c.workspace_id and (o.id = c.id or o.merged_into = c.id)
        and e.occurred_at >= ${before} and e.method <> 'expiry')`;

/** Words and evidence of what ended: its time ran out, or another entry came after it and decides now where the person stands. */
const proofRows = ({ workspaceId, before }: Scope) => sql`
  select p.entry_id as id from consent_proofs p
  join consent_entries e on e.workspace_id = p.workspace_id and e.id = p.entry_id and e.recorded_at < ${before}
  join contacts c on c.workspace_id = e.workspace_id and c.id = e.contact_id and ${free}
  where p.workspace_id = ${workspaceId} and (e.expires_at < ${before} or (exists (
    select from consent_entries n where n.workspace_id = e.workspace_id and n.contact_id = e.contact_id
      and n.purpose = e.purpose and n.recorded_at < ${before} and n.recorded_at > e.recorded_at)
    and not exists (select from consent_states s where s.workspace_id = e.workspace_id and s.entry_id = e.id)))`;

type Plain = {
  readonly table: string;
  readonly batch: number;
  readonly old: (scope: Scope) => SQL;
  /** The column that tells how old a row is. */
  readonly at: string;
};

/** A kind whose rows are simply deleted. */
function plain({ table: name, batch, old, at }: Plain): PurgeKind {
  const table = sql.raw(name);
  return {
    batch,
    due: (scope) => sql`select 1 from ${table} where ${old(scope)}`,
    async remove(tx, scope) {
      const gone = await tx.execute(sql`
        delete from ${table} where ctid = any(array(
          select ctid from ${table} where ${old(scope)} limit ${batch} for update skip locked)) returning 1`);
      return gone.length;
    },
    oldest: (workspaceId) => sql`select min(${sql.raw(at)}) as at from ${table} where workspace_id = ${workspaceId}`,
  };
}

/** How each kind of data is purged. */
export const purgeKinds: Readonly<Record<RetentionKind, PurgeKind>> = {
  messages: {
    batch: 1_000,
    due: messageRows,
    async remove(tx, scope) {
      const found = await tx.execute<{ id: string; wamid: string | null; files: readonly string[] }>(sql`
        select m.id, m.wamid, m.files from messaging_messages m
        where m.workspace_id = ${scope.workspaceId} and m.id in (${messageRows(scope)} limit ${this.batch})
        order by m.id for update`);
      const given = sql`jsonb_to_recordset(${rows(found)}) as r(id uuid, wamid text)`;
      await tx.execute(sql`
        update messaging_messages m set ${overwritten} from ${given}
        where m.workspace_id = ${scope.workspaceId} and m.id = r.id`);
      await tx.execute(sql`
        delete from messaging_statuses s using ${given} where s.workspace_id = ${scope.workspaceId} and s.wamid = r.wamid`);
      return found.length;
    },
    oldest: (workspaceId) => sql`
      select min(at) as at from messaging_messages where workspace_id = ${workspaceId} and content <> '{"kind": "deleted"}'`,
  },
  media: {
    batch: 200,
    due: fileRows,
    async remove(tx, scope) {
      const { workspaceId } = scope;
      const found = await tx.execute<{ id: string }>(sql`${fileRows(scope)} limit ${this.batch}`);
      await forgetFiles(
        tx,
        found.map(({ id }) => ({ workspaceId, id })),
      );
      return found.length;
    },
    oldest: (workspaceId) => sql`
      select min(created_at) as at from media_files where workspace_id = ${workspaceId} and state = 'ready'`,
  },
  prospects: {
    batch: 20,
    due: prospectRows,
    async remove(tx, scope, fingerprint) {
      const { workspaceId } = scope;
      const found = await tx.execute<{ id: string }>(sql`
        ${prospectRows(scope)} order by c.id limit ${this.batch} for update of c skip locked`);
      // A send under way would write Meta's id of its message, which holds the number, behind what is taken away.
      await closeFence(
        tx,
        found.map(({ id }) => ({ workspaceId, contactId: id })),
      );
      for (const { id } of found) await forgetPerson(tx, { workspaceId, contactId: id }, fingerprint);
      return found.length;
    },
    oldest: (workspaceId) => sql`
      select min(created_at) as at from contacts where workspace_id = ${workspaceId} and wa_id is not null`,
  },
  // Nobody may trust an unread body to name a workspace, so they have none: each workspace's time counts for all.
  webhooks: {
    ...plain({
      table: "webhook_deliveries",
      batch: 2_000,
      old: ({ before }) => sql`projected_at is not null and received_at < ${before}`,
      at: "received_at",
    }),
    oldest: () => sql`select min(received_at) as at from webhook_deliveries`,
  },
  unknown: plain({
    table: "messaging_unknown_facts",
    batch: 2_000,
    old: ({ workspaceId, before }) => sql`workspace_id = ${workspaceId} and received_at < ${before}`,
    at: "received_at",
  }),
  audit: {
    batch: 5_000,
    due: ({ workspaceId, before }) => sql`
      select e.id::text as id from events e where e.workspace_id = ${workspaceId} and e.at < ${before}
        and not exists (select from contacts c where c.workspace_id = ${workspaceId}
          and c.id::text = e.payload ->> 'contactId' and not (${free}))
      union all
      select r.contact_id::text from privacy_reads r
      join contacts c on c.workspace_id = r.workspace_id and c.id = r.contact_id and ${free}
      where r.workspace_id = ${workspaceId} and r.hour < ${before}`,
    async remove(tx, { workspaceId, before }) {
      const [events] = await tx.execute<{ n: number }>(
        sql`select purge_events(${workspaceId}, least(${before}::timestamptz, now() - interval '1 year'), ${this.batch}) as n`,
      );
      const reads = await tx.execute(sql`
        delete from privacy_reads where ctid = any(array(
          select r.ctid from privacy_reads r
          join contacts c on c.workspace_id = r.workspace_id and c.id = r.contact_id and ${free}
          where r.workspace_id = ${workspaceId} and r.hour < ${before} limit ${this.batch})) returning 1`);
      await tx.execute(sql`delete from privacy_purges where workspace_id = ${workspaceId} and at < ${before}`);
      return (events?.n ?? 0) + reads.length;
    },
    oldest: (workspaceId) => sql`select min(at) as at from events where workspace_id = ${workspaceId}`,
  },
  crm: plain({
    table: "crm_lookups",
    batch: 2_000,
    old: ({ workspaceId, before }) => sql`workspace_id = ${workspaceId} and due_at is null and looked_at < ${before}`,
    at: "looked_at",
  }),
  exports: plain({
    table: "privacy_exports",
    batch: 500,
    old: ({ workspaceId, before }) => sql`workspace_id = ${workspaceId} and store_key is null
      and state not in ('waiting', 'ready') and asked_at < ${before}`,
    at: "asked_at",
  }),
  proofs: {
    batch: 2_000,
    due: proofRows,
    async remove(tx, scope) {
      const gone = await tx.execute(sql`
        delete from consent_proofs where workspace_id = ${scope.workspaceId}
          and entry_id in (${proofRows(scope)} limit ${this.batch}) returning 1`);
      return gone.length;
    },
    oldest: (workspaceId) => sql`
      select min(e.recorded_at) as at from consent_entries e
      join consent_proofs p on p.workspace_id = e.workspace_id and p.entry_id = e.id where e.workspace_id = ${workspaceId}`,
  },
};
