import { sameRecord, type CrmName, type CrmRecordRef, type RecordType } from "@aparte/core/crm-record.ts";
import type { CrmRecord, RecordPerson, RecordPhone, RelatedRecord } from "@aparte/crm/record.ts";
import { sql, type SQL } from "drizzle-orm";
import { parsePhone } from "../contacts/phone.ts";
import { canonicalWaId } from "../contacts/wa-id.ts";
import { rows, type Tx } from "../platform/db.ts";
import type { Connection } from "./connections.ts";
import { seenSignals, type SeenSignal } from "./seen-signals.ts";

/** `merged`: `into` is what it became, by a merge or a conversion. `gone`: the CRM shows it to us no more. */
export type RecordState = "live" | "archived" | "merged" | "gone" | "erased";

/** A record as it was when it was last read. */
export type StoredRecord = {
  readonly connectionId: string;
  readonly ref: CrmRecordRef;
  readonly name: string;
  readonly phones: readonly RecordPhone[];
  /** Canonical, as `canonicalWaId` gives them. */
  readonly waIds: readonly string[];
  readonly bsuids: readonly string[];
  readonly people: readonly RecordPerson[];
  readonly peopleLeftOut: number;
  readonly related: readonly RelatedRecord[];
  readonly ownerId: string | null;
  readonly timeZone: string | null;
  readonly signals: readonly SeenSignal[];
  readonly state: RecordState;
  readonly into: CrmRecordRef | null;
  /** False for one that was only seen beside another one: its own page was never read. */
  readonly isWhole: boolean;
};

type Place = Pick<Connection, "workspaceId" | "id">;

/** What is known of a record from the sight of another one: a search hit, one of its people. */
export type Glimpse = Pick<RecordPerson, "ref" | "name" | "phones"> & { readonly bsuids?: readonly string[] };

/** Whether a record can be somebody's own: the others have people, and no numbers of their own. */
export function holdsNumbers({ type }: Pick<CrmRecordRef, "type">): boolean {
  return type === "contact" || type === "lead" || type === "company";
}

/** The numbers among what stands in fields, canonical, each once. */
export function waIdsOf(phones: readonly RecordPhone[]): string[] {
  const read = phones.flatMap(({ raw, region }) => parsePhone(raw, region) ?? []);
  return [...new Set(read.map(({ waId }) => canonicalWaId(waId)))];
}

/**
 * Keeps a record as it was just read, with what was seen of its people. One that was erased
 * stays erased, also among the people of another one.
 */
export async function saveRecord(tx: Tx, connection: Place, record: CrmRecord, now: Date): Promise<void> {
  await saveGlimpses(tx, connection, record.people);
  const refs = [record.ref, ...record.people.map(({ ref }) => ref)];
  const stored = await loadRecords(tx, connection, refs);
  const before = stored.find(({ ref }) => sameRecord(ref, record.ref));
  const isErased = (ref: CrmRecordRef) => stored.some((one) => one.state === "erased" && sameRecord(one.ref, ref));
  const people = record.people.filter(({ ref }) => !isErased(ref));
  const around = [...people, ...record.related].map(({ ref }) => `${ref.type}/${ref.id}`);
  const row = {
    ...rowOf({ ...record, bsuids: record.bsuids }),
    ownerId: record.ownerId,
    timeZone: record.timeZone,
    people,
    peopleLeftOut: record.peopleLeftOut,
    related: record.related,
    signals: seenSignals(before?.signals ?? [], record.signals, now),
    around,
  };
  await tx.execute(sql`
    insert into crm_records (workspace_id, connection_id, record_type, record_id, name, phones, wa_ids, bsuids, owner_id,
      time_zone, people, people_left_out, related, signals, around, state, read_at)
    select ${connection.workspaceId}, ${connection.id}, r.type, r.id, r.name, r.phones, r."waIds", r.bsuids, r."ownerId",
      r."timeZone", r.people, r."peopleLeftOut", r.related, r.signals, r.around, 'live', now()
    from jsonb_to_recordset(${rows([row])}) as r(type text, id text, name text, phones jsonb, "waIds" text[], bsuids text[],
      "ownerId" text, "timeZone" text, people jsonb, "peopleLeftOut" integer, related jsonb, signals jsonb, around text[])
    on conflict (workspace_id, connection_id, record_type, record_id) do update set name = excluded.name,
      phones = excluded.phones, wa_ids = excluded.wa_ids, bsuids = excluded.bsuids, owner_id = excluded.owner_id,
      time_zone = excluded.time_zone, people = excluded.people, people_left_out = excluded.people_left_out, related = excluded.related,
      signals = excluded.signals, around = excluded.around, state = 'live', into_type = null, into_id = null,
      read_at = now()
    where crm_records.state <> 'erased'`);
}

