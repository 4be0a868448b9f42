import { foldConsent, type ConsentEntry, type ConsentView, type FoldAt } from "@aparte/core/consent.ts";
import { sql, type SQL } from "drizzle-orm";
import { rows, type Tx } from "../platform/db.ts";
import { samePeople, samePerson } from "../contacts/same-person.ts";

/** An entry and the act that it belongs to: "stop" ends several purposes at once. */
export type LedgerEntry = ConsentEntry & { readonly contactId: string; readonly actId: string };

/** What is read of entries `e` with their proofs `p`; a proof is gone when its person was erased. */
export const entryColumns: SQL = sql`
  e.id, e.contact_id as "contactId", e.act_id as "actId", e.purpose, e.channel_id as "channelId", e.action, e.method,
  e.occurred_at as "occurredAt", e.recorded_at as "recordedAt", e.expires_at as "expiresAt", e.language, e.actor, e.annuls,
  coalesce(p.wording, '') as wording, coalesce(p.evidence, '{}') as evidence`;

/** The entries of one person, also of the contacts that turned out to be the same person, newest first. */
export async function loadEntries(tx: Tx, workspaceId: string, contactId: string): Promise<LedgerEntry[]> {
  const found = await tx.execute<LedgerEntry>(sql`
    select ${entryColumns} from consent_entries e
    left join consent_proofs p on p.workspace_id = e.workspace_id and p.entry_id = e.id
    where e.workspace_id = ${workspaceId} and e.contact_id = any(${samePerson({ workspaceId, contactId })})
    order by e.occurred_at desc, e.id desc`);
  return found.map(withTimes);
}

/** Times as Postgres gives them, in ISO 8601. */
export function withTimes<E extends Pick<ConsentEntry, "occurredAt" | "recordedAt" | "expiresAt">>(entry: E): E {
  const { occurredAt, recordedAt, expiresAt } = entry;
  return {
    ...entry,
    occurredAt: iso(occurredAt),
    recordedAt: iso(recordedAt),
    expiresAt: expiresAt === null ? null : iso(expiresAt),
  };
}

function iso(time: string): string {
  return new Date(time).toISOString();
}

type Asked = { readonly workspaceId: string; readonly contactId: string; readonly channelId: FoldAt["channelId"] };

/** What a person allows at a moment, to one number or (null) to all of them together. */
export async function loadConsent(
  tx: Tx,
  { workspaceId, contactId, channelId }: Asked,
  now: Date,
): Promise<ConsentView> {
  return foldConsent(await loadEntries(tx, workspaceId, contactId), { now, channelId });
}

/** The same for many people in one statement. */
export async function loadConsents(
  tx: Tx,
  { workspaceId, contactIds, channelId }: Omit<Asked, "contactId"> & { readonly contactIds: readonly string[] },
  now: Date,
): Promise<ReadonlyMap<string, ConsentView>> {
  const found = await tx.execute<LedgerEntry & { readonly personId: string }>(sql`
    select ${entryColumns}, r."contactId" as "personId"
    from jsonb_to_recordset(${rows(contactIds.map((contactId) => ({ workspaceId, contactId })))}) as r(
      "workspaceId" uuid, "contactId" uuid)
    cross join lateral ${samePeople} c
    cross join lateral (
      select * from consent_entries where workspace_id = r."workspaceId" and contact_id = c.id offset 0) e
    left join consent_proofs p on p.workspace_id = e.workspace_id and p.entry_id = e.id`);
  const byPerson = Map.groupBy(found, ({ personId }) => personId);
  return new Map(
    contactIds.map((id) => [id, foldConsent((byPerson.get(id) ?? []).map(withTimes), { now, channelId })]),
  );
}
