import { recordOptOuts } from "../consent/service.ts";
import { holdContact } from "../contacts/service.ts";
import type { Fingerprint } from "../contacts/fingerprint.ts";
import { forgetContact } from "../contacts/forget.ts";
import { eraseConversations, eraseUnknownFacts } from "../messaging/erase.ts";
import type { Tx } from "../platform/db.ts";
import { eraseDeliveries } from "../platform/deliveries.ts";
import { emit } from "../platform/events.ts";

export type ErasureRequest = {
  readonly workspaceId: string;
  readonly contactId: string;
  /** The connection from whose CRM the wish came. */
  readonly connectionId: string;
  /** ISO 8601. */
  readonly at: string;
  /** Names the request, so that hearing of it again adds nothing. */
  readonly id: string;
};

/**
 * Forgets a person (GDPR Art. 17): nothing is sent any more, what was said is overwritten, files go, then the names. What remains
 * is the proof that they want no messages (Art. 17 (3) e) under a keyed fingerprint of the number, so that the number, should it
 * come back, is still refused. Entries in CRMs follow by the event `contact.erased`. For the system role.
 */
export async function erasePerson(tx: Tx, request: ErasureRequest, fingerprint: Fingerprint): Promise<void> {
  const { workspaceId, contactId, connectionId, at, id } = request;
  if (!(await holdContact(tx, workspaceId, contactId))) return;
  const said = { method: "erasure", scope: "everything", occurredAt: at, wording: "" } as const;
  await recordOptOuts(tx, [
    { workspaceId, contactId, ...said, evidence: { connection: connectionId }, sourceKey: `erasure ${id}` },
  ]);
  await eraseConversations(tx, { workspaceId, contactId });
  const { names } = await forgetContact(tx, { workspaceId, contactId }, fingerprint);
  await eraseUnknownFacts(tx, workspaceId, names);
  await eraseDeliveries(tx, names);
  await emit(tx, [{ name: "contact.erased", workspaceId, payload: { contactId } }]);
}
