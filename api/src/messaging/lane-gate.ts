import { decideSend, type SendDecision, type SendFacts, type SendIntent } from "@aparte/core/send-decision.ts";
import { sql } from "drizzle-orm";
import type { Channel } from "../channels/service.ts";
import type { Tx } from "../platform/db.ts";
import { holdSpent, spend } from "./budget.ts";
import type { Claimed } from "./lane-claim.ts";
import { settleFailed, settleHeld } from "./lane-settle.ts";
import { loadSendFacts } from "./send-facts.ts";

type Asked = { readonly claimed: Claimed; readonly intent: SendIntent; readonly channel: Channel };

/**
 * Asks the gate with the facts of this moment, inside the consent fence. Marketing to one person is counted by one sender at a
 * time: the lock lasts until the intent of this one is committed, so two numbers cannot both find the last place free.
 * @returns the facts when it may leave; null when not, and its end or its wait is then already written.
 */
export async function passGate(tx: Tx, { claimed, intent, channel }: Asked, now: Date): Promise<SendFacts | null> {
  const { workspaceId, contactId, origin } = claimed;
  if (categoryOf(intent) === "MARKETING") {
    const key = `consent.caps ${workspaceId} ${contactId}`;
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
  }
  const facts = await loadSendFacts(tx, { workspaceId, contactId, channel, origin }, now);
  return (await settled(tx, claimed, decideSend(intent, facts), now)) ? null : facts;
}

/**
 * Takes what the message costs from the firm's budget, if it has one. The last question before the intent is committed: the
 * month's row is locked from here on.
 * @returns false when the budget has just been used up; its end or its wait is then already written.
 */
export async function payFromBudget(tx: Tx, { claimed, intent }: Asked, facts: SendFacts, now: Date): Promise<boolean> {
  if (facts.budget === null) return true;
  const { workspaceId } = claimed;
  const spent = await holdSpent(tx, { workspaceId, currency: facts.budget.currency }, now);
  const decision = decideSend(intent, { ...facts, budget: { ...facts.budget, spent } });
  if (await settled(tx, claimed, decision, now)) return false;
  await spend(tx, claimed, facts.budget.costs[categoryOf(intent)], now);
  return true;
}

function categoryOf(intent: SendIntent) {
  return intent.kind === "free" ? "SERVICE" : intent.template.category;
}

/**
 * Writes down a refusal. What a machine wants to send waits when all that speaks against it passes by itself; a person was told
 * when they sent it, so what has changed since is told by a failure. False when there is no refusal.
 */
async function settled(tx: Tx, claimed: Claimed, { reasons, until }: SendDecision, now: Date): Promise<boolean> {
  const [first] = reasons;
  if (!first) return false;
  if (claimed.origin !== "person" && until !== null) await settleHeld(tx, claimed, { because: first.code, until }, now);
  else await settleFailed(tx, claimed, "claimed", { code: first.code, details: null });
  return true;
}
