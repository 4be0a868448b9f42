import { refused, type Outcome } from "@aparte/core/result.ts";
import { sql } from "drizzle-orm";
import type { Tx } from "../platform/db.ts";
import { findByNumber } from "./find.ts";
import { parsePhone } from "./phone.ts";
import { canonicalWaId } from "./wa-id.ts";

type Person = { readonly workspaceId: string; readonly contactId: string };

/** What is known of a person after a correction, and what it was before; null where nothing was known. */
export type Correction = { readonly before: string | null; readonly after: string };

/** Gives a person the right name. The CRM's own later corrections stand above what it said before, not above this one. */
export async function correctName(tx: Tx, { workspaceId, contactId }: Person, name: string): Promise<Correction> {
  const [known] = await tx.execute<{ name: string | null }>(sql`
    select coalesce(name, profile_name) as name from contacts
    where workspace_id = ${workspaceId} and id = ${contactId} for update`);
  await tx.execute(sql`
    update contacts set name = ${name} where workspace_id = ${workspaceId} and id = ${contactId}`);
  return { before: known?.name ?? null, after: name };
}

/**
 * Gives a person the right number (E.164): a new identity. Their WhatsApp ids belong to whoever has the old number, so they go.
 * What the old number agreed to does not follow: see `correctPerson`.
 */
export async function correctNumber(
  tx: Tx,
  { workspaceId, contactId }: Person,
  e164: string,
): Promise<Outcome<{ readonly correction: Correction }>> {
  const phone = parsePhone(e164, null);
  if (!phone) return refused("contacts.number_invalid");
  const waId = canonicalWaId(phone.waId);
  const holder = await findByNumber(tx, workspaceId, waId);
  if (holder && holder.id !== contactId) return refused("contacts.number_taken");
  const [known] = await tx.execute<{ waId: string | null }>(sql`
    select wa_id as "waId" from contacts where workspace_id = ${workspaceId} and id = ${contactId} for update`);
  if (known?.waId !== waId) {
    await tx.execute(sql`
      update contacts set wa_id = ${waId}, wa_id_at = null where workspace_id = ${workspaceId} and id = ${contactId}`);
    await tx.execute(sql`
      delete from contacts_bsuids where workspace_id = ${workspaceId} and contact_id = ${contactId}`);
  }
  return { ok: true, correction: { before: known?.waId ?? null, after: waId } };
}