/** Keeps what was seen of records, without what only their own page tells. */
export async function saveGlimpses(tx: Tx, connection: Place, seen: readonly Glimpse[]): Promise<void> {
  if (seen.length === 0) return;
  const once = [...new Map(seen.map((glimpse) => [`${glimpse.ref.type}/${glimpse.ref.id}`, glimpse])).values()];
  const list = once.map(rowOf).toSorted((a, b) => (`${a.type}/${a.id}` < `${b.type}/${b.id}` ? -1 : 1));
  await tx.execute(sql`
    insert into crm_records (workspace_id, connection_id, record_type, record_id, name, phones, wa_ids, bsuids, read_at)
    select ${connection.workspaceId}, ${connection.id}, r.type, r.id, r.name, r.phones, r."waIds",
      coalesce(r.bsuids, '{}'), 'epoch'
    from jsonb_to_recordset(${rows(list)}) as r(type text, id text, name text, phones jsonb, "waIds" text[], bsuids text[])
    on conflict (workspace_id, connection_id, record_type, record_id) do update set name = excluded.name,
      phones = excluded.phones, wa_ids = excluded.wa_ids
    where crm_records.state = 'live' and (crm_records.name, crm_records.phones) is distinct from (excluded.name, excluded.phones)`);
}

function rowOf({ ref, name, phones, bsuids }: Glimpse) {
  return { type: ref.type, id: ref.id, name, phones, waIds: waIdsOf(phones), bsuids: bsuids ?? null };
}

type Row = Omit<StoredRecord, "ref" | "into"> & {
  readonly crm: CrmName;
  readonly account: string;
  readonly type: RecordType;
  readonly id: string;
  readonly intoType: RecordType | null;
  readonly intoId: string | null;
};

/** The columns of `StoredRecord`, from `crm_records rec` and `crm_connections c`. */
const columns = sql`rec.connection_id as "connectionId", c.crm, c.account, rec.record_type as type, rec.record_id as id,
  rec.name, rec.phones, rec.wa_ids as "waIds", rec.bsuids, rec.people, rec.people_left_out as "peopleLeftOut", rec.related,
  rec.owner_id as "ownerId", rec.time_zone as "timeZone", rec.signals, rec.state, rec.into_type as "intoType", rec.into_id as "intoId",
  rec.read_at > 'epoch' as "isWhole"`;

function toStored({ crm, account, type, id, intoType, intoId, ...rest }: Row): StoredRecord {
  const into = intoType === null || intoId === null ? null : { crm, account, type: intoType, id: intoId };
  return { ...rest, ref: { crm, account, type, id }, into };
}

/** Stored records of a workspace that fulfil a condition on `crm_records rec`. */
export async function findRecords(tx: Tx, workspaceId: string, where: SQL, limit = 1000): Promise<StoredRecord[]> {
  const found = await tx.execute<Row>(sql`
    select ${columns} from crm_records rec
    join crm_connections c on c.workspace_id = rec.workspace_id and c.id = rec.connection_id
    where rec.workspace_id = ${workspaceId} and ${where}
    order by rec.connection_id, rec.record_type, rec.record_id limit ${limit}`);
  return found.map(toStored);
}

/** Those of the records that are stored. */
export function loadRecords(tx: Tx, connection: Place, refs: readonly CrmRecordRef[]): Promise<StoredRecord[]> {
  const asked = rows(refs.map(({ type, id }) => ({ type, id })));
  return findRecords(
    tx,
    connection.workspaceId,
    sql`rec.connection_id = ${connection.id} and (rec.record_type, rec.record_id) in (
      select r.type, r.id from jsonb_to_recordset(${asked}) as r(type text, id text))`,
  );
}

/**
 * What a record is called today: the end of its merges and conversions, as far as they are known. The ref itself when nothing
 * is known.
 */
export async function resolveRef(tx: Tx, connection: Place, ref: CrmRecordRef): Promise<CrmRecordRef> {
  const seen = new Set<string>();
  let current = ref;
  for (;;) {
    const [stored] = await loadRecords(tx, connection, [current]);
    const next = stored?.into;
    if (!next || seen.has(`${next.type}/${next.id}`)) return current;
    seen.add(`${next.type}/${next.id}`);
    current = next;
  }
}

/** Notes that a record went away. Returns whether that is news. */
export async function setState(
  tx: Tx,
  { workspaceId, id }: Place,
  ref: CrmRecordRef,
  state: "archived" | "gone",
): Promise<boolean> {
  const changed = await tx.execute(sql`
    update crm_records set state = ${state}
    where workspace_id = ${workspaceId} and connection_id = ${id} and record_type = ${ref.type} and record_id = ${ref.id}
      and state not in (${state}, 'erased', 'merged') returning 1`);
  return changed.length > 0;
}
