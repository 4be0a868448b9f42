import { TokenBucket } from "../messages/token-bucket.ts";

/** The messaging limits of a portfolio, lowest first: people reached outside the service window in 24 hours. */
export const TIERS = [
  { name: "TIER_250", people: 250 },
  { name: "TIER_2K", people: 2000 },
  { name: "TIER_10K", people: 10_000 },
  { name: "TIER_100K", people: 100_000 },
  { name: "TIER_UNLIMITED", people: Infinity },
] as const;

export type Tier = (typeof TIERS)[number]["name"];

/** A business portfolio: what its accounts share. */
export type Portfolio = {
  id: string;
  tier: Tier;
  /** Set where Meta manages several portfolios as one group, whose people then also have a parent id. */
  managedGroup: string | undefined;
  /** People whose phone number the platform keeps for the business, by digits. */
  contactBook: Set<string>;
  /** When each person was last reached outside the service window, by digits, in ms and in that order: 24 h, 7 days. */
  reachedInDay: Map<string, number>;
  reachedInWeek: Map<string, number>;
  /** The request for the Marketing Messages API, once it was made. */
  marketingRequestId: string | undefined;
  /** Whether a raise is on its way. */
  raising: boolean;
};

/** A portfolio as it is after its verification. */
export function createPortfolio(id: string): Portfolio {
  return {
    id,
    tier: "TIER_2K",
    managedGroup: undefined,
    contactBook: new Set(),
    reachedInDay: new Map(),
    reachedInWeek: new Map(),
    marketingRequestId: undefined,
    raising: false,
  };
}

/** How many people a portfolio may reach in 24 hours. */
export function limitOf({ tier }: Portfolio): number {
  return TIERS.find(({ name }) => name === tier)?.people ?? 0;
}

/** A kind of message that Meta keeps an account from, until a time in ms. */
export type Restriction = { type: string; until: number };

/** Messages in and out per second of a number by its level, and of one that is used in the phone app as well. */
const PER_SECOND = { STANDARD: 80, HIGH: 1000 } as const;
const PER_SECOND_IN_COEXISTENCE = 20;

/** The bucket that a number's level asks for. */
export function throughputBucket(
  { throughput, coexistence }: { throughput: "STANDARD" | "HIGH"; coexistence: boolean },
  now: number,
): TokenBucket {
  const perSecond = coexistence ? PER_SECOND_IN_COEXISTENCE : PER_SECOND[throughput];
  return new TokenBucket({ capacity: perSecond, refillMs: 1000 / perSecond, now });
}
