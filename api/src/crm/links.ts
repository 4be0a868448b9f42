import type { MatchReason } from "@aparte/core/crm-match.ts";
import type { CrmRecordRef, RecordType } from "@aparte/core/crm-record.ts";
import type { RecordPhone } from "@aparte/crm/record.ts";
import { sql, type SQL } from "drizzle-orm";
import { keepContacts } from "../contacts/service.ts";
import { rows, type Tx } from "../platform/db.ts";
import { emit, type NewEvent } from "../platform/events.ts";
import type { Connection } from "./connections.ts";
import { waIdsOf, type StoredRecord } from "./records.ts";

type Place = Pick<Connection, "workspaceId" | "id">;

/** What binds a record to a person, or somebody's word that nothing does. */
export type Link = {
  readonly type: RecordType;
  readonly id: string;
  readonly contactId: string;
  /** The person's number, canonical; null for one who hides it. */
  readonly waId: string | null;
  readonly role: "person" | "context";
  readonly reason: MatchReason;
  readonly field: string | null;
  readonly chosenBy: string | null;
  readonly excluded: boolean;
  /** When the person was last talked to on this record's page (ISO 8601); null: never. */
  readonly openedAt: string | null;
};

/** The links of these records, those that were opened last first. */
export function loadLinks(tx: Tx, connection: Place, refs: readonly CrmRecordRef[]): Promise<Link[]> {
  const asked = sql`select r.type, r.id from jsonb_to_recordset(${rows(refs)}) as r(type text, id text)`;
  return findLinks(tx, connection, sql`(l.record_type, l.record_id) in (${asked})`);
}

/** The links of a person in one connection, those that were opened last first. */
export function loadLinksOf(tx: Tx, connection: Place, contactId: string): Promise<Link[]> {
  return findLinks(tx, connection, sql`l.contact_id = ${contactId}`);
}

function findLinks(tx: Tx, { workspaceId, id }: Place, where: SQL): Promise<Link[]> {
  return tx.execute<Link>(sql`
    select l.record_type as type, l.record_id as id, l.contact_id as "contactId", p.wa_id as "waId", l.role, l.reason,
      l.field, l.chosen_by as "chosenBy", l.excluded, l.opened_at as "openedAt"
    from crm_links l join contacts p on p.workspace_id = l.workspace_id and p.id = l.contact_id
    where l.workspace_id = ${workspaceId} and l.connection_id = ${id} and ${where}
    order by l.opened_at desc nulls last, l.linked_at`);
}

export type NewLink = {
  readonly connection: Place;
  readonly ref: CrmRecordRef;
  readonly contactId: string;
  readonly role: "person" | "context";
  readonly reason: MatchReason;
  /** Label of the field that holds the number; null when none does. */
  readonly field: string | null;
  /** Whether a person is looking at it right now. */
  readonly opened: boolean;
  /** User id of the person who did it; null for machines. */
  readonly actor: string | null;
};

/**
 * Remembers what binds a record to a person: from then on their conversations stand on it. What somebody here said about the
 * two stays as it is, and a record that is the person's own does not become a mere context again.
 */
export async function link(tx: Tx, { connection, ref, contactId, ...found }: NewLink): Promise<void> {
  const { workspaceId, id: connectionId } = connection;
  await keepContacts(tx, [{ workspaceId, contactId }]);
  const [row] = await tx.execute<{ isNews: boolean }>(sql`
    with before as (
      select role from crm_links where workspace_id = ${workspaceId} and connection_id = ${connectionId}
        and record_type = ${ref.type} and record_id = ${ref.id} and contact_id = ${contactId})
    insert into crm_links as l (workspace_id, connection_id, record_type, record_id, contact_id, role, reason, field, opened_at)
    values (${workspaceId}, ${connectionId}, ${ref.type}, ${ref.id}, ${contactId}, ${found.role}, ${found.reason},
      ${found.field}, case when ${found.opened} then now() end)
    on conflict (workspace_id, connection_id, record_type, record_id, contact_id) do update set
      role = case when l.role = 'person' or l.excluded then l.role else excluded.role end,
      reason = case when l.reason = 'chosen' or l.excluded or excluded.role = 'context'
        or (l.reason = 'merged' and excluded.reason <> 'field') then l.reason else excluded.reason end,
      field = case when excluded.role = 'context' then l.field else excluded.field end,
      opened_at = coalesce(excluded.opened_at, l.opened_at)
    returning not l.excluded and l.role is distinct from (select role from before) as "isNews"`);
  if (found.role === "person" && found.reason === "field") await letGoOfMerged(tx, connection, { ref, contactId });
  if (!row?.isNews) return;
  await emit(tx, [news("crm.record_linked", connection, contactId, found.actor)]);
}

/** A number that outlived the record it stood on binds nobody to what that became once a field of another record holds it. */
async function letGoOfMerged(
  tx: Tx,
  connection: Place,
  { ref, contactId }: Pick<NewLink, "ref" | "contactId">,
): Promise<void> {
  const removed = await tx.execute(sql`
    delete from crm_links where workspace_id = ${connection.workspaceId} and connection_id = ${connection.id}
      and contact_id = ${contactId} and reason = 'merged' and role = 'person' and not excluded
      and (record_type, record_id) <> (${ref.type}, ${ref.id})
    returning contact_id`);
  if (removed.length > 0) await emit(tx, [news("crm.record_unlinked", connection, contactId)]);
}

