import type { RecordHit } from "@aparte/crm/record.ts";
import { loadContact, renameContacts } from "../contacts/service.ts";
import type { Deps } from "../platform/context.ts";
import type { Tx } from "../platform/db.ts";
import { loadConnection, type Connection } from "./connections.ts";
import { recordsOf } from "./elsewhere.ts";
import { fieldOf, link, loadLinksOf } from "./links.ts";
import { claimLookup, settleLookup, type ClaimedLookup } from "./lookup-queue.ts";
import { readSoon } from "./change-queue.ts";
import { holdsNumbers, saveGlimpses, waIdsOf } from "./records.ts";
import { inBackground } from "./session.ts";

/** Asks one CRM about one person whose time has come. Returns whether there was one. */
export async function lookUpNext(deps: Deps): Promise<boolean> {
  const lookup = await deps.database.system.transaction(claimLookup);
  if (!lookup) return false;
  const { workspaceId, connectionId, contactId } = lookup;
  const settle = (retryAfterMs: number | null) =>
    deps.database.inWorkspace(workspaceId, (tx) => settleLookup(tx, lookup, retryAfterMs));
  const place = await deps.database.inWorkspace(workspaceId, async (tx) => ({
    contact: await loadContact(tx, workspaceId, contactId),
    connection: await loadConnection(tx, workspaceId, connectionId),
  }));
  const waId = place.contact?.waId ?? null;
  const { connection } = place;
  if (waId === null || !connection) {
    await settle(null);
    return true;
  }
  const answer = await inBackground(deps, workspaceId, connectionId, ({ adapter, session }) =>
    adapter.findByPhone(session, connection.account, `+${waId}`),
  );
  if (answer.outcome !== "done") {
    await settle(answer.outcome === "later" ? answer.retryAfterMs : 0);
    return true;
  }
  await deps.database.inWorkspace(workspaceId, async (tx) => {
    await learn(tx, connection, { contactId, waId }, answer.hits);
    await settleLookup(tx, lookup satisfies ClaimedLookup, null);
  });
  return true;
}

/**
 * Keeps the records that hold the number, and links the person when it is one alone. The CRM compares loosely, so each hit's
 * own numbers are compared here: two countries share national numbers. Of several nobody is guessed; they are shown.
 */
async function learn(
  tx: Tx,
  connection: Connection,
  person: { readonly contactId: string; readonly waId: string },
  hits: readonly RecordHit[],
): Promise<void> {
  const { workspaceId } = connection;
  const { contactId, waId } = person;
  const theirs = hits.filter(({ ref, phones }) => holdsNumbers(ref) && waIdsOf(phones).includes(waId));
  await saveGlimpses(tx, connection, theirs);
  const known = (await recordsOf(tx, workspaceId, person)).filter(({ connectionId }) => connectionId === connection.id);
  const links = await loadLinksOf(tx, connection, contactId);
  const [only] = known;
  if (!only || known.length > 1 || links.some(({ role }) => role === "person")) return;
  const { ref, name, phones } = only;
  const found = { role: "person", reason: "only_match", field: fieldOf(phones, waId), opened: false } as const;
  await link(tx, { connection, ref, contactId, ...found, actor: null });
  await renameContacts(tx, workspaceId, [contactId], { before: null, now: name });
  await readSoon(tx, connection, [ref]);
}
