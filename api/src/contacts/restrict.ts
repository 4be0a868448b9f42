import { sql } from "drizzle-orm";
import type { Tx } from "../platform/db.ts";

type Person = { readonly workspaceId: string; readonly contactId: string };

/**
 * What an administrator may put on a person. `restriction` (GDPR Art. 18): nothing is sent and nothing is purged. `hold`: their
 * data is kept for a legal claim (Art. 17 (3) e); messages go on.
 */
export const keepings = ["restriction", "hold"] as const;
export type Keeping = (typeof keepings)[number];

/** ISO 8601 times; null: not set. */
export type KeptView = {
  readonly restrictedAt: string | null;
  readonly restrictedReason: string | null;
  readonly heldAt: string | null;
  readonly heldReason: string | null;
};

const columns = {
  restriction: { at: sql`restricted_at`, reason: sql`restricted_reason` },
  hold: { at: sql`held_at`, reason: sql`held_reason` },
};

/** Sets or lifts (reason null) what keeps a person's data. Returns whether that changed anything. */
export async function setKeeping(
  tx: Tx,
  { workspaceId, contactId }: Person,
  { keeping, reason, at }: { readonly keeping: Keeping; readonly reason: string | null; readonly at: Date },
): Promise<boolean> {
  const column = columns[keeping];
  const time = reason === null ? null : at.toISOString();
  const changed = await tx.execute(sql`
    update contacts set ${column.at} = ${time}::timestamptz, ${column.reason} = ${reason}
    where workspace_id = ${workspaceId} and id = ${contactId} and merged_into is null
      and (${column.at} is null) <> ${reason === null} returning 1`);
  return changed.length > 0;
}

/** What keeps a person's data; null when there is no such contact. */
export async function loadKeeping(tx: Tx, workspaceId: string, contactId: string): Promise<KeptView | null> {
  const [row] = await tx.execute<KeptView>(sql`
    select to_json(restricted_at) #>> '{}' as "restrictedAt", restricted_reason as "restrictedReason",
      to_json(held_at) #>> '{}' as "heldAt", held_reason as "heldReason"
    from contacts where workspace_id = ${workspaceId} and id = ${contactId} and merged_into is null`);
  if (!row) return null;
  const iso = (time: string | null) => time && new Date(time).toISOString();
  return { ...row, restrictedAt: iso(row.restrictedAt), heldAt: iso(row.heldAt) };
}
