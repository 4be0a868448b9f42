import { readCrmSettings } from "@aparte/core/crm-settings.ts";
import { logKey } from "@aparte/crm/log-entry.ts";
import { sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { rows, type Tx } from "../platform/db.ts";
import type { EventRow } from "../platform/events.ts";
import { wakeLogs, type LogPlace } from "./log-queue.ts";

/** A consent that was given or withdrawn, in a CRM where the person has a record. */
type Told = LogPlace & {
  readonly consentEventId: string;
  readonly occurredAt: string;
  readonly actor: string | null;
  readonly settings: unknown;
};

/**
 * A consent that is given or withdrawn gets an entry of its own in every CRM in which the person has a record, whatever is
 * logged otherwise: it is a proof. What was given or withdrawn in one act is told once, by the event that was written first.
 */
export async function queueConsents(tx: Tx, events: readonly EventRow[]): Promise<void> {
  const changed = events.flatMap(({ name, workspaceId, payload }) =>
    name === "consent.changed" && "consentEventId" in payload ? [{ workspaceId, id: payload.consentEventId }] : [],
  );
  if (changed.length === 0) return;
  const told = await tx.execute<Told>(sql`
    select distinct first.workspace_id as "workspaceId", l.connection_id as "connectionId", l.contact_id as "contactId",
      first.id as "consentEventId", first.occurred_at as "occurredAt", first.actor, c.settings
    from jsonb_to_recordset(${rows(changed)}) as r("workspaceId" uuid, id uuid)
    join consent_events e on e.workspace_id = r."workspaceId" and e.id = r.id
    join lateral (
      select s.* from consent_events s where s.workspace_id = e.workspace_id and s.contact_id = e.contact_id
        and s.action = e.action and s.method = e.method and s.occurred_at = e.occurred_at and s.wording = e.wording
        and s.actor is not distinct from e.actor
      order by s.id limit 1) first on true
    join contacts p on p.workspace_id = e.workspace_id and p.id = e.contact_id
    join crm_links l on l.workspace_id = p.workspace_id and l.contact_id = coalesce(p.merged_into, p.id)
      and l.role = 'person' and not l.excluded
    join crm_connections c on c.workspace_id = l.workspace_id and c.id = l.connection_id`);
  const wanted = told.filter(({ settings }) => readCrmSettings(settings).consentEntries);
  const fresh = wanted.map(({ workspaceId, connectionId, contactId, consentEventId, occurredAt, actor }) => {
    const kind = "consent" as const;
    const key = logKey({ workspaceId, kind, contactId, channelId: null, subject: consentEventId });
    const place = { workspaceId, connectionId, contactId, conversationId: null };
    return {
      id: uuidv7(),
      ...place,
      kind,
      subjectId: consentEventId,
      logKey: key,
      startedAt: occurredAt,
      writer: actor,
    };
  });
  await wakeLogs(tx, { fresh, news: [] });
}
