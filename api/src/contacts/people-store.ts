import { sql } from "drizzle-orm";
import { rows, type Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import type { Fingerprint } from "./fingerprint.ts";
import { findForgotten } from "./forget.ts";
import type { KnownContact, PeoplePlan } from "./plan-people.ts";

/** The names by which contacts of one workspace are looked for. */
export type Names = {
  readonly workspaceId: string;
  readonly bsuids: readonly string[];
  readonly waIds: readonly string[];
};

/** Namespace of these locks among advisory locks. */
const namesSpace = 4;
/**
 * Names share so many locks: a lock of its own for each would fill the lock table of the server when Meta tells of thousands of
 * people at once. Those that share one only wait for each other.
 */
const nameLocks = 1024;

type Loaded = Omit<KnownContact, "isNew"> & { readonly workspaceId: string };

/**
 * Every contact that has one of the names, oldest first, by workspace, and locked until the transaction ends. Two transactions
 * that meet the same name wait here for one another; what the first one merged, the second one sees merged.
 */
export async function lockPeople(
  tx: Tx,
  names: readonly Names[],
  fingerprint: Fingerprint,
): Promise<Map<string, KnownContact[]>> {
  const wanted = names.flatMap(({ workspaceId, bsuids, waIds }) => [
    ...bsuids.map((name) => ({ workspaceId, bsuid: name, waId: null, name })),
    ...waIds.map((name) => ({ workspaceId, bsuid: null, waId: name, name })),
  ]);
  await tx.execute(sql`
    select pg_advisory_xact_lock(${namesSpace}, k) from (
      select distinct (hashtextextended(r."workspaceId" || r.name, 0) & ${nameLocks - 1})::int as k
      from jsonb_to_recordset(${rows(wanted)}) as r("workspaceId" text, name text) order by 1) locks`);
  await findForgotten(
    tx,
    names.flatMap(({ workspaceId, bsuids, waIds }) => [...bsuids, ...waIds].map((name) => ({ workspaceId, name }))),
    fingerprint,
  );
  const find = () => load(tx, wanted);
  let found = await find();
  for (;;) {
    await lockRows(tx, found);
    const again = await find();
    if (again.every(({ id }) => found.some((contact) => contact.id === id))) {
      return Map.groupBy(
        again.map(({ workspaceId, ...contact }) => ({ workspaceId, ...contact, isNew: false })),
        ({ workspaceId }) => workspaceId,
      );
    }
    found = again;
  }
}

async function lockRows(tx: Tx, contacts: readonly Loaded[]): Promise<void> {
  if (contacts.length === 0) return;
  await tx.execute(sql`
    select from contacts c join jsonb_to_recordset(${rows(contacts)}) as r("workspaceId" uuid, id uuid)
      on c.workspace_id = r."workspaceId" and c.id = r.id
    order by c.workspace_id, c.id for update of c`);
}

/**
 * The portfolio of a BSUID `b`. What was stored before Meta told the portfolio stands under its account: from then on it
 * counts in the portfolio of that account.
 */
export const portfolioOf = sql`coalesce((
  select n.portfolio_id from channels n
  where n.workspace_id = b.workspace_id and n.waba_id = b.portfolio_id and n.portfolio_id is not null limit 1), b.portfolio_id)`;

async function load(
  tx: Tx,
  wanted: readonly { readonly workspaceId: string; readonly bsuid: string | null; readonly waId: string | null }[],
): Promise<Loaded[]> {
  const found = await tx.execute<Loaded>(sql`
    with wanted as (
      select * from jsonb_to_recordset(${rows(wanted)}) as r("workspaceId" uuid, bsuid text, "waId" text)),
    ids as (
      select b.workspace_id, b.contact_id as id from wanted r
      join contacts_bsuids b on b.workspace_id = r."workspaceId" and b.bsuid = r.bsuid
      union
      select c.workspace_id, c.id from wanted r
      join contacts c on c.workspace_id = r."workspaceId" and c.wa_id = r."waId")
    select c.workspace_id as "workspaceId", c.id, c.wa_id as "waId", c.wa_id_at as "waIdAt",
      coalesce((
        select json_agg(json_build_object('bsuid', b.bsuid, 'portfolioId', ${portfolioOf}, 'at', b.seen_at) order by b.seen_at)
        from contacts_bsuids b where b.workspace_id = c.workspace_id and b.contact_id = c.id), '[]') as bsuids
    from ids join contacts c using (workspace_id, id) order by c.created_at, c.id`);
  return found.map((contact) => ({ ...contact, waIdAt: contact.waIdAt && new Date(contact.waIdAt).toISOString() }));
}

/** Writes what a plan changed of the contacts as they were loaded. */
export async function writePeople(
  tx: Tx,
  workspaceId: string,
  before: readonly KnownContact[],
  { contacts, survivors }: PeoplePlan,
): Promise<void> {
  const old = new Map(before.map((contact) => [contact.id, contact]));
  const changed = contacts.filter((contact) => isChanged(old.get(contact.id), contact));
  const merged = [...survivors].filter(([id]) => old.has(id)).map(([id, survivor]) => ({ workspaceId, id, survivor }));
  const list = changed.map(({ id, waId, waIdAt, isNew }) => ({ workspaceId, id, waId, waIdAt, isNew }));
  const moving = list.filter(({ id, waId, isNew }) => !isNew && old.get(id)?.waId !== waId);
  if (list.length === 0 && merged.length === 0) return;
  // A number moves in two steps: nobody holds it for a moment, so that the unique key never sees it twice.
  await tx.execute(sql`
    update contacts c set wa_id = null, merged_into = coalesce(r.survivor, c.merged_into)
    from jsonb_to_recordset(${rows([...moving, ...merged])})
      as r("workspaceId" uuid, id uuid, survivor uuid)
    where c.workspace_id = r."workspaceId" and (c.id = r.id or (r.survivor is not null and c.merged_into = r.id))`);
  await tx.execute(sql`
    insert into contacts (workspace_id, id, wa_id, wa_id_at)
    select r."workspaceId", r.id, r."waId", r."waIdAt"
    from jsonb_to_recordset(${rows(list)}) as r("workspaceId" uuid, id uuid, "waId" text, "waIdAt" timestamptz)
    on conflict (workspace_id, id) do update set wa_id = excluded.wa_id, wa_id_at = excluded.wa_id_at`);
  const bsuids = changed.flatMap(({ id, bsuids: names }) => names.map((name) => ({ workspaceId, id, ...name })));
  await tx.execute(sql`
    insert into contacts_bsuids (workspace_id, bsuid, contact_id, portfolio_id, seen_at)
    select r."workspaceId", r.bsuid, r.id, r."portfolioId", coalesce(r.at, 'epoch')
    from jsonb_to_recordset(${rows(bsuids)})
      as r("workspaceId" uuid, bsuid text, id uuid, "portfolioId" text, at timestamptz)
    on conflict (workspace_id, bsuid) do update set contact_id = excluded.contact_id`);
  await emit(tx, [
    ...list
      .filter(({ isNew }) => isNew)
      .map(({ id }) => ({ name: "contact.created" as const, workspaceId, payload: { contactId: id } })),
    ...merged.map(({ id, survivor }) => ({
      name: "contact.merged" as const,
      workspaceId,
      payload: { contactId: survivor, mergedId: id },
    })),
  ]);
}

function isChanged(old: KnownContact | undefined, now: KnownContact): boolean {
  return !old || old.waId !== now.waId || old.waIdAt !== now.waIdAt || old.bsuids.length !== now.bsuids.length;
}
