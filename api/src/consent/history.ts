import { findColleague } from "../identity/service.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { loadEntries, type LedgerEntry } from "./entries.ts";

/** An entry with the name of the colleague who wrote it down; null when a machine noticed it. */
export type ToldEntry = LedgerEntry & { readonly writer: string | null };

/** The ledger of one person as people read it, newest first. */
export async function consentHistory({ database, actor }: MemberContext, contactId: string): Promise<ToldEntry[]> {
  const entries = await database.inWorkspace(actor.workspaceId, (tx) => loadEntries(tx, actor.workspaceId, contactId));
  const ids = new Set(entries.flatMap((entry) => entry.actor ?? []));
  const writers = new Map<string, string>();
  for (const id of ids) {
    const colleague = await findColleague(database, id);
    if (colleague) writers.set(id, colleague.name);
  }
  return entries.map((entry) => ({ ...entry, writer: writers.get(entry.actor ?? "") ?? null }));
}
