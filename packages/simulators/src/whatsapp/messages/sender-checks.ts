import { refuseCloud } from "../graph/refusal.ts";
import type { Refusal } from "../graph/refusal.ts";
import { senderLimit } from "../limits/check.ts";
import { pairOf } from "../people/directory.ts";
import type { Person } from "../people/person.ts";
import type { Sim } from "../sim.ts";
import type { Account, BusinessNumber, Pair } from "../state.ts";

/** How long a person's message keeps the customer service window open, in ms. */
const SERVICE_WINDOW_MS = 24 * 3_600_000;

/** Whether the person wrote in the last 24 hours. */
export function isWindowOpen({ lastInboundAt }: Pair, now: number): boolean {
  return lastInboundAt !== undefined && now - lastInboundAt < SERVICE_WINDOW_MS;
}

/** Whether a number may send at all: 131031, 133010, 131037. */
export function checkSender(account: Account, number: BusinessNumber): Refusal | undefined {
  if (account.locked) return refuseCloud(131031, "Business Account locked");
  if (!number.registered) return refuseCloud(133010, "The account is not registered");
  if (number.nameStatus === "DECLINED") return refuseCloud(131037, "The display name of this number must be approved");
  return undefined;
}

/** Whether a number may send to a person now: what Meta has taken from it, and its rates (130429, 131056). */
export function checkTraffic(sim: Sim, account: Account, number: BusinessNumber, person: Person): Refusal | undefined {
  const now = sim.clock.now();
  const pair = pairOf(sim.state, number.id, person.waId, now);
  const refused = checkThroughput(sim, account, number, isWindowOpen(pair, now));
  if (refused !== undefined) return refused;
  return pair.bucket.take(now)
    ? undefined
    : refuseCloud(
        131056,
        "Too many messages sent from this phone number to the same phone number in a short period of time",
      );
}

/** Whether a number may send at all at this moment, whoever it is for: 131057, 368, 130429. */
export function checkThroughput(
  sim: Sim,
  account: Account,
  number: BusinessNumber,
  windowOpen = false,
): Refusal | undefined {
  const now = sim.clock.now();
  const limit = senderLimit(account, number, { windowOpen, now });
  if (limit !== undefined) return refuseCloud(limit.code, limit.details);
  return number.bucket.take(now)
    ? undefined
    : refuseCloud(130429, "Message failed to send because there were too many messages sent from this phone number");
}
