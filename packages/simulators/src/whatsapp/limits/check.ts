import type { CloudErrorCode, Failure } from "../error-catalogue.ts";
import type { OutboundFacts } from "../messages/message.ts";
import type { Person } from "../people/person.ts";
import type { Sim } from "../sim.ts";
import type { Account, BusinessNumber } from "../state.ts";
import { mayMarket } from "./marketing.ts";
import { reach } from "./portfolio.ts";
import { isRestricted } from "./restrictions.ts";
import { isUpgrading, upgradeIfEarned } from "./throughput.ts";

/** A code with the words of its details. */
type Reason = { code: CloudErrorCode; details: string };

/** Why nothing can be sent from a number at this moment: Meta moves it, or has taken sending from its account. */
export function senderLimit(
  account: Account,
  number: BusinessNumber,
  { windowOpen, now }: { windowOpen: boolean; now: number },
): Reason | undefined {
  if (isUpgrading(number, now)) {
    return { code: 131057, details: "The phone number is being upgraded to a higher throughput" };
  }
  return isRestricted(account, windowOpen, now)
    ? { code: 368, details: "The account is temporarily blocked for violating WhatsApp Business policies" }
    : undefined;
}

/**
 * Counts an accepted message that nothing else hinders against the limits outside the service window; the failure that
 * comes by webhook when one is used up: 131048 for the portfolio's people in 24 hours, 131049 for the person's share
 * of marketing. Meta does not state the code of the first.
 */
export function limitFailure(
  sim: Sim,
  parties: { account: Account; number: BusinessNumber; person: Person },
  outbound: OutboundFacts,
): Failure | undefined {
  const { account, number, person } = parties;
  if (outbound.category === "MARKETING" && !mayMarket(person, outbound.windowOpen, sim.clock.now())) {
    return {
      code: 131049,
      details: "In order to maintain a healthy ecosystem engagement, the message failed to be delivered.",
    };
  }
  if (outbound.windowOpen) return undefined;
  if (!reach(sim, account.businessId, person.waId)) {
    return { code: 131048, details: "The portfolio has reached its messaging limit of the last 24 hours." };
  }
  void upgradeIfEarned(sim, number);
  return undefined;
}
