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
  /** When each person was last reached outside the service window, by digits, in ms. */
  reached: Map<string, number>;
};

/** A portfolio as it is after its verification. */
export function createPortfolio(id: string): Portfolio {
  return { id, tier: "TIER_2K", managedGroup: undefined, contactBook: new Set(), reached: new Map() };
}
