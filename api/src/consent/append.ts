import type { ConsentAction, ConsentEntry } from "@aparte/core/consent.ts";
import { sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { rows, type Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import { closeFence } from "./fence.ts";
import { refoldStates } from "./states.ts";

/** What is to be written down. `sourceKey` names its source within the workspace: hearing of it again adds nothing. */
export type NewEntry = Omit<ConsentEntry, "id" | "recordedAt"> & {
  readonly workspaceId: string;
  readonly contactId: string;
  readonly sourceKey: string;
};

/** An entry that was new. */
export type Added = {
  readonly workspaceId: string;
  readonly contactId: string;
  readonly id: string;
  readonly actId: string;
};

/** What may end a permission: sends under way to the person finish first, and none begins before it is written. */
const restricting: ReadonlySet<ConsentAction> = new Set(["withdrawn", "expired", "annulled"]);

/**
 * The only way into the ledger: adds what is new, in one go for any number of people, and tells of it. The proof is kept
 * beside the entry, which holds a salted digest of it.
 */
export async function appendEntries(tx: Tx, entries: readonly NewEntry[]): Promise<Added[]> {
  if (entries.length === 0) return [];
  const ending = entries.filter(({ action }) => restricting.has(action));
  if (ending.length > 0) await closeFence(tx, ending);
  const added = await tx.execute<Added>(sql`
    with told as materialized (
      select r.*, uuid_send(gen_random_uuid()) as salt
      from jsonb_to_recordset(${rows(withActs(entries))}) as r(
        "workspaceId" uuid, id uuid, "contactId" uuid, "actId" uuid, purpose text, "channelId" uuid, action text, method text,
        "occurredAt" timestamptz, "expiresAt" timestamptz, wording text, language text, evidence jsonb, actor text, annuls uuid,
        "sourceKey" text)),
    added as (
      insert into consent_entries (workspace_id, id, contact_id, act_id, purpose, channel_id, action, method, occurred_at,
        expires_at, language, actor, annuls, source_key, commitment)
      select "workspaceId", id, "contactId", "actId", purpose, "channelId", action, method, "occurredAt", "expiresAt", language,
        actor, annuls, "sourceKey", consent_commitment(salt, wording, evidence)
      from told
      on conflict (workspace_id, source_key) do nothing
      returning workspace_id, id, contact_id, act_id),
    proven as (
      insert into consent_proofs (workspace_id, entry_id, salt, wording, evidence)
      select a.workspace_id, a.id, t.salt, t.wording, t.evidence from added a join told t on t.id = a.id)
    select workspace_id as "workspaceId", contact_id as "contactId", id, act_id as "actId" from added`);
  await refoldStates(tx, added);
  const actor = entries[0]?.actor ?? null;
  await emit(
    tx,
    added.map(({ workspaceId, contactId, id }) => ({
      name: "consent.changed" as const,
      workspaceId,
      actor,
      payload: { contactId, consentEntryId: id },
    })),
  );
  return added;
}

/** What is said of one person in the same words at the same moment is one act, whatever the number of purposes. */
function withActs(entries: readonly NewEntry[]) {
  const acts = new Map<string, string>();
  return entries.map((entry) => {
    const { workspaceId, contactId, action, method, occurredAt, wording, actor } = entry;
    const key = JSON.stringify([workspaceId, contactId, action, method, occurredAt, wording, actor]);
    const id = uuidv7();
    const actId = acts.get(key) ?? id;
    acts.set(key, actId);
    return { ...entry, id, actId };
  });
}
