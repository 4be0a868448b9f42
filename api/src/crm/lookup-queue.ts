import { sql, type SQL } from "drizzle-orm";
import { keepContacts } from "../contacts/service.ts";
import { rows, type Tx } from "../platform/db.ts";

/**
 * Has every living connection asked whether it knows a person's number, at most once a day. A person who hides their number
 * cannot be asked about.
 */
export async function askWhoKnows(tx: Tx, workspaceId: string, contactId: string): Promise<void> {
  await ask(tx, [{ workspaceId, contactId }], sql`true`);
}

type Person = { readonly workspaceId: string; readonly contactId: string };

/** Has the connections that know no record of these people, of any workspace, asked for one. */
export async function askAboutStrangers(tx: Tx, people: readonly Person[]): Promise<void> {
  const unknown = sql`not exists (
    select from crm_links l where l.workspace_id = c.workspace_id and l.connection_id = c.id and l.contact_id = p.id
      and l.role = 'person')`;
  await ask(tx, people, unknown);
}

async function ask(tx: Tx, people: readonly Person[], where: SQL): Promise<void> {
  await keepContacts(tx, people);
  await tx.execute(sql`
    insert into crm_lookups as k (workspace_id, connection_id, contact_id)
    select distinct c.workspace_id, c.id, p.id
    from jsonb_to_recordset(${rows(people)}) as r("workspaceId" uuid, "contactId" uuid)
    join contacts p on p.workspace_id = r."workspaceId" and p.id = r."contactId" and p.wa_id is not null
    join crm_connections c on c.workspace_id = p.workspace_id and c.state = 'connected'
    where ${where} order by 1, 2, 3
    on conflict (workspace_id, connection_id, contact_id) do update set due_at = now(), attempts = 0
    where k.due_at is null and k.looked_at < now() - interval '1 day'`);
}

export type ClaimedLookup = {
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly contactId: string;
  readonly attempts: number;
};

const leaseSeconds = 120;

/** Takes the question that has been due longest; null when none is. */
export async function claimLookup(tx: Tx): Promise<ClaimedLookup | null> {
  const [found] = await tx.execute<ClaimedLookup>(sql`
    update crm_lookups k set due_at = now() + make_interval(secs => ${leaseSeconds}), attempts = k.attempts + 1
    from (
      select l.workspace_id, l.connection_id, l.contact_id from crm_lookups l
      join crm_connections c on c.workspace_id = l.workspace_id and c.id = l.connection_id and c.state = 'connected'
      where l.due_at <= now() and coalesce(greatest(c.paused_until, c.background_paused_until) <= now(), true)
      order by l.due_at limit 1 for update of l skip locked
    ) d
    where k.workspace_id = d.workspace_id and k.connection_id = d.connection_id and k.contact_id = d.contact_id
    returning k.workspace_id as "workspaceId", k.connection_id as "connectionId", k.contact_id as "contactId", k.attempts`);
  return found ?? null;
}

/** Notes that the answer is there, or when to ask again. */
export async function settleLookup(tx: Tx, lookup: ClaimedLookup, retryAfterMs: number | null): Promise<void> {
  const seconds = Math.max((retryAfterMs ?? 0) / 1000, Math.min(5 * 2 ** (lookup.attempts - 1), 3600));
  const settled =
    retryAfterMs === null
      ? sql`due_at = null, looked_at = now()`
      : sql`due_at = now() + make_interval(secs => ${seconds})`;
  await tx.execute(sql`
    update crm_lookups set ${settled}
    where workspace_id = ${lookup.workspaceId} and connection_id = ${lookup.connectionId}
      and contact_id = ${lookup.contactId}`);
}
