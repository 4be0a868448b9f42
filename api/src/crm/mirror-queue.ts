import type { CrmMissing, CrmResult } from "@aparte/crm/outcome.ts";
import type { MirrorConsent } from "@aparte/crm/record.ts";
import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import { sql } from "drizzle-orm";
import { rows, type Tx } from "../platform/db.ts";
import type { Connection } from "./connections.ts";
import type { SessionFailure } from "./session.ts";

/** A given or withdrawn consent is copied at once; the last contact while people chat at most this often, in seconds. */
const waitSeconds = { consent: 0, contact: 60 } as const;
const leaseSeconds = 120;
/** What the CRM refuses is tried again after an hour: somebody may have mended the reason. */
const refusedSeconds = 3600;

export type MirrorNews = {
  readonly workspaceId: string;
  readonly contactId: string;
  readonly what: keyof typeof waitSeconds;
};

/** Queues people with news, in the connections that copy them and know a record of theirs. */
export async function queueMirrors(tx: Tx, news: readonly MirrorNews[]): Promise<void> {
  if (news.length === 0) return;
  const list = news.map(({ what, ...person }) => ({ ...person, wait: waitSeconds[what] }));
  await tx.execute(sql`
    insert into crm_mirrors as q (workspace_id, connection_id, contact_id, due_at)
    select l.workspace_id, l.connection_id, l.contact_id, now() + make_interval(secs => min(r.wait))
    from jsonb_to_recordset(${rows(list)}) as r("workspaceId" uuid, "contactId" uuid, wait integer)
    join crm_links l on l.workspace_id = r."workspaceId" and l.contact_id = r."contactId" and l.role = 'person'
      and not l.excluded
    join crm_connections c on c.workspace_id = l.workspace_id and c.id = l.connection_id and c.mirrors
      and c.state = 'connected'
    group by 1, 2, 3 order by 1, 2, 3
    on conflict (workspace_id, connection_id, contact_id) do update set told = q.told + 1,
      due_at = least(q.due_at, excluded.due_at)`);
}

/** Queues everybody who is linked to a record of the connection, for fields that may have been made anew. */
export async function mirrorAll(tx: Tx, { workspaceId, id }: Pick<Connection, "workspaceId" | "id">): Promise<void> {
  await tx.execute(sql`
    update crm_records set mirrored_consent = null
    where workspace_id = ${workspaceId} and connection_id = ${id} and mirrored_consent is not null`);
  await tx.execute(sql`
    insert into crm_mirrors (workspace_id, connection_id, contact_id)
    select distinct workspace_id, connection_id, contact_id from crm_links
    where workspace_id = ${workspaceId} and connection_id = ${id} and role = 'person' and not excluded
    on conflict (workspace_id, connection_id, contact_id) do update set due_at = now(), attempts = 0`);
}

export type ClaimedMirror = {
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly contactId: string;
  readonly told: number;
  readonly attempts: number;
};

/** Takes the person who has been due longest; null when nobody is. */
export async function claimMirror(tx: Tx): Promise<ClaimedMirror | null> {
  const [found] = await tx.execute<ClaimedMirror>(sql`
    update crm_mirrors q set due_at = now() + make_interval(secs => ${leaseSeconds}), attempts = q.attempts + 1
    from (
      select m.workspace_id, m.connection_id, m.contact_id from crm_mirrors m
      join crm_connections c on c.workspace_id = m.workspace_id and c.id = m.connection_id and c.state = 'connected'
        and c.mirrors
      where m.due_at <= now() and coalesce(greatest(c.paused_until, c.background_paused_until) <= now(), true)
      order by m.due_at limit 1 for update of m skip locked
    ) d
    where q.workspace_id = d.workspace_id and q.connection_id = d.connection_id and q.contact_id = d.contact_id
    returning q.workspace_id as "workspaceId", q.connection_id as "connectionId", q.contact_id as "contactId", q.told,
      q.attempts`);
  return found ?? null;
}

/** Notes how a copy ended; news that came meanwhile are due after the usual wait. */
export async function settleMirror(
  tx: Tx,
  { workspaceId, connectionId, contactId, told, attempts }: ClaimedMirror,
  outcome: CrmResult<object> | CrmMissing | SessionFailure,
): Promise<void> {
  const again = Math.min(5 * 2 ** (attempts - 1), refusedSeconds);
  const settled = {
    done: sql`attempts = 0, problem = null, written_at = now(),
      due_at = case when told <> ${told} then now() + make_interval(secs => ${waitSeconds.contact}) end`,
    refused: sql`problem = ${"reason" in outcome ? outcome.reason : null},
      due_at = now() + make_interval(secs => ${refusedSeconds})`,
    later: sql`due_at = now() + make_interval(secs => ${Math.max(again, "retryAfterMs" in outcome ? outcome.retryAfterMs / 1000 : 0)})`,
  };
  const how =
    outcome.outcome === "done" || outcome.outcome === "not_found"
      ? settled.done
      : outcome.outcome === "refused"
        ? settled.refused
        : settled.later;
  await tx.execute(sql`
    update crm_mirrors set ${how}
    where workspace_id = ${workspaceId} and connection_id = ${connectionId} and contact_id = ${contactId}`);
}

type Place = Pick<ClaimedMirror, "workspaceId" | "connectionId">;

/** What the last copy said of consent on a record; null when there was none. */
export async function loadWritten(tx: Tx, place: Place, ref: CrmRecordRef): Promise<MirrorConsent | null> {
  const [found] = await tx.execute<{ consent: MirrorConsent | null }>(sql`
    select mirrored_consent as consent from crm_records
    where workspace_id = ${place.workspaceId} and connection_id = ${place.connectionId}
      and record_type = ${ref.type} and record_id = ${ref.id}`);
  return found?.consent ?? null;
}

/** Notes what a copy said of consent. */
export async function saveWritten(
  tx: Tx,
  copy: Place & { readonly ref: CrmRecordRef; readonly values: { readonly consent: MirrorConsent } },
): Promise<void> {
  await tx.execute(sql`
    update crm_records set mirrored_consent = ${JSON.stringify(copy.values.consent)}::text::jsonb
    where workspace_id = ${copy.workspaceId} and connection_id = ${copy.connectionId}
      and record_type = ${copy.ref.type} and record_id = ${copy.ref.id}`);
}
