import type { CrmName, RecordType } from "@aparte/core/crm-record.ts";
import type { RecordFacts, RelatedFact } from "@aparte/core/crm-settings.ts";
import { sql } from "drizzle-orm";
import { rows, type Tx } from "../platform/db.ts";

/** A person in one connection. */
export type FactsPlace = { readonly workspaceId: string; readonly connectionId: string; readonly contactId: string };

type Found = {
  readonly place: number;
  readonly role: "person" | "context";
  readonly crm: CrmName;
  readonly account: string;
  readonly type: RecordType;
  readonly id: string;
  readonly related: readonly RelatedFact[];
  readonly ownerId: string | null;
};

/**
 * What association rules need to know of each of these people, in their order: the records that are theirs, those from whose
 * pages they were talked to, the last one first, and what is around their own. Records that were deleted, merged away or that
 * somebody said are not theirs are left out.
 */
export async function loadRecordFacts(tx: Tx, places: readonly FactsPlace[]): Promise<RecordFacts[]> {
  if (places.length === 0) return [];
  const found = await tx.execute<Found>(sql`
    select r.place, l.role, c.crm, c.account, l.record_type as type, l.record_id as id,
      coalesce(rec.related, '[]') as related, rec.owner_id as "ownerId"
    from jsonb_to_recordset(${rows(places.map((place, index) => ({ ...place, place: index })))})
      as r(place integer, "workspaceId" uuid, "connectionId" uuid, "contactId" uuid)
    join crm_links l on l.workspace_id = r."workspaceId" and l.connection_id = r."connectionId"
      and l.contact_id = r."contactId" and not l.excluded
    join crm_connections c on c.workspace_id = l.workspace_id and c.id = l.connection_id
    left join crm_records rec on rec.workspace_id = l.workspace_id and rec.connection_id = l.connection_id
      and rec.record_type = l.record_type and rec.record_id = l.record_id
    where coalesce(rec.state, 'live') = 'live'
    order by r.place, l.role desc, case l.role when 'person' then l.linked_at end, l.opened_at desc nulls last`);
  const byPlace = Map.groupBy(found, ({ place }) => place);
  return places.map((_, index) => factsOf(byPlace.get(index) ?? []));
}

function factsOf(found: readonly Found[]): RecordFacts {
  const own = found.filter(({ role }) => role === "person");
  const refs = (list: readonly Found[]) => list.map(({ crm, account, type, id }) => ({ crm, account, type, id }));
  return {
    own: refs(own),
    opened: refs(found.filter(({ role }) => role === "context")),
    related: own.flatMap(({ related }) => related),
    ownerId: own.find(({ ownerId }) => ownerId !== null)?.ownerId ?? null,
  };
}
