import { sql } from "drizzle-orm";
import type { Tx } from "../platform/db.ts";

/**
 * Forgets what connects a person to records, in every connection. What was seen of their records goes as well; should somebody
 * open one again, it is read anew.
 */
export async function forgetPerson(
  tx: Tx,
  { workspaceId, contactId }: { readonly workspaceId: string; readonly contactId: string },
): Promise<void> {
  await tx.execute(sql`
    delete from crm_records rec using crm_links l
    where l.workspace_id = ${workspaceId} and l.contact_id = ${contactId} and l.role = 'person'
      and rec.workspace_id = l.workspace_id and rec.connection_id = l.connection_id
      and rec.record_type = l.record_type and rec.record_id = l.record_id and rec.state <> 'erased'
      and rec.record_type <> 'company'`);
  for (const table of [sql`crm_links`, sql`crm_lookups`, sql`crm_mirrors`]) {
    await tx.execute(sql`delete from ${table} where workspace_id = ${workspaceId} and contact_id = ${contactId}`);
  }
}
