import type { RepairView } from "@aparte/core/crm-health.ts";
import { refused, type Outcome } from "@aparte/core/result.ts";
import { roleAllows } from "@aparte/core/roles.ts";
import { sql } from "drizzle-orm";
import { loadContact } from "../contacts/service.ts";
import { emit } from "../platform/events.ts";
import type { MemberContext } from "../platform/trpc.ts";

export type RepairInput = {
  /** Whose entries: of one connection, of one person, or of one person in one connection. */
  readonly connectionId?: string | undefined;
  readonly contactId?: string | undefined;
  /** Whether entries that somebody deleted in the CRM are written anew as well. */
  readonly gone: boolean;
};

/** Writes again what the CRM refused, once somebody has mended the reason, and on request what was deleted there. */
export async function repair({ database, actor }: MemberContext, input: RepairInput): Promise<Outcome<RepairView>> {
  const { workspaceId, userId } = actor;
  const { connectionId = null, contactId = null, gone } = input;
  // What concerns one person is theirs who talk to them; a whole connection is not.
  if (contactId === null && !roleAllows(actor.role, "manager")) return refused("identity.not_allowed");
  return database.inWorkspace(workspaceId, async (tx) => {
    if (contactId !== null && !(await loadContact(tx, workspaceId, contactId))) return refused("contacts.not_found");
    const found = await tx.execute(sql`
      update crm_logs set state = 'waiting', attempts = 0, last_error = null, next_attempt_at = now(),
        external_id = case when state = 'gone' then null else external_id end,
        written_hash = null
      where workspace_id = ${workspaceId} and not erase and (state = 'failed' or (state = 'gone' and ${gone}))
        and (${connectionId}::uuid is null or connection_id = ${connectionId}::uuid)
        and (${contactId}::uuid is null or contact_id = ${contactId}::uuid)
      returning id`);
    const payload = { connectionId, contactId, count: found.length };
    await emit(tx, [{ name: "crm.repair_asked", workspaceId, actor: userId, payload }]);
    return { ok: true, count: found.length };
  });
}
