import type { RecordSignal } from "@aparte/core/crm-match.ts";
import { sql } from "drizzle-orm";
import { loadConsent } from "../consent/entries.ts";
import { recordOptOuts } from "../consent/service.ts";
import type { Tx } from "../platform/db.ts";
import type { Connection } from "./connections.ts";
import { loadLinks } from "./links.ts";
import type { StoredRecord } from "./records.ts";

/** What each word of the CRM means for consent here; the others are for people to read. */
const scopes = { opted_out: "marketing", no_processing: "everything" } as const;

type Reading = { readonly connection: Connection; readonly record: StoredRecord; readonly now: Date };

/**
 * Takes consent back where a field of a person's own record says so, once for each time that it was said. Somebody who has opted
 * out already has nothing to take back: the field may be our own copy. A field never grants anything.
 */
export async function applySignals(tx: Tx, { connection, record, now }: Reading): Promise<void> {
  const spoken = record.signals.flatMap((signal) => {
    const scope = signal.kind === "opted_out" || signal.kind === "no_processing" ? scopes[signal.kind] : null;
    return scope === null ? [] : [{ ...signal, scope }];
  });
  if (spoken.length === 0) return;
  const { workspaceId, id: connectionId } = connection;
  const links = await loadLinks(tx, connection, [record.ref]);
  for (const { contactId } of links.filter(({ role, excluded }) => role === "person" && !excluded)) {
    const consent = await loadConsent(tx, { workspaceId, contactId, channelId: null }, now);
    for (const { kind, field, scope, since } of spoken) {
      const ended = scope === "marketing" ? consent.marketing : consent.service;
      const isOut = ended.state === "opted_out";
      if (isOut) continue;
      const source = ["crm", connectionId, record.ref.type, record.ref.id, kind, since, contactId].join(" ");
      const evidence = { crm: connection.crm, record: `${record.ref.type}/${record.ref.id}` };
      const said = { method: "crm", scope, occurredAt: since, wording: field, evidence, sourceKey: source } as const;
      await recordOptOuts(tx, [{ workspaceId, contactId, channelId: null, language: null, ...said }]);
    }
  }
}

/** What fields of a person's own records say now, in every connected CRM, each word once. */
export function loadSignals(tx: Tx, workspaceId: string, contactId: string): Promise<RecordSignal[]> {
  return tx.execute<RecordSignal>(sql`
    select distinct c.crm, said.kind, said.field
    from crm_links l
    join crm_connections c on c.workspace_id = l.workspace_id and c.id = l.connection_id and c.state = 'connected'
    join crm_records rec on rec.workspace_id = l.workspace_id and rec.connection_id = l.connection_id
      and rec.record_type = l.record_type and rec.record_id = l.record_id and rec.state = 'live'
    cross join jsonb_to_recordset(rec.signals) as said(kind text, field text)
    where l.workspace_id = ${workspaceId} and l.contact_id = ${contactId} and l.role = 'person' and not l.excluded
    order by 1, 2, 3`);
}
