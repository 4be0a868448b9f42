import type { PrivacyPerson, ReadView } from "@aparte/core/privacy.ts";
import { refused, type Outcome } from "@aparte/core/result.ts";
import { sql } from "drizzle-orm";
import { findByNumber, findContacts, type FoundContact } from "../contacts/find.ts";
import { parsePhone } from "../contacts/phone.ts";
import { loadKeeping } from "../contacts/restrict.ts";
import { loadContact } from "../contacts/service.ts";
import { canonicalWaId } from "../contacts/wa-id.ts";
import { listMembers } from "../identity/service.ts";
import type { Tx } from "../platform/db.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { listActs } from "./acts.ts";
import { listExports } from "./exports.ts";
import { listReads, type ReadsOf } from "./reads.ts";
import { samePerson } from "../contacts/same-person.ts";

/** A person who was found, with the number as people write it. */
export type PersonHit = { readonly contactId: string; readonly name: string | null; readonly number: string | null };

const mostHits = 20;

/** People by the beginnings of the words of their names, or by their number with its country code. */
export function findPeople(ctx: MemberContext, words: string): Promise<PersonHit[]> {
  const { workspaceId } = ctx.actor;
  return ctx.database.inWorkspace(workspaceId, async (tx) => {
    const digits = words.replaceAll(/[^\d]/g, "");
    const isNumber = /^[\d\s()+./-]{5,30}$/.test(words);
    const phone = isNumber ? parsePhone(`+${digits.replace(/^00/, "")}`, null) : null;
    const byNumber = phone ? await findByNumber(tx, workspaceId, canonicalWaId(phone.waId)) : null;
    const found: FoundContact[] = isNumber
      ? byNumber
        ? [byNumber]
        : []
      : await findContacts(tx, workspaceId, words, mostHits);
    return found.map(({ id, name, waId }) => ({ contactId: id, name, number: displayOf(waId) }));
  });
}

function displayOf(waId: string | null): string | null {
  return waId === null ? null : (parsePhone(`+${waId}`, null)?.display ?? `+${waId}`);
}

/** All that an administrator needs to answer to the rights of one person. */
export async function showPerson(
  ctx: MemberContext,
  contactId: string,
): Promise<Outcome<{ readonly person: PrivacyPerson }>> {
  const { workspaceId, userId } = ctx.actor;
  const names = await nameColleagues(ctx);
  return ctx.database.inWorkspace(workspaceId, async (tx) => {
    const contact = await loadContact(tx, workspaceId, contactId);
    const keeping = await loadKeeping(tx, workspaceId, contactId);
    if (!contact || !keeping) return refused("contacts.not_found");
    const exports = await listExports(tx, { workspaceId, contactId }, userId);
    const acts = await listActs(tx, workspaceId, contactId);
    const person: PrivacyPerson = {
      ...keeping,
      contactId,
      name: contact.name,
      number: displayOf(contact.waId),
      ...(await countOf(tx, workspaceId, contactId)),
      records: await accountsOf(tx, workspaceId, contactId),
      exports: exports.map((one) => ({ ...one, actor: names(one.actor) })),
      acts: acts.map((act) => ({ ...act, actor: names(act.actor) })),
    };
    return { ok: true, person };
  });
}

type Counts = Pick<PrivacyPerson, "messages" | "files" | "consents" | "isErased">;

async function countOf(tx: Tx, workspaceId: string, contactId: string): Promise<Counts> {
  const [row] = await tx.execute<Counts>(sql`
    with theirs as (
      select unnest(${samePerson({ workspaceId, contactId })}) as id),
    said as (
      select m.content, m.files, m.about_wamid from messaging_conversations v
      join messaging_messages m on m.workspace_id = v.workspace_id and m.conversation_id = v.id
      where v.workspace_id = ${workspaceId} and v.contact_id in (select id from theirs))
    select (select count(*)::int from said where about_wamid is null and content <> '{"kind": "deleted"}') as messages,
      (select count(distinct f)::int from said, unnest(files) f) as files,
      (select count(*)::int from consent_entries e where e.workspace_id = ${workspaceId}
        and e.contact_id in (select id from theirs)) as consents,
      exists (select from contacts c where c.workspace_id = ${workspaceId} and c.id = ${contactId} and c.wa_id is null
        and c.forgotten_at is not null and not exists (
          select from contacts_bsuids b where b.workspace_id = c.workspace_id and b.contact_id = c.id)) as "isErased"`);
  return row ?? { messages: 0, files: 0, consents: 0, isErased: false };
}

async function accountsOf(tx: Tx, workspaceId: string, contactId: string): Promise<string[]> {
  const found = await tx.execute<{ name: string }>(sql`
    select distinct c.account_name as name from crm_links l
    join crm_connections c on c.workspace_id = l.workspace_id and c.id = l.connection_id
    where l.workspace_id = ${workspaceId} and l.contact_id = ${contactId} and l.role = 'person' and not l.excluded order by 1`);
  return found.map(({ name }) => name);
}

/** Who read what, with the names of colleagues; a colleague who left keeps their id. */
export async function showReads(ctx: MemberContext, of: ReadsOf, since: string): Promise<ReadView[]> {
  const { workspaceId } = ctx.actor;
  const names = await nameColleagues(ctx);
  const found = await ctx.database.inWorkspace(workspaceId, (tx) => listReads(tx, workspaceId, of, since));
  return found.map((read) => ({ ...read, actor: names(read.actor) }));
}

async function nameColleagues(ctx: MemberContext): Promise<(userId: string) => string> {
  const names = new Map((await listMembers(ctx)).map(({ userId, name }) => [userId, name]));
  return (userId) => names.get(userId) ?? userId;
}
