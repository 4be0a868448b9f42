import type { ErrorCode } from "@aparte/core/errors.ts";
import { stateRank, type MessageState } from "@aparte/core/message.ts";
import { sql } from "drizzle-orm";
import type { Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import { settleStatuses } from "./apply-statuses.ts";
import type { Claimed } from "./lane-claim.ts";

/**
 * Commits the intent to send: from here on the message may be at Meta, whatever happens to us.
 * @returns false when the claim is no longer ours; then nothing may be sent.
 */
export async function commitIntent(tx: Tx, claimed: Claimed): Promise<boolean> {
  return move(tx, claimed, { from: "claimed", to: "sending" });
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
  if (await move(tx, claimed, { from, to: "failed", failure })) await tell(tx, claimed, "failed");
}

/** Not now: back into the lane, to be looked at again after `delayMs`. */
export async function settleLater(
  tx: Tx,
  claimed: Claimed,
  from: "claimed" | "sending",
  delayMs: number,
): Promise<void> {
  const { workspaceId, id, attempt } = claimed;
  await tx.execute(sql`
    update messaging_messages set state = 'queued', state_rank = ${stateRank("queued")}, lease_until = null,
      next_attempt_at = now() + make_interval(secs => ${delayMs / 1000}),
      turned_away = turned_away + ${from === "sending" ? 1 : 0}
    where workspace_id = ${workspaceId} and id = ${id} and attempt = ${attempt} and state = ${from}`);
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

type Move = {
  readonly from: MessageState;
  readonly to: MessageState;
  readonly failure?: { readonly code: ErrorCode; readonly details: string | null };
};

/** Moves a message that is still ours; answers false when it is not. A final state gives the lease back. */
async function move(tx: Tx, claimed: Claimed, { from, to, failure }: Move): Promise<boolean> {
  const { workspaceId, id, attempt } = claimed;
  const moved = await tx.execute(sql`
    update messaging_messages set state = ${to}, state_rank = ${stateRank(to)},
      lease_until = case when ${failure !== undefined} then null else lease_until end,
      failure_code = ${failure?.code ?? null}, failure_details = ${failure?.details ?? null}
    where workspace_id = ${workspaceId} and id = ${id} and attempt = ${attempt} and state = ${from}
    returning id`);
  return moved.length > 0;
}

async function tell(tx: Tx, claimed: Claimed, state: MessageState): Promise<void> {
  const { workspaceId, id: messageId, conversationId, contactId } = claimed;
  const payload = { messageId, conversationId, contactId, state };
  await emit(tx, [{ name: "message.changed", workspaceId, payload }]);
}
