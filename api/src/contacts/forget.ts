import { phoneVariants } from "@aparte/crm/phone-variants.ts";
import { sql } from "drizzle-orm";
import { rows, type Tx } from "../platform/db.ts";
import type { Fingerprint } from "./fingerprint.ts";

type Person = { readonly workspaceId: string; readonly contactId: string };

/**
 * Takes a person's names away, and those of the contacts that became part of them. What remains is a fingerprint of the number,
 * and whatever others keep under the contact's id without naming anybody: the proof of an opt-out.
 * @returns what they were called by: their number in every spelling, and their WhatsApp ids.
 */
export async function forgetContact(
  tx: Tx,
  { workspaceId, contactId }: Person,
  fingerprint: Fingerprint,
): Promise<{ readonly names: readonly string[] }> {
  const [known] = await tx.execute<{ waId: string | null }>(sql`
    select wa_id as "waId" from contacts where workspace_id = ${workspaceId} and id = ${contactId} for update`);
  const waId = known?.waId ?? null;
  await tx.execute(sql`
    update contacts set name = null, profile_name = null, profile_name_at = null, wa_id = null, wa_id_at = null,
      fingerprint = case when id = ${contactId} and ${waId !== null}
        then ${waId === null ? null : fingerprint(workspaceId, waId)} else fingerprint end
    where workspace_id = ${workspaceId} and (id = ${contactId} or merged_into = ${contactId})`);
  const bsuids = await tx.execute<{ bsuid: string }>(sql`
    delete from contacts_bsuids where workspace_id = ${workspaceId} and contact_id in (
      select id from contacts where workspace_id = ${workspaceId} and (id = ${contactId} or merged_into = ${contactId}))
    returning bsuid`);
  const numbers = waId === null ? [] : phoneVariants(`+${waId}`).map((number) => number.slice(1));
  return { names: [...numbers, ...bsuids.map(({ bsuid }) => bsuid)] };
}

/** Gives numbers that come back to the contacts that had them before they were forgotten, with the opt-outs that stand there. */
export async function findForgotten(
  tx: Tx,
  numbers: readonly { readonly workspaceId: string; readonly waId: string }[],
  fingerprint: Fingerprint,
): Promise<void> {
  if (numbers.length === 0) return;
  const list = numbers.map(({ workspaceId, waId }) => ({ workspaceId, waId, print: fingerprint(workspaceId, waId) }));
  await tx.execute(sql`
    update contacts c set wa_id = r."waId", fingerprint = null
    from jsonb_to_recordset(${rows(list)}) as r("workspaceId" uuid, "waId" text, print text)
    where c.workspace_id = r."workspaceId" and c.fingerprint = r.print and not exists (
      select from contacts o where o.workspace_id = r."workspaceId" and o.wa_id = r."waId")`);
}
