import type { ErrorCode } from "@aparte/core/errors.ts";
import { stateRank, type MessageState } from "@aparte/core/message.ts";
import { sql } from "drizzle-orm";
import type { Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import { settleStatuses } from "./apply-statuses.ts";
import { giveBack } from "./budget.ts";
import type { Claimed } from "./lane-claim.ts";

/**
 * Commits the intent to send: from here on the message may be at Meta, whatever happens to us.
 * @returns false when the claim is no longer ours; then nothing may be sent.
 */
export async function commitIntent(tx: Tx, claimed: Claimed, now: Date): Promise<boolean> {
  const { workspaceId, id, attempt } = claimed;
  const moved = await tx.execute(sql`
    update messaging_messages set state = 'sending', state_rank = ${stateRank("sending")}, left_at = ${now.toISOString()},
      hold_code = null, hold_until = null, failure_code = null, failure_details = null
    where workspace_id = ${workspaceId} and id = ${id} and attempt = ${attempt} and state = 'claimed'
    returning id`);
  return moved.length > 0;
}

/** Meta took it: keeps the wamid and applies statuses that were quicker than the answer. */
export async function settleAccepted(tx: Tx, claimed: Claimed, wamid: string): Promise<void> {
  const { workspaceId, id, attempt } = claimed;
  await tx.execute(sql`
    update messaging_messages set wamid = ${wamid}, lease_until = null, failure_code = null, failure_details = null,
      state = case when state_rank < ${stateRank("accepted")} then 'accepted' else state end,
      state_rank = greatest(state_rank, ${stateRank("accepted")})
    where workspace_id = ${workspaceId} and id = ${id} and attempt = ${attempt}`);
  await settleStatuses(tx, [{ workspaceId, wamid }]);
  await tell(tx, claimed, "accepted");
}

/** A definite no: from our own policy at the last moment, or from Meta. */
export async function settleFailed(
  tx: Tx,
  claimed: Claimed,
  from: "claimed" | "sending",
  failure: { readonly code: ErrorCode; readonly details: string | null },
): Promise<void> {
  const { workspaceId, id, attempt } = claimed;
  const moved = await tx.execute(sql`
    update messaging_messages set state = 'failed', state_rank = ${stateRank("failed")}, lease_until = null,
      hold_code = null, hold_until = null, failure_code = ${failure.code}, failure_details = ${failure.details}
    where workspace_id = ${workspaceId} and id = ${id} and attempt = ${attempt} and state = ${from}
    returning id`);
  if (moved.length === 0) return;
  if (from === "sending") await giveBack(tx, [claimed]);
  await tell(tx, claimed, "failed");
}

/** The longest time that a held message goes without another look: not all that the gate asks about makes news. */
const longestHoldMs = 3_600_000;

/** Held until the gate opens by itself. It is out of its conversation's order meanwhile, so that replies pass it. */
export async function settleHeld(
  tx: Tx,
  claimed: Claimed,
  { because, until }: { readonly because: ErrorCode; readonly until: string },
  now: Date,
): Promise<void> {
  const { workspaceId, id, attempt } = claimed;
  // How long, and not until when: the lane goes by the database's clock.
  const delayMs = Math.min(Math.max(Date.parse(until) - now.getTime(), 0), longestHoldMs);
  const moved = await tx.execute(sql`
    update messaging_messages set state = 'queued', state_rank = ${stateRank("queued")}, lease_until = null,
      next_attempt_at = now() + make_interval(secs => ${delayMs / 1000}), hold_code = ${because}, hold_until = ${until}
    where workspace_id = ${workspaceId} and id = ${id} and attempt = ${attempt} and state = 'claimed'
    returning id`);
  if (moved.length > 0) await tell(tx, claimed, "queued");
}

/** Not now: back into the lane, to be looked at again after `delayMs`. */
export async function settleLater(
  tx: Tx,
  claimed: Claimed,
  from: "claimed" | "sending",
  delayMs: number,
): Promise<void> {
  const { workspaceId, id, attempt } = claimed;
  const ours = await tx.execute(sql`
    select from messaging_messages
    where workspace_id = ${workspaceId} and id = ${id} and attempt = ${attempt} and state = ${from} for update`);
  if (ours.length === 0) return;
  if (from === "sending") await giveBack(tx, [claimed]);
  await tx.execute(sql`
    update messaging_messages set state = 'queued', state_rank = ${stateRank("queued")}, lease_until = null, left_at = null,
      next_attempt_at = now() + make_interval(secs => ${delayMs / 1000}),
      turned_away = turned_away + ${from === "sending" ? 1 : 0}
    where workspace_id = ${workspaceId} and id = ${id}`);
}

/** The answer was lost: nobody knows. A status that echoes our id settles it, or time does (see sweep.ts). */
export async function settleUnknown(tx: Tx, claimed: Claimed): Promise<void> {
  const { workspaceId, id, attempt } = claimed;
  await tx.execute(sql`
    update messaging_messages set state = 'unknown', state_rank = ${stateRank("unknown")}, lease_until = null,
      unknown_since_healthy = (select healthy_seconds from webhook_health)
    where workspace_id = ${workspaceId} and id = ${id} and attempt = ${attempt} and state = 'sending'`);
  await tell(tx, claimed, "unknown");
}

async function tell(tx: Tx, claimed: Claimed, state: MessageState): Promise<void> {
  const { workspaceId, id: messageId, conversationId, contactId } = claimed;
  const payload = { messageId, conversationId, contactId, state };
  await emit(tx, [{ name: "message.changed", workspaceId, payload }]);
}
