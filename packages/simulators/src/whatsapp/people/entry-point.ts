import type { Pair } from "../state.ts";

/** Within this time an ad or a page button is answered to open a free entry point, in ms. */
const ANSWER_WITHIN_MS = 24 * 3_600_000;
/** How long a free entry point stays open, in ms. */
const FREE_MS = 72 * 3_600_000;

/** A person comes by an ad or a button of a page: the message says so in its `referral`. */
export function noteReferral(pair: Pair, { referral }: InboundMessage, at: number): void {
  if (referral !== undefined) pair.referredAt = at;
}

/**
 * The business sends something: the first answer within 24 hours opens a free entry point of 72 hours. Returns until
 * when one is open, in ms (Meta: pricing, free entry point windows); undefined when none is.
 */
export function openEntryPoint(pair: Pair, now: number): number | undefined {
  if (pair.referredAt !== undefined && now - pair.referredAt < ANSWER_WITHIN_MS) {
    pair.freeUntil = now + FREE_MS;
    pair.referredAt = undefined;
  }
  return pair.freeUntil !== undefined && pair.freeUntil > now ? pair.freeUntil : undefined;
}

/** A message as a person writes it: the type and its object, with `context` and whatever else belongs to it. */
export type InboundMessage = { type: string } & Record<string, unknown>;