function news(
  name: "crm.record_linked" | "crm.record_unlinked" | "crm.record_changed",
  connection: Place,
  contactId: string,
  actor: string | null = null,
): NewEvent {
  return { name, workspaceId: connection.workspaceId, actor, payload: { contactId, connectionId: connection.id } };
}

/** Says that what stands around somebody's records has changed: what is written on them may belong elsewhere now. */
export async function tellChanged(tx: Tx, connection: Place, ref: CrmRecordRef): Promise<void> {
  const people = await tx.execute<{ contactId: string }>(sql`
    select contact_id as "contactId" from crm_links
    where workspace_id = ${connection.workspaceId} and connection_id = ${connection.id}
      and record_type = ${ref.type} and record_id = ${ref.id} and not excluded`);
  await emit(
    tx,
    people.map(({ contactId }) => news("crm.record_changed", connection, contactId)),
  );
}

/**
 * Brings a record's links in step with its numbers as they were just read. A person whose number left the record is no longer
 * linked, unless somebody chose them; a person who is known here by a number that this record alone holds is linked.
 */
export async function relink(tx: Tx, connection: Place, record: StoredRecord): Promise<void> {
  const { type, id } = record.ref;
  const names = rows([{ waIds: record.waIds, bsuids: record.bsuids }]);
  const removed = await tx.execute<{ contactId: string }>(sql`
    delete from crm_links l using contacts p, jsonb_to_recordset(${names}) as r("waIds" text[], bsuids text[])
    where l.workspace_id = ${connection.workspaceId} and l.connection_id = ${connection.id} and l.record_type = ${type}
      and l.record_id = ${id} and l.role = 'person' and l.reason not in ('chosen', 'merged') and not l.excluded
      and p.workspace_id = l.workspace_id and p.id = l.contact_id
      and not coalesce(p.wa_id = any(r."waIds"), false)
      and not exists (select from contacts_bsuids b where b.workspace_id = p.workspace_id and b.contact_id = p.id
        and b.bsuid = any(r.bsuids))
    returning l.contact_id as "contactId"`);
  await emit(
    tx,
    removed.map(({ contactId }) => news("crm.record_unlinked", connection, contactId)),
  );
  for (const { contactId, reason, waId } of await knownPeople(tx, connection, record)) {
    const place = { connection, ref: record.ref, contactId, role: "person", opened: false, actor: null } as const;
    await link(tx, { ...place, reason, field: fieldOf(record.phones, waId) });
  }
}

/** Label of the field that holds a number (canonical); null when none does. */
export function fieldOf(phones: readonly RecordPhone[], waId: string | null): string | null {
  return phones.find((phone) => waIdsOf([phone])[0] === waId)?.label ?? null;
}

type KnownPerson = { readonly contactId: string; readonly reason: MatchReason; readonly waId: string | null };

/** People known here who must be the record's: no other record holds what they are known by. */
async function knownPeople(
  tx: Tx,
  connection: Place,
  { ref, waIds, bsuids }: StoredRecord,
): Promise<readonly KnownPerson[]> {
  if (waIds.length === 0 && bsuids.length === 0) return [];
  const { workspaceId, id: connectionId } = connection;
  // By the number last: where both speak, the field is the plainer reason.
  return tx.execute<KnownPerson>(sql`
    with r as (select * from jsonb_to_recordset(${rows([{ waIds, bsuids }])}) as r("waIds" text[], bsuids text[]))
    select p.id as "contactId", 'field' as reason, p.wa_id as "waId" from r join contacts p
      on p.workspace_id = ${workspaceId} and p.wa_id = any(r."waIds") and p.merged_into is null
    where not exists (
      select from crm_numbers o where o.workspace_id = ${workspaceId} and o.connection_id = ${connectionId}
        and o.wa_id = p.wa_id and (o.record_type, o.record_id) <> (${ref.type}, ${ref.id}))
    union
    select b.contact_id, 'whatsapp_id', p.wa_id from r join contacts_bsuids b
      on b.workspace_id = ${workspaceId} and b.bsuid = any(r.bsuids)
    join contacts p on p.workspace_id = b.workspace_id and p.id = b.contact_id and p.merged_into is null
    order by reason desc`);
}

/** The records of a contact that turned out to be another one are that one's, with what was said about them. */
export async function moveLinks(
  tx: Tx,
  workspaceId: string,
  { contactId, mergedId }: { readonly contactId: string; readonly mergedId: string },
): Promise<void> {
  await tx.execute(sql`
    insert into crm_links (workspace_id, connection_id, record_type, record_id, contact_id, linked_at, role, reason, field,
      chosen_by, excluded, opened_at)
    select workspace_id, connection_id, record_type, record_id, ${contactId}, linked_at, role, reason, field, chosen_by,
      excluded, opened_at
    from crm_links where workspace_id = ${workspaceId} and contact_id = ${mergedId}
    on conflict do nothing`);
  await tx.execute(sql`delete from crm_links where workspace_id = ${workspaceId} and contact_id = ${mergedId}`);
}
