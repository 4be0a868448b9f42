import { sql } from "drizzle-orm";
import type { Tx } from "../platform/db.ts";

/** A person whom a search found. */
export type FoundContact = {
  readonly id: string;
  readonly name: string | null;
  /** Digits without plus; null for a person who hides their number. */
  readonly waId: string | null;
};

/** The longest word that is looked for: longer ones are no names. */
const longestWord = 60;

/** People whose names have words that begin with each of these words. */
export async function findContacts(tx: Tx, workspaceId: string, words: string, limit: number): Promise<FoundContact[]> {
  const beginnings = (words.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => `'${word.slice(0, longestWord)}':*`);
  if (beginnings.length === 0) return [];
  return tx.execute<FoundContact>(sql`
    select id, coalesce(name, profile_name) as name, wa_id as "waId" from contacts
    where workspace_id = ${workspaceId} and merged_into is null
      and to_tsvector('simple', coalesce(name, '') || ' ' || coalesce(profile_name, ''))
        @@ to_tsquery('simple', ${beginnings.join(" & ")})
    order by name, id limit ${limit}`);
}

/** The person of a number (canonical), if there is one. */
export async function findByNumber(tx: Tx, workspaceId: string, waId: string): Promise<FoundContact | null> {
  const [found] = await tx.execute<FoundContact>(sql`
    select id, coalesce(name, profile_name) as name, wa_id as "waId" from contacts
    where workspace_id = ${workspaceId} and wa_id = ${waId} and merged_into is null`);
  return found ?? null;
}
