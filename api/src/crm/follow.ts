import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import { sql } from "drizzle-orm";
import type { Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import type { Connection } from "./connections.ts";
import { loadLinks } from "./links.ts";
import { loadRecords } from "./records.ts";

type Place = Pick<Connection, "workspaceId" | "id">;

/**
 * Records that one record became another one, by a merge or a conversion: its people belong to the other one now, with what
 * somebody here said about them. Where both knew a person, what was said about either stays, and a "not theirs" of one of the
 * two is no reason against the other. Repeating it changes nothing.
 * @returns what the record was called; null when it was not known.
 */
export async function followRecord(
  tx: Tx,
  connection: Place,
  { from, into }: { readonly from: CrmRecordRef; readonly into: CrmRecordRef },
): Promise<string | null> {
  const { workspaceId, id: connectionId } = connection;
  const people = await loadLinks(tx, connection, [from]);
  const [before] = await loadRecords(tx, connection, [from]);
  await tx.execute(sql`
    insert into crm_records (workspace_id, connection_id, record_type, record_id, name, state, into_type, into_id)
    values (${workspaceId}, ${connectionId}, ${from.type}, ${from.id}, '', 'merged', ${into.type}, ${into.id})
    on conflict (workspace_id, connection_id, record_type, record_id) do update set state = 'merged', name = '',
      phones = '[]', wa_ids = '{}', bsuids = '{}', people = '[]', related = '[]', signals = '[]', time_zone = null,
      around = '{}',
      into_type = excluded.into_type, into_id = excluded.into_id`);
  await tx.execute(sql`
    insert into crm_links as l (workspace_id, connection_id, record_type, record_id, contact_id, linked_at, role, reason,
      field, chosen_by, excluded, opened_at)
    select workspace_id, connection_id, ${into.type}, ${into.id}, contact_id, linked_at, role,
      case when role = 'person' and reason <> 'chosen' then 'merged' else reason end, null, chosen_by, excluded, opened_at
    from crm_links where workspace_id = ${workspaceId} and connection_id = ${connectionId}
      and record_type = ${from.type} and record_id = ${from.id}
    on conflict (workspace_id, connection_id, record_type, record_id, contact_id) do update set
      linked_at = least(l.linked_at, excluded.linked_at),
      opened_at = greatest(l.opened_at, excluded.opened_at),
      role = case when excluded.role = 'person' then 'person' else l.role end,
      reason = case when excluded.reason = 'chosen' then 'chosen' else l.reason end,
      chosen_by = coalesce(l.chosen_by, excluded.chosen_by),
      excluded = l.excluded and excluded.excluded`);
  await tx.execute(sql`
    delete from crm_links where workspace_id = ${workspaceId} and connection_id = ${connectionId}
      and record_type = ${from.type} and record_id = ${from.id}`);
  await emit(
    tx,
    people.map(({ contactId }) => ({
      name: "crm.record_changed" as const,
      workspaceId,
      payload: { contactId, connectionId },
    })),
  );
  return before?.name || null;
}
