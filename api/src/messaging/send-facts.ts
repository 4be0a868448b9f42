import type { ConsentPolicy } from "@aparte/core/consent-policy.ts";
import type { GateFacts, SendFacts, SendOrigin } from "@aparte/core/send-decision.ts";
import type { WindowView } from "@aparte/core/window.ts";
import type { Channel } from "../channels/service.ts";
import { loadConsent } from "../consent/entries.ts";
import { loadPolicy } from "../consent/policy.ts";
import { isUnderReview } from "../consent/reviews.ts";
import { loadCalendar } from "../contacts/calendar.ts";
import { loadKeeping } from "../contacts/restrict.ts";
import type { Tx } from "../platform/db.ts";
import { loadBlocked } from "./block.ts";
import { loadSpent } from "./budget.ts";
import { loadMarketingHistory } from "./marketing-history.ts";
import { loadPrices } from "./prices.ts";
import { loadWindow } from "./read-window.ts";
import { findConversation } from "./read.ts";

/** Who writes to whom. */
export type Place = { readonly contactId: string; readonly channelId: string };

export type SendPlace = {
  readonly workspaceId: string;
  readonly contactId: string;
  readonly channel: Pick<Channel, "id" | "usable" | "problem">;
  readonly origin: SendOrigin;
};

/** The facts that the gate asks for, as they are now. Each is found by an index: it costs what there is about one person. */
export async function loadSendFacts(tx: Tx, place: SendPlace, now: Date): Promise<SendFacts> {
  const { workspaceId, contactId, channel, origin } = place;
  const at = { workspaceId, contactId, channelId: channel.id };
  const conversationId = await findConversation(tx, workspaceId, channel.id, contactId);
  const window = await loadWindow(tx, workspaceId, conversationId, now);
  // Asked together: the answers come in one way there and back.
  const [gate, blocked, consent] = await Promise.all([
    loadGateFacts(tx, { ...at, conversationId, window }, now),
    loadBlocked(tx, workspaceId, conversationId),
    loadConsent(tx, at, now),
  ]);
  return { ...gate, now: now.toISOString(), origin, channel, blocked, consent, window };
}

export type GatePlace = Place & {
  readonly workspaceId: string;
  readonly conversationId: string | null;
  readonly window: WindowView;
};

/** What only the gate asks about a person and the firm. */
export async function loadGateFacts(tx: Tx, place: GatePlace, now: Date): Promise<GateFacts> {
  const { workspaceId, contactId } = place;
  const [policy, calendar, keeping, underReview, history] = await Promise.all([
    loadPolicy(tx, workspaceId),
    loadCalendar(tx, workspaceId, contactId, now),
    loadKeeping(tx, workspaceId, contactId),
    isUnderReview(tx, workspaceId, contactId),
    loadMarketingHistory(tx, place, now),
  ]);
  return {
    person: { ...calendar, restricted: keeping !== null && keeping.restrictedAt !== null },
    underReview,
    ...history,
    budget: await loadBudget(tx, { ...place, country: calendar.country, policy }, now),
    policy,
  };
}

type BudgetQuestion = GatePlace & { readonly country: string | null; readonly policy: ConsentPolicy };

async function loadBudget(tx: Tx, place: BudgetQuestion, now: Date): Promise<GateFacts["budget"]> {
  const { monthlyBudget } = place.policy;
  if (monthlyBudget === null) return null;
  const { amount: limit, currency } = monthlyBudget;
  const prices = await loadPrices(tx, place, now);
  const cost = (category: keyof typeof prices): number => {
    const price = prices[category];
    return price.charge === "billed" && price.rate?.currency === currency ? price.rate.amount : 0;
  };
  const costs = {
    SERVICE: cost("SERVICE"),
    UTILITY: cost("UTILITY"),
    AUTHENTICATION: cost("AUTHENTICATION"),
    MARKETING: cost("MARKETING"),
  };
  return { limit, currency, spent: await loadSpent(tx, { workspaceId: place.workspaceId, currency }, now), costs };
}
