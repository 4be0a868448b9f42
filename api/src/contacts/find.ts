import { sql } from "drizzle-orm";
import type { Tx } from "../platform/db.ts";

/** A person whom a search found. */
export type FoundContact = {
  readonly id: string;
  readonly name: string | null;
  /** Digits without plus; null for a person who hides their number. */
  readonly waId: string | null;
};

/** So many people with the longest of the words are looked at: who types two letters wants no complete list. */
const mostCandidates = 2_000;

/** People whose names have words that begin with each of these words. */
export async function findContacts(tx: Tx, workspaceId: string, words: string, limit: number): Promise<FoundContact[]> {
  const begins = sql`w.workspace_id = ${workspaceId} and w.word >= a.q and w.word < a.q || chr(1114111)`;
  return tx.execute<FoundContact>(sql`
    with asked as materialized (
      select q, row_number() over (order by length(q) desc, q) as place
      from unnest(tsvector_to_array(to_tsvector('simple', ${words}))) q
    ), candidates as materialized (
      select w.contact_id from asked a join contacts_words w on ${begins} where a.place = 1 limit ${mostCandidates}
    )
    select distinct c.id, coalesce(c.name, c.profile_name) as name, c.wa_id as "waId" from candidates
    join contacts c on c.workspace_id = ${workspaceId} and c.id = candidates.contact_id
    where not exists (
      select from asked a where not exists (
        select from contacts_words w where ${begins} and w.contact_id = c.id))
    order by name, c.id limit ${limit}`);
}

/** The person of a number (canonical), if there is one. */
export async function findByNumber(tx: Tx, workspaceId: string, waId: string): Promise<FoundContact | null> {
  const [found] = await tx.execute<FoundContact>(sql`
    select id, coalesce(name, profile_name) as name, wa_id as "waId" from contacts
    where workspace_id = ${workspaceId} and wa_id = ${waId} and merged_into is null`);
  return found ?? null;
}
