import { sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { rows, type Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";

/** A person as a webhook or a CRM record names them: by BSUID, by phone digits, or by both. */
export type Identity = {
  readonly workspaceId: string;
  readonly bsuid: string | null;
  /** Digits without plus. */
  readonly waId: string | null;
  readonly profileName: string | null;
};

type Found = {
  readonly workspaceId: string;
  readonly id: string;
  readonly bsuid: string | null;
  readonly waId: string | null;
};

/** Looks people up: `find` answers the contact id for an identity that was part of the call. */
export type Directory = { find(identity: Pick<Identity, "workspaceId" | "bsuid" | "waId">): string | null };

/**
 * Makes sure that each person has one contact, in a few statements whatever their number. The BSUID decides who
 * somebody is; the number comes second, since it can be hidden, change hands or stand on several records.
 *
 * A number that belongs to a contact with another BSUID stays there: two different people never become one.
 */
export async function ensureContacts(tx: Tx, identities: readonly Identity[]): Promise<Directory> {
  const wanted = mergeIdentities(identities);
  if (wanted.length === 0) return directoryOf([]);
  // Two transactions that meet the same new person wait here for one another instead of failing on a unique key.
  await tx.execute(sql`
    select pg_advisory_xact_lock(k) from (
      select distinct hashtextextended(r."workspaceId" || coalesce(p, ''), 4) as k
      from jsonb_to_recordset(${rows(wanted)}) as r("workspaceId" text, bsuid text, "waId" text)
      cross join lateral unnest(array[r.bsuid, r."waId"]) as p where p is not null order by 1) locks`);
  const known = await load(tx, wanted);
  const directory = directoryOf(known);
  const missing = wanted.filter((identity) => directory.find(identity) === null);
  await adopt(tx, wanted, known);
  await insert(tx, missing, known);
  return directoryOf(await load(tx, wanted));
}

/** One entry per person of the batch: an entry with both names absorbs those with one of them. */
function mergeIdentities(identities: readonly Identity[]): Identity[] {
  const merged: Identity[] = [];
  const fullFirst = identities.toSorted(
    (a, b) => Number(b.bsuid !== null && b.waId !== null) - Number(a.bsuid !== null && a.waId !== null),
  );
  for (const identity of fullFirst) {
    const same = merged.findIndex((other) => other.workspaceId === identity.workspaceId && samePerson(other, identity));
    const other = merged[same];
    if (other) merged[same] = { ...other, profileName: other.profileName ?? identity.profileName };
    else merged.push(identity);
  }
  return merged;
}

function samePerson(a: Identity, b: Identity): boolean {
  if (a.bsuid !== null && b.bsuid !== null) return a.bsuid === b.bsuid;
  return a.waId !== null && a.waId === b.waId;
}

function load(tx: Tx, wanted: readonly Identity[]): Promise<Found[]> {
  return tx.execute<Found>(sql`
    select distinct c.workspace_id as "workspaceId", c.id, c.bsuid, c.wa_id as "waId"
    from jsonb_to_recordset(${rows(wanted)}) as r("workspaceId" uuid, bsuid text, "waId" text)
    join contacts c on c.workspace_id = r."workspaceId" and (c.bsuid = r.bsuid or c.wa_id = r."waId")`);
}

function directoryOf(known: readonly Found[]): Directory {
  const byBsuid = new Map<string, Found>();
  const byNumber = new Map<string, Found>();
  for (const contact of known) {
    if (contact.bsuid !== null) byBsuid.set(`${contact.workspaceId} ${contact.bsuid}`, contact);
    if (contact.waId !== null) byNumber.set(`${contact.workspaceId} ${contact.waId}`, contact);
  }
  return {
    find({ workspaceId, bsuid, waId }) {
      const own = bsuid === null ? undefined : byBsuid.get(`${workspaceId} ${bsuid}`);
      if (own) return own.id;
      const owner = waId === null ? undefined : byNumber.get(`${workspaceId} ${waId}`);
      return owner && (bsuid === null || owner.bsuid === null) ? owner.id : null;
    },
  };
}

/** Completes contacts with what the batch knows more: the BSUID of a known number, the profile name. */
async function adopt(tx: Tx, wanted: readonly Identity[], known: readonly Found[]): Promise<void> {
  if (known.length === 0) return;
  await tx.execute(sql`
    update contacts c set
      bsuid = coalesce(c.bsuid, r.bsuid),
      wa_id = coalesce(c.wa_id, case when exists (
        select from contacts o where o.workspace_id = c.workspace_id and o.wa_id = r."waId") then null else r."waId" end),
      profile_name = coalesce(r."profileName", c.profile_name)
    from jsonb_to_recordset(${rows(wanted)}) as r("workspaceId" uuid, bsuid text, "waId" text, "profileName" text)
    where c.workspace_id = r."workspaceId"
      and (c.bsuid = r.bsuid or (c.wa_id = r."waId" and (c.bsuid is null or r.bsuid is null)))`);
}

async function insert(tx: Tx, missing: readonly Identity[], known: readonly Found[]): Promise<void> {
  if (missing.length === 0) return;
  const taken = new Set(known.map((contact) => `${contact.workspaceId} ${contact.waId}`));
  const fresh = missing.map((identity) => ({
    ...identity,
    id: uuidv7(),
    waId: taken.has(`${identity.workspaceId} ${identity.waId}`) ? null : identity.waId,
  }));
  await tx.execute(sql`
    insert into contacts (workspace_id, id, bsuid, wa_id, profile_name)
    select r."workspaceId", r.id, r.bsuid, r."waId", r."profileName"
    from jsonb_to_recordset(${rows(fresh)})
      as r("workspaceId" uuid, id uuid, bsuid text, "waId" text, "profileName" text)`);
  await emit(
    tx,
    fresh.map(({ id, workspaceId }) => ({ name: "contact.created" as const, workspaceId, payload: { contactId: id } })),
  );
}

export type ContactRow = {
  readonly id: string;
  readonly name: string | null;
  readonly waId: string | null;
  readonly bsuid: string | null;
};

/** One contact of the workspace that the transaction sees; null when there is none. */
export async function loadContact(tx: Tx, workspaceId: string, contactId: string): Promise<ContactRow | null> {
  const [row] = await tx.execute<ContactRow>(sql`
    select id, coalesce(name, profile_name) as name, wa_id as "waId", bsuid from contacts
    where workspace_id = ${workspaceId} and id = ${contactId}`);
  return row ?? null;
}

/** The contact of a number, made if it is new; `name` is what the CRM calls the person. */
export async function contactForNumber(tx: Tx, workspaceId: string, waId: string, name: string): Promise<string> {
  const directory = await ensureContacts(tx, [{ workspaceId, waId, bsuid: null, profileName: null }]);
  const contactId = directory.find({ workspaceId, waId, bsuid: null });
  if (contactId === null) throw new Error("A contact was made and not found again.");
  await tx.execute(sql`
    update contacts set name = ${name} where workspace_id = ${workspaceId} and id = ${contactId} and name is distinct from ${name}`);
  return contactId;
}
