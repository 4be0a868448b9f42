import { readCrmSettings } from "@aparte/core/crm-settings.ts";
import { logKey } from "@aparte/crm/log-entry.ts";
import { sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { rows, type Tx } from "../platform/db.ts";
import type { EventRow } from "../platform/events.ts";
import { wakeLogs, type LogNews, type LogPlace } from "./log-queue.ts";

/** A consent that was given or withdrawn, in a CRM where the person has a record. */
type Told = LogPlace & {
  readonly actId: string;
  readonly occurredAt: string;
  readonly actor: string | null;
  readonly settings: unknown;
};

/**
 * A consent that is given or withdrawn gets an entry of its own in every CRM in which the person has a record, whatever is
 * logged otherwise: it is a proof. What was given or withdrawn in one act is told once. What was taken back as a slip goes from
 * the CRM as well.
 */
export async function queueConsents(tx: Tx, events: readonly EventRow[]): Promise<void> {
  const changed = events.flatMap(({ name, workspaceId, payload }) =>
    name === "consent.changed" && "consentEntryId" in payload ? [{ workspaceId, id: payload.consentEntryId }] : [],
  );
  if (changed.length === 0) return;
  const told = await tx.execute<Told>(sql`
    select distinct e.workspace_id as "workspaceId", l.connection_id as "connectionId", l.contact_id as "contactId",
      e.act_id as "actId", e.occurred_at as "occurredAt", e.actor, c.settings
    from jsonb_to_recordset(${rows(changed)}) as r("workspaceId" uuid, id uuid)
    join consent_entries e on e.workspace_id = r."workspaceId" and e.id = r.id and e.action <> 'annulled'
    join contacts p on p.workspace_id = e.workspace_id and p.id = e.contact_id
    join crm_links l on l.workspace_id = p.workspace_id and l.contact_id = coalesce(p.merged_into, p.id)
      and l.role = 'person' and not l.excluded
    join crm_connections c on c.workspace_id = l.workspace_id and c.id = l.connection_id`);
  const wanted = told.filter(({ settings }) => readCrmSettings(settings).consentEntries);
  const fresh = wanted.map(({ workspaceId, connectionId, contactId, actId, occurredAt, actor }) => {
    const kind = "consent" as const;
    const key = logKey({ workspaceId, kind, contactId, channelId: null, subject: actId });
    const place = { workspaceId, connectionId, contactId, conversationId: null };
    return {
      id: uuidv7(),
      ...place,
      kind,
      subjectId: actId,
      logKey: key,
      startedAt: occurredAt,
      writer: actor,
    };
  });
  await wakeLogs(tx, { fresh, news: await annulledLogs(tx, changed) });
}

/** The entries in CRMs of acts that these ones annul. */
async function annulledLogs(
  tx: Tx,
  changed: readonly { readonly workspaceId: string; readonly id: string }[],
): Promise<LogNews[]> {
  const found = await tx.execute<Omit<LogNews, "text" | "writer">>(sql`
    select distinct g.workspace_id as "workspaceId", g.id
    from jsonb_to_recordset(${rows(changed)}) as r("workspaceId" uuid, id uuid)
    join consent_entries e on e.workspace_id = r."workspaceId" and e.id = r.id
    join consent_entries slip on slip.workspace_id = e.workspace_id and slip.id = e.annuls
    join crm_logs g on g.workspace_id = slip.workspace_id and g.contact_id = slip.contact_id and g.kind = 'consent'
      and g.subject_id = slip.act_id`);
  return found.map((log) => ({ ...log, text: true, writer: null }));
}
