import { phoneVariants } from "@aparte/crm/phone-variants.ts";
import { sql } from "drizzle-orm";
import { rows, type Tx } from "../platform/db.ts";
import type { Fingerprint } from "./fingerprint.ts";
import { samePerson } from "./same-person.ts";

type Person = { readonly workspaceId: string; readonly contactId: string };

/** What a person was known by. */
export type ForgottenNames = {
  /** The number in every spelling, and the WhatsApp ids: nobody else has them. */
  readonly ids: readonly string[];
  /** What the person is called, as far as it is long enough to be looked for in texts. */
  readonly names: readonly string[];
};

/** Shorter names stand inside other words. */
const shortestName = 3;

/**
 * Keeps all news of a person away until the transaction ends: what is being written about them comes first, so that nothing
 * comes in behind what is taken away. False when there is no such contact.
 */
export async function isolateContact(tx: Tx, { workspaceId, contactId }: Person): Promise<boolean> {
  const isolated = await tx.execute(sql`
    select from contacts where workspace_id = ${workspaceId} and id = ${contactId} and merged_into is null for update`);
  return isolated.length > 0;
}

/**
 * Takes a person's names away, and those of the contacts that became part of them. What remains are fingerprints of the number and
 * of the WhatsApp ids, and whatever others keep under the contact's id without naming anybody: the proof of an opt-out.
 */
export async function forgetContact(
  tx: Tx,
  { workspaceId, contactId }: Person,
  fingerprint: Fingerprint,
): Promise<ForgottenNames> {
  const known = await tx.execute<{ waId: string | null; name: string | null; profileName: string | null }>(sql`
    select wa_id as "waId", name, profile_name as "profileName" from contacts
    where workspace_id = ${workspaceId} and id = any(${samePerson({ workspaceId, contactId })}) for update`);
  await tx.execute(sql`
    update contacts set name = null, profile_name = null, profile_name_at = null, wa_id = null, wa_id_at = null,
      restricted_reason = null, held_reason = null, forgotten_at = now()
    where workspace_id = ${workspaceId} and id = any(${samePerson({ workspaceId, contactId })})`);
  const bsuids = await tx.execute<{ bsuid: string; portfolioId: string }>(sql`
    delete from contacts_bsuids where workspace_id = ${workspaceId} and contact_id = any(${samePerson({ workspaceId, contactId })})
    returning bsuid, portfolio_id as "portfolioId"`);
  const waIds = known.flatMap(({ waId }) => waId ?? []);
  const kept = [
    ...waIds.map((waId) => ({ print: fingerprint(workspaceId, waId), portfolioId: null })),
    ...bsuids.map(({ bsuid, portfolioId }) => ({ print: fingerprint(workspaceId, bsuid), portfolioId })),
  ];
  await tx.execute(sql`
    insert into contacts_fingerprints (workspace_id, fingerprint, contact_id, portfolio_id)
    select ${workspaceId}, r.print, ${contactId}, r."portfolioId"
    from jsonb_to_recordset(${rows(kept)}) as r(print text, "portfolioId" text)
    on conflict (workspace_id, fingerprint) do update set contact_id = excluded.contact_id, kept_at = now()`);
  const numbers = waIds.flatMap((waId) => phoneVariants(`+${waId}`).map((number) => number.slice(1)));
  const names = known.flatMap(({ name, profileName }) => [name, profileName]).filter((name) => name !== null);
  return {
    ids: [...new Set([...waIds, ...numbers, ...bsuids.map(({ bsuid }) => bsuid)])],
    names: [...new Set(names.map((name) => name.trim()))].filter((name) => name.length >= shortestName),
  };
}

/** A number (canonical) or a WhatsApp id of a workspace. */
type NameOfSomebody = { readonly workspaceId: string; readonly name: string };

/** Gives numbers and ids that come back to the contacts that had them before they were forgotten, with the opt-outs that stand there. */
export async function findForgotten(tx: Tx, names: readonly NameOfSomebody[], fingerprint: Fingerprint): Promise<void> {
  if (names.length === 0) return;
  const list = names.map(({ workspaceId, name }) => ({ workspaceId, name, print: fingerprint(workspaceId, name) }));
  // A row is taken only by who can put the name in its place: a name that somebody has meanwhile is theirs.
  await tx.execute(sql`
    with back as (
      delete from contacts_fingerprints f
      using jsonb_to_recordset(${rows(list)}) as r("workspaceId" uuid, name text, print text)
      where f.workspace_id = r."workspaceId" and f.fingerprint = r.print
        and not exists (select from contacts o where o.workspace_id = r."workspaceId" and o.wa_id = r.name)
        and not exists (select from contacts_bsuids o where o.workspace_id = r."workspaceId" and o.bsuid = r.name)
      returning f.workspace_id, f.contact_id, f.portfolio_id, r.name),
    numbers as (
      update contacts c set wa_id = b.name from back b
      where b.portfolio_id is null and c.workspace_id = b.workspace_id and c.id = b.contact_id)
    insert into contacts_bsuids (workspace_id, bsuid, contact_id, portfolio_id, seen_at)
    select workspace_id, name, contact_id, portfolio_id, 'epoch' from back where portfolio_id is not null`);
}
