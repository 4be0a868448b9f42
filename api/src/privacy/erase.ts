import type { ErasePersonInput } from "@aparte/core/privacy.ts";
import { refused, type Outcome } from "@aparte/core/result.ts";
import { loadEntries } from "../consent/entries.ts";
import { forgetListed } from "../consent/import-forget.ts";
import { forgetReviews } from "../consent/reviews.ts";
import { forgetProofs, recordOptOuts } from "../consent/service.ts";
import type { Fingerprint } from "../contacts/fingerprint.ts";
import { forgetContact, isolateContact } from "../contacts/forget.ts";
import { loadKeeping } from "../contacts/restrict.ts";
import { loadContact } from "../contacts/service.ts";
import { forgetRecords } from "../crm/forget.ts";
import { forgetFiles } from "../media/forget.ts";
import { eraseConversations, eraseUnknownFacts } from "../messaging/erase.ts";
import type { Tx } from "../platform/db.ts";
import { eraseDeliveries } from "../platform/deliveries.ts";
import { emit } from "../platform/events.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { forgetReasons, noteAct } from "./acts.ts";
import { giveUpExports } from "./exports.ts";

/**
 * An administrator has a person forgotten (GDPR Art. 17), and proves by hand that this one is meant: by the last four digits of
 * the number, or by the name of one who hides it. It cannot be taken back.
 */
export function askErasure(
  ctx: MemberContext,
  { contactId, confirmation, reason }: ErasePersonInput,
): Promise<Outcome<object>> {
  const { workspaceId, userId: actor } = ctx.actor;
  return ctx.database.inWorkspace(workspaceId, async (tx) => {
    const contact = await loadContact(tx, workspaceId, contactId);
    const keeping = await loadKeeping(tx, workspaceId, contactId);
    if (!contact || !keeping) return refused("contacts.not_found");
    if (keeping.heldAt !== null) return refused("contacts.held");
    const expected = contact.waId?.slice(-4) ?? contact.name;
    if (expected === null || !isSame(confirmation, expected)) return refused("privacy.confirmation_wrong");
    await noteAct(tx, { workspaceId, contactId, kind: "erased", actor, reason, at: ctx.now() });
    await emit(tx, [{ name: "contact.erasure_asked", workspaceId, actor, payload: { contactId, connectionId: null } }]);
    return { ok: true };
  });
}

function isSame(typed: string, expected: string): boolean {
  return typed.localeCompare(expected.trim(), undefined, { sensitivity: "base" }) === 0;
}

export type ErasureRequest = {
  readonly workspaceId: string;
  readonly contactId: string;
  /** The connection from whose CRM the wish came; null: an administrator's own decision. */
  readonly connectionId: string | null;
  /** ISO 8601. */
  readonly at: string;
  /** Names the request, so that hearing of it again adds nothing. */
  readonly id: string;
};

/**
 * Forgets a person (GDPR Art. 17): nothing is sent any more, what was said is overwritten, files go, then words and proofs, then
 * the names. What remains is the fact that they want no messages (Art. 17 (3) e) under keyed fingerprints of the number and the
 * WhatsApp ids, so that either, should it come back, is still refused. Entries in CRMs follow by the event `contact.erased`.
 * Somebody whose data is held for a legal claim is not forgotten before that ends; nothing is sent to them all the same. For the
 * system role.
 */
export async function erasePerson(tx: Tx, request: ErasureRequest, fingerprint: Fingerprint): Promise<void> {
  const { workspaceId, contactId, connectionId, at, id } = request;
  // Before the fence is closed, as all who write about people do.
  if (!(await isolateContact(tx, request))) return;
  const said = {
    method: "erasure",
    scope: "everything",
    channelId: null,
    occurredAt: at,
    wording: "",
    language: null,
  } as const;
  const evidence = connectionId === null ? {} : { connection: connectionId };
  await recordOptOuts(tx, [{ workspaceId, contactId, ...said, evidence, sourceKey: `erasure ${id}` }]);
  if ((await loadKeeping(tx, workspaceId, contactId))?.heldAt != null) return;
  await forgetPerson(tx, { workspaceId, contactId }, fingerprint);
}

/** Removes all that tells who a person is and what was said with them, and leaves their fingerprints. For the system role. */
export async function forgetPerson(
  tx: Tx,
  person: { readonly workspaceId: string; readonly contactId: string },
  fingerprint: Fingerprint,
): Promise<void> {
  const { workspaceId, contactId } = person;
  await eraseConversations(tx, person, fingerprint);
  await forgetProofFiles(tx, person);
  await forgetProofs(tx, person);
  await forgetReviews(tx, person);
  await forgetReasons(tx, person);
  await giveUpExports(tx, person);
  await forgetRecords(tx, person);
  const { ids, names } = await forgetContact(tx, person, fingerprint);
  await forgetListed(
    tx,
    person,
    ids.filter((id) => /^\d+$/.test(id)),
  );
  await eraseUnknownFacts(tx, workspaceId, [...ids, ...names]);
  await eraseDeliveries(tx, [...ids, ...names]);
  await emit(tx, [{ name: "contact.erased", workspaceId, payload: { contactId } }]);
}

/** Gives up the scans and recordings that prove a person's consents. */
async function forgetProofFiles(
  tx: Tx,
  { workspaceId, contactId }: { readonly workspaceId: string; readonly contactId: string },
): Promise<void> {
  const entries = await loadEntries(tx, workspaceId, contactId);
  await forgetFiles(
    tx,
    entries.flatMap(({ evidence }) =>
      evidence["fileId"] === undefined ? [] : [{ workspaceId, id: evidence["fileId"] }],
    ),
  );
}
