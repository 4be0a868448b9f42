import type { NumberHolder } from "@aparte/core/crm-match.ts";
import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import type { ThreadPerson, ThreadView } from "@aparte/core/crm-thread.ts";
import { refused, type Outcome } from "@aparte/core/result.ts";
import { sql } from "drizzle-orm";
import { parsePhone } from "../contacts/phone.ts";
import { loadThread } from "../messaging/thread.ts";
import { rows, type Tx } from "../platform/db.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { loadConnections, type Connection } from "./connections.ts";
import { headerOf } from "./elsewhere.ts";
import { chooseConnection, readOpened } from "./open-record.ts";
import { loadRecords, resolveRef, type StoredRecord } from "./records.ts";

export type ThreadInput = {
  readonly ref: CrmRecordRef;
  readonly words?: string | null | undefined;
  readonly before?: string | null | undefined;
};

const pageSize = 50;

/**
 * All conversations of all people and numbers of a record in one list, by time; with words, the messages that say all of them.
 * From what is stored; a record that was never opened is read first.
 */
export async function recordThread(ctx: MemberContext, input: ThreadInput): Promise<Outcome<{ thread: ThreadView }>> {
  const { workspaceId } = ctx.actor;
  const show = (tx: Tx) => showThread(tx, ctx, input);
  const stored = await ctx.database.inWorkspace(workspaceId, show);
  if (stored !== null) return stored;
  const opened = await readOpened(ctx, input.ref);
  if ("state" in opened) return refused(opened.state === "unavailable" ? opened.reason : "crm.record_not_found");
  const shown = await ctx.database.inWorkspace(workspaceId, async (tx) => {
    await opened.keep(tx);
    return show(tx);
  });
  return shown ?? refused("crm.record_not_found");
}

/** Null when the record was never read. */
async function showThread(
  tx: Tx,
  ctx: MemberContext,
  { ref, words, before }: ThreadInput,
): Promise<Outcome<{ thread: ThreadView }> | null> {
  const { workspaceId } = ctx.actor;
  const connections = await loadConnections(tx, workspaceId);
  const connection = chooseConnection(connections, ref);
  if (typeof connection === "string") return refused(connection);
  const [stored] = await loadRecords(tx, connection, [await resolveRef(tx, connection, ref)]);
  if (stored?.state === "erased") return refused("crm.record_erased");
  const [record] = stored ? headerOf(ctx, connections, stored) : [];
  if (!stored?.isWhole || !record) return null;
  const people = await peopleOf(tx, connection, stored);
  const page = await loadThread(tx, workspaceId, {
    contactIds: people.map(({ contactId }) => contactId),
    words: words?.trim() || null,
    before: before ?? null,
    limit: pageSize,
  });
  return { ok: true, thread: { record, people, ...page } };
}

type Row = {
  readonly contactId: string;
  readonly name: string | null;
  readonly waId: string | null;
  readonly type: string;
  readonly id: string;
};

/** The people who are known here by a number, a WhatsApp id or a choice of the record or of one of its people. */
async function peopleOf(tx: Tx, connection: Connection, stored: StoredRecord): Promise<ThreadPerson[]> {
  const holders: NumberHolder[] = [stored, ...stored.people].map(({ ref, name }) => ({ ref, name }));
  const refs = holders.map(({ ref }, place) => ({ type: ref.type, id: ref.id, place }));
  const found = await tx.execute<Row>(sql`
    with h as (
      select rec.workspace_id, rec.connection_id, rec.record_type, rec.record_id, rec.wa_ids, rec.bsuids, r.place
      from jsonb_to_recordset(${rows(refs)}) as r(type text, id text, place integer)
      join crm_records rec on rec.workspace_id = ${connection.workspaceId} and rec.connection_id = ${connection.id}
        and rec.record_type = r.type and rec.record_id = r.id and rec.state = 'live'
    ), named as (
      select h.*, p.id as contact_id from h join contacts p on p.workspace_id = h.workspace_id and p.wa_id = any(h.wa_ids)
      union select h.*, b.contact_id from h join contacts_bsuids b
        on b.workspace_id = h.workspace_id and b.bsuid = any(h.bsuids)
      union select h.*, l.contact_id from h join crm_links l on l.workspace_id = h.workspace_id
        and l.connection_id = h.connection_id and l.record_type = h.record_type and l.record_id = h.record_id
        and l.role = 'person'
    )
    select distinct on (n.contact_id) n.contact_id as "contactId", coalesce(p.name, p.profile_name) as name,
      p.wa_id as "waId", n.record_type as type, n.record_id as id
    from named n join contacts p on p.workspace_id = n.workspace_id and p.id = n.contact_id and p.merged_into is null
    where not exists (
      select from crm_links x where x.workspace_id = n.workspace_id and x.connection_id = n.connection_id
        and x.record_type = n.record_type and x.record_id = n.record_id and x.contact_id = n.contact_id and x.excluded)
    order by n.contact_id, n.place`);
  return found.flatMap(({ contactId, name, waId, type, id }) => {
    const holder = holders.find(({ ref }) => ref.type === type && ref.id === id);
    if (!holder) return [];
    const phone = waId === null ? null : parsePhone(`+${waId}`, null);
    const number = phone && { e164: phone.e164, display: phone.display };
    return [{ contactId, name: name ?? holder.name, number, holder }];
  });
}
