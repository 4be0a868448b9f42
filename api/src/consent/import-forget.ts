import { sql } from "drizzle-orm";
import type { Tx } from "../platform/db.ts";
import { samePerson } from "../contacts/same-person.ts";

type Person = { readonly workspaceId: string; readonly contactId: string };

/**
 * Forgets the rows of lists that speak of a person, also those that were refused and only say their number (digits), in whatever
 * spelling; and ends the links that were made for them alone. For the system role.
 */
export async function forgetListed(
  tx: Tx,
  { workspaceId, contactId }: Person,
  numbers: readonly string[],
): Promise<void> {
  for (const number of numbers) {
    const says = (column: "cells" | "sample") =>
      sql`regexp_replace(${sql.raw(column)}::text, '[^0-9"]', '', 'g') like ${`%${number}%`}`;
    await tx.execute(sql`delete from consent_import_rows where workspace_id = ${workspaceId} and ${says("cells")}`);
    await tx.execute(sql`
      update consent_imports set sample = '[]' where workspace_id = ${workspaceId} and sample <> '[]' and ${says("sample")}`);
  }
  await tx.execute(sql`
    delete from consent_import_rows where workspace_id = ${workspaceId} and contact_id = any(${samePerson({ workspaceId, contactId })})`);
  await tx.execute(sql`
    update consent_joins set ended_at = coalesce(ended_at, now()), source = ''
    where workspace_id = ${workspaceId} and contact_id = ${contactId}`);
}
