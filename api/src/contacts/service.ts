import { sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { rows, type Tx } from "../platform/db.ts";
import type { Fingerprint } from "./fingerprint.ts";
import { canonicalWaId } from "./wa-id.ts";
import { lockPeople, portfolioOf, writePeople } from "./people-store.ts";
import { planPeople, type Bsuid, type Evidence } from "./plan-people.ts";

/** A person as a webhook or a CRM record names them, in one workspace. */
export type Identity = Evidence & {
  readonly workspaceId: string;
  /** What the person calls themselves; null keeps what is known. */
  readonly profileName: string | null;
};

/** Two contacts that turned out to be one person; what belonged to `mergedId` belongs to `contactId` now. */
export type Merge = { readonly workspaceId: string; readonly contactId: string; readonly mergedId: string };

export type Ensured = {
  /** The contact of each identity, in the order given. */
  readonly ids: readonly string[];
  readonly merges: readonly Merge[];
};

/**
 * Makes sure that each person has one contact, in a few statements whatever their number (`planPeople` decides who is
 * who). Whoever keeps things by contact must move them for each of `merges`, in the same transaction or by the event
 * `contact.merged`.
 */
export async function ensureContacts(tx: Tx, told: readonly Identity[], fingerprint: Fingerprint): Promise<Ensured> {
  const identities = told.map(canonical);
  const byWorkspace = Map.groupBy(identities, ({ workspaceId }) => workspaceId);
  const known = await lockPeople(
    tx,
    [...byWorkspace].map(([workspaceId, list]) => ({ workspaceId, ...namesOf(list) })),
    fingerprint,
  );
  const idOf = new Map<Identity, string>();
  const merges: Merge[] = [];
  for (const [workspaceId, list] of byWorkspace) {
    const before = known.get(workspaceId) ?? [];
    const plan = planPeople(before, list, uuidv7);
    await writePeople(tx, workspaceId, before, plan);
    for (const [place, identity] of list.entries()) idOf.set(identity, plan.ids[place] ?? "");
    for (const [mergedId, contactId] of plan.survivors) merges.push({ workspaceId, contactId, mergedId });
  }
  await nameContacts(tx, idOf);
  return { ids: identities.map((identity) => idOf.get(identity) ?? ""), merges };
}

function canonical(identity: Identity): Identity {
  const { waId, previous } = identity;
  return {
    ...identity,
    waId: waId && canonicalWaId(waId),
    previous: previous && { ...previous, waId: previous.waId && canonicalWaId(previous.waId) },
  };
}

function namesOf(list: readonly Identity[]) {
  const names = list.flatMap(({ bsuid, waId, previous }) => [{ bsuid, waId }, ...(previous ? [previous] : [])]);
  return {
    bsuids: [...new Set(names.flatMap(({ bsuid }) => bsuid ?? []))],
    waIds: [...new Set(names.flatMap(({ waId }) => waId ?? []))],
  };
}

async function nameContacts(tx: Tx, idOf: ReadonlyMap<Identity, string>): Promise<void> {
  const named = [...idOf]
    .filter(([{ profileName }]) => profileName !== null)
    .toSorted(([a], [b]) => (a.at ?? "").localeCompare(b.at ?? ""));
  const last = new Map(
    named.map(([{ workspaceId, profileName, at }, id]) => [id, { workspaceId, id, profileName, at }]),
  );
  if (last.size === 0) return;
  await tx.execute(sql`
    update contacts c set profile_name = r."profileName", profile_name_at = r.at
    from jsonb_to_recordset(${rows([...last.values()])})
      as r("workspaceId" uuid, id uuid, "profileName" text, at timestamptz)
    where c.workspace_id = r."workspaceId" and c.id = r.id and c.profile_name is distinct from r."profileName"
      and (c.profile_name_at is null or c.profile_name_at < r.at)`);
}

export type ContactRow = {
  readonly id: string;
  readonly name: string | null;
  readonly waId: string | null;
  /** Newest last: only the last one of a portfolio can be written to. */
  readonly bsuids: readonly Bsuid[];
};

/** One contact of the workspace that the transaction sees; null when there is none, or when it became part of another. */
export async function loadContact(tx: Tx, workspaceId: string, contactId: string): Promise<ContactRow | null> {
  const [row] = await tx.execute<ContactRow>(sql`
    select c.id, coalesce(c.name, c.profile_name) as name, c.wa_id as "waId", coalesce((
      select json_agg(json_build_object('bsuid', b.bsuid, 'portfolioId', ${portfolioOf}, 'at', b.seen_at) order by b.seen_at)
      from contacts_bsuids b where b.workspace_id = c.workspace_id and b.contact_id = c.id), '[]') as bsuids
    from contacts c where c.workspace_id = ${workspaceId} and c.id = ${contactId} and c.merged_into is null`);
  return row ?? null;
}

/**
 * Whether the contact is there and goes on. Until the transaction ends it then stays what it is: nobody can merge it into another
 * one, so that what is locked or written under its id stays its own.
 */
export async function holdContact(tx: Tx, workspaceId: string, contactId: string): Promise<boolean> {
  const held = await tx.execute(sql`
    select from contacts
    where workspace_id = ${workspaceId} and id = ${contactId} and merged_into is null for key share`);
  return held.length > 0;
}

/**
 * Keeps contacts as they are until the transaction ends. Whoever writes rows under a contact's id and may meet others who do so
 * takes this first: the rows themselves would be locked before their contact, and the others do it the other way round.
 */
export async function keepContacts(
  tx: Tx,
  people: readonly { readonly workspaceId: string; readonly contactId: string }[],
): Promise<void> {
  await tx.execute(sql`
    select from contacts c join jsonb_to_recordset(${rows(people)}) as r("workspaceId" uuid, "contactId" uuid)
      on c.workspace_id = r."workspaceId" and c.id = r."contactId"
    order by c.workspace_id, c.id for key share of c`);
}

export type NumberOfSomebody = {
  readonly workspaceId: string;
  /** Digits without plus. */
  readonly waId: string;
  /** What the CRM calls the person; null keeps what is known. */
  readonly name: string | null;
};

/** The contact of a number, made if it is new. */
export async function contactForNumber(
  tx: Tx,
  { workspaceId, waId, name }: NumberOfSomebody,
  fingerprint: Fingerprint,
): Promise<string> {
  const identity = { workspaceId, waId, bsuid: null, portfolioId: "", at: null, previous: null, profileName: null };
  const { ids } = await ensureContacts(tx, [identity], fingerprint);
  const contactId = ids[0] ?? "";
  if (name !== null) {
    await tx.execute(sql`
      update contacts set name = ${name}
      where workspace_id = ${workspaceId} and id = ${contactId} and name is distinct from ${name}`);
  }
  return contactId;
}

/** Gives people the name that a CRM has for them now: where ours is what it said before, or where we have none. */
export async function renameContacts(
  tx: Tx,
  workspaceId: string,
  contactIds: readonly string[],
  name: { readonly before: string | null; readonly now: string },
): Promise<void> {
  await tx.execute(sql`
    update contacts c set name = ${name.now}
    from jsonb_to_recordset(${rows(contactIds.map((id) => ({ id })))}) as r(id uuid)
    where c.workspace_id = ${workspaceId} and c.id = r.id and c.merged_into is null
      and (c.name is null or c.name = ${name.before}) and c.name is distinct from ${name.now}`);
}
