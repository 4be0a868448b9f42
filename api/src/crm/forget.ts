import type { RecordType } from "@aparte/core/crm-record.ts";
import { sql } from "drizzle-orm";
import type { Tx } from "../platform/db.ts";

type Person = { readonly workspaceId: string; readonly contactId: string };

/**
 * Forgets what connects a person to records, in every connection; comes while their number is still known. What was seen of their
 * own records is emptied and stays known as erased, so that no later reading brings it back; also where others' records name them.
 * A record that belongs to somebody else as well, or to a firm, is kept for those.
 */
export async function forgetRecords(tx: Tx, person: Person): Promise<void> {
  const { workspaceId, contactId } = person;
  for (const { connectionId, type, id } of await ownRecords(tx, person)) {
    const place = sql`workspace_id = ${workspaceId} and connection_id = ${connectionId}`;
    await tx.execute(sql`
      update crm_records set around = array_remove(around, ${`${type}/${id}`}), people = coalesce((
        select jsonb_agg(p) from jsonb_array_elements(people) p
        where p -> 'ref' ->> 'type' <> ${type} or p -> 'ref' ->> 'id' <> ${id}), '[]')
      where ${place} and around @> array[${`${type}/${id}`}::text]`);
    await tx.execute(sql`
      update crm_records set state = 'erased', name = '', phones = '[]', wa_ids = '{}', bsuids = '{}', owner_id = null,
        people = '[]', related = '[]', signals = '[]', time_zone = null, around = '{}'
      where ${place} and record_type = ${type} and record_id = ${id}`);
  }
  for (const table of [sql`crm_links`, sql`crm_lookups`, sql`crm_mirrors`]) {
    await tx.execute(sql`delete from ${table} where workspace_id = ${workspaceId} and contact_id = ${contactId}`);
  }
}

type Own = { readonly connectionId: string; readonly type: RecordType; readonly id: string };

/** The records that hold the person's number or were linked to them, and to nobody else. */
function ownRecords(tx: Tx, { workspaceId, contactId }: Person): Promise<Own[]> {
  return tx.execute<Own>(sql`
    with theirs as (
      select connection_id, record_type, record_id from crm_links
      where workspace_id = ${workspaceId} and contact_id = ${contactId} and role = 'person' and not excluded
      union
      select n.connection_id, n.record_type, n.record_id from contacts c
      join crm_numbers n on n.workspace_id = c.workspace_id and n.wa_id = c.wa_id
      where c.workspace_id = ${workspaceId} and c.id = ${contactId})
    select t.connection_id as "connectionId", t.record_type as type, t.record_id as id from theirs t
    where t.record_type <> 'company' and not exists (
      select from crm_links o where o.workspace_id = ${workspaceId} and o.connection_id = t.connection_id
        and o.record_type = t.record_type and o.record_id = t.record_id and o.contact_id <> ${contactId}
        and o.role = 'person' and not o.excluded)`);
}
