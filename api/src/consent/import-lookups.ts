import { sql } from "drizzle-orm";
import type { Fingerprint } from "../contacts/fingerprint.ts";
import { rows, type Tx } from "../platform/db.ts";

/** Which of these numbers (canonical) belonged to people who were forgotten. They are not brought back by a file. */
export async function forgottenAmong(
  tx: Tx,
  workspaceId: string,
  waIds: readonly string[],
  fingerprint: Fingerprint,
): Promise<Set<string>> {
  const list = waIds.map((waId) => ({ waId, print: fingerprint(workspaceId, waId) }));
  const found = await tx.execute<{ waId: string }>(sql`
    select r."waId" from jsonb_to_recordset(${rows(list)}) as r("waId" text, print text)
    join contacts_fingerprints f on f.workspace_id = ${workspaceId} and f.fingerprint = r.print`);
  return new Set(found.map(({ waId }) => waId));
}

/** The contacts that these numbers have already. */
export async function contactsAmong(
  tx: Tx,
  workspaceId: string,
  waIds: readonly string[],
): Promise<Map<string, string>> {
  const found = await tx.execute<{ waId: string; id: string }>(sql`
    select c.wa_id as "waId", c.id from jsonb_to_recordset(${rows(waIds.map((waId) => ({ waId })))}) as r("waId" text)
    join contacts c on c.workspace_id = ${workspaceId} and c.wa_id = r."waId"`);
  return new Map(found.map(({ waId, id }) => [waId, id]));
}

/** Who said no to what. */
export type OptedOut = {
  /** @param channelId null asks about all numbers of the workspace together. */
  has(contactId: string, purpose: string, channelId: string | null): boolean;
};

export async function optedOutAmong(tx: Tx, workspaceId: string, contactIds: readonly string[]): Promise<OptedOut> {
  const found = await tx.execute<{
    contactId: string;
    purpose: string;
    channelId: string | null;
    atWhatsapp: boolean;
  }>(sql`
    select s.contact_id as "contactId", s.purpose, s.channel_id as "channelId" from consent_states s
    join jsonb_to_recordset(${rows(contactIds.map((id) => ({ id })))}) as r(id uuid) on r.id = s.contact_id
    where s.workspace_id = ${workspaceId} and s.state = 'opted_out'`);
  const keys = new Set(found.map(({ contactId, purpose, channelId }) => `${contactId} ${purpose} ${channelId}`));
  return {
    has: (contactId, purpose, channelId) =>
      keys.has(`${contactId} ${purpose} null`) || keys.has(`${contactId} ${purpose} ${channelId}`),
  };
}

/** Which evidence stands in the ledger already and counts. */
export async function knownPrints(tx: Tx, workspaceId: string, prints: readonly string[]): Promise<Set<string>> {
  const found = await tx.execute<{ print: string }>(sql`
    select e.print from jsonb_to_recordset(${rows(prints.map((print) => ({ print })))}) as r(print text)
    join consent_import_evidence e on e.workspace_id = ${workspaceId} and e.print = r.print`);
  return new Set(found.map(({ print }) => print));
}
