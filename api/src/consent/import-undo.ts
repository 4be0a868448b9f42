import type { ConsentPurpose } from "@aparte/core/consent.ts";
import { sql } from "drizzle-orm";
import type { Deps } from "../platform/context.ts";
import { inSpiteOfOthers, rows, type Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import { keepContacts } from "../contacts/service.ts";
import { appendEntries } from "./append.ts";
import { holdImport, saveProgress, type ClaimedImport } from "./import-claim.ts";
import type { Until } from "./import-work.ts";

/** Entries of one transaction: sends under way to each of these people are waited for. */
const batchEntries = 500;

/** Voids all that an import gave, batch by batch: nothing is deleted from the ledger, entries that annul follow. */
export async function undoAll(deps: Deps, claimed: ClaimedImport, until: Until): Promise<void> {
  let { position } = claimed.progress;
  for (;;) {
    const from = position;
    const undone = await inSpiteOfOthers(() => undoBatch(deps, claimed, from));
    position += undone;
    if (undone === 0 || until.stopping) return;
  }
}

type Given = {
  readonly id: string;
  readonly contactId: string;
  readonly purpose: ConsentPurpose;
  readonly channelId: string | null;
};

function undoBatch(deps: Deps, claimed: ClaimedImport, position: number): Promise<number> {
  const { workspaceId, id, actor, progress } = claimed;
  return deps.database.inWorkspace(workspaceId, async (tx) => {
    await holdImport(tx, claimed);
    const given = await takeEvidence(tx, claimed);
    if (given.length === 0) {
      await tx.execute(sql`
        delete from consent_import_rows where workspace_id = ${workspaceId} and import_id = ${id} and outcome = 'quarantined'`);
      await saveProgress(tx, claimed, { ...progress, position }, sql`, state = 'undone', undo_until = null`);
      await emit(tx, [
        { name: "consent.import_changed", workspaceId, actor, payload: { importId: id, state: "undone" } },
      ]);
      return 0;
    }
    const said = { action: "annulled", method: "import", expiresAt: null, wording: "", language: null } as const;
    await keepContacts(
      tx,
      given.map(({ contactId }) => ({ workspaceId, contactId })),
    );
    await appendEntries(
      tx,
      given.map(({ id: annuls, ...entry }) => ({
        ...entry,
        ...said,
        workspaceId,
        actor,
        annuls,
        occurredAt: deps.now().toISOString(),
        evidence: { import: id },
        sourceKey: `annulled ${annuls}`,
      })),
    );
    await saveProgress(tx, claimed, { ...progress, position: position + given.length });
    return given.length;
  });
}

/** The same evidence may be imported anew after that. */
async function takeEvidence(tx: Tx, { workspaceId, id }: ClaimedImport): Promise<Given[]> {
  const taken = await tx.execute<{ entryId: string }>(sql`
    delete from consent_import_evidence e where e.workspace_id = ${workspaceId} and e.print in (
      select print from consent_import_evidence
      where workspace_id = ${workspaceId} and import_id = ${id} limit ${batchEntries})
    returning e.entry_id as "entryId"`);
  const found = await tx.execute<Given>(sql`
    select e.id, e.contact_id as "contactId", e.purpose, e.channel_id as "channelId"
    from jsonb_to_recordset(${rows(taken)}) as r("entryId" uuid)
    join consent_entries e on e.workspace_id = ${workspaceId} and e.id = r."entryId"`);
  return [...found];
}
