import { sameRecord, type CrmRecordRef, type RecordHeader } from "@aparte/core/crm-record.ts";
import { sql } from "drizzle-orm";
import type { Tx } from "../platform/db.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { adapterFor, type Connection } from "./connections.ts";
import { findRecords, type StoredRecord } from "./records.ts";

/** A person, by our id and by their canonical number; null for one who hides it. */
export type Somebody = { readonly contactId: string; readonly waId: string | null };

/** So many records of one person are shown; more of them are a matter for the CRM. */
const most = 20;

/**
 * The records that hold a person's number or were linked to them, in every living connection. What somebody said is not theirs is
 * left out.
 */
export function recordsOf(tx: Tx, workspaceId: string, { contactId, waId }: Somebody): Promise<StoredRecord[]> {
  const links = sql`crm_links l where l.workspace_id = ${workspaceId} and l.contact_id = ${contactId} and l.role = 'person'`;
  const theirs = sql`
    select n.connection_id, n.record_type, n.record_id from crm_numbers n
    where n.workspace_id = ${workspaceId} and n.wa_id = ${waId ?? ""}
    union select l.connection_id, l.record_type, l.record_id from ${links} and not l.excluded
    except select l.connection_id, l.record_type, l.record_id from ${links} and l.excluded`;
  return findRecords(
    tx,
    workspaceId,
    sql`c.state = 'connected' and rec.state = 'live' and rec.record_type in ('contact', 'lead', 'company')
      and (rec.connection_id, rec.record_type, rec.record_id) in (${theirs})`,
    most,
  );
}

/** The same as headers, without the records that are shown already. */
export async function findElsewhere(
  tx: Tx,
  ctx: MemberContext,
  {
    connections,
    besides,
    ...somebody
  }: Somebody & {
    readonly connections: readonly Connection[];
    readonly besides: readonly CrmRecordRef[];
  },
): Promise<RecordHeader[]> {
  const found = await recordsOf(tx, ctx.actor.workspaceId, somebody);
  return found
    .filter(({ ref }) => !besides.some((other) => sameRecord(other, ref)))
    .flatMap((record) => headerOf(ctx, connections, record));
}

/** A stored record as people see it; none when this server has no app of its CRM. */
export function headerOf(
  { env }: Pick<MemberContext, "env">,
  connections: readonly Connection[],
  { connectionId, ref, name }: Pick<StoredRecord, "connectionId" | "ref" | "name">,
): RecordHeader[] {
  const connection = connections.find(({ id }) => id === connectionId);
  const adapter = connection && adapterFor(env, connection.crm);
  return adapter ? [{ ref, name, url: adapter.recordUrl(connection.uiDomain, ref) }] : [];
}
