/** What a CRM said about its limits in the last answer; null where it said nothing. */
export type RateState = {
  readonly burst: { readonly max: number; readonly remaining: number; readonly intervalMs: number } | null;
  readonly day: { readonly max: number; readonly remaining: number } | null;
};

/** Who waits for an answer: a person at work, or nobody. */
export type Urgency = "people" | "background";

/** `search`: counts against a limit of its own, of which no answer tells (HubSpot: five in a second for an account). */
export type RequestKind = "search" | "other";

/**
 * What is known of an account's limits and what was asked of it lately, by all processes together. Times in milliseconds
 * since 1970.
 */
export type Pace = {
  readonly burst: Burst | null;
  readonly recent: Recent;
  /** The searches among them, which do not count above. */
  readonly searches: Recent;
  readonly day: { readonly max: number; readonly used: number; readonly toldAt: number } | null;
};

type Burst = { readonly max: number; readonly intervalMs: number };

/** How many requests left in which second. */
type Recent = readonly { readonly second: number; readonly count: number }[];

export const unknownPace: Pace = { burst: null, recent: [], searches: [], day: null };

const searchLimit: Burst = { max: 5, intervalMs: 1000 };

/**
 * The share of a limit that may be used: nobody takes the last 5 %, which are the customer's other integrations', and what
 * nobody waits for leaves a share to people (Salesforce and HubSpot both advise to stop background work at about 80 %).
 */
const shares = { people: { burst: 0.95, day: 0.95 }, background: { burst: 0.75, day: 0.8 } } as const;

/** A spent day is asked about again after this: when it begins anew depends on the CRM and the account's time zone. */
export const dayRestMs = 3_600_000;

export type Turn =
  | { readonly ok: true; readonly pace: Pace }
  | { readonly ok: false; readonly waitMs: number; readonly limit: "burst" | "day" };

/**
 * Whether one more request may leave now, and the pace with it counted. A second counts until it is over for as long as the
 * limit looks back, so no window of the CRM's ever holds more than the share.
 */
export function takeTurn(
  pace: Pace,
  { urgency, kind }: { readonly urgency: Urgency; readonly kind: RequestKind },
  now: number,
): Turn {
  const { day } = pace;
  const share = shares[urgency];
  const isOld = day !== null && now - day.toldAt >= dayRestMs;
  if (day && !isOld && day.used + 1 > day.max * share.day) {
    return { ok: false, waitMs: day.toldAt + dayRestMs - now, limit: "day" };
  }
  const [list, limit] = kind === "search" ? (["searches", searchLimit] as const) : (["recent", pace.burst] as const);
  const recent = stillCounting(pace[list], limit, now);
  if (limit && sumOf(recent) + 1 > Math.max(limit.max * share.burst, 1)) {
    const oldest = recent[0]?.second ?? 0;
    return { ok: false, waitMs: Math.max(1, (oldest + 1) * 1000 + limit.intervalMs - now), limit: "burst" };
  }
  // A day that was told long ago is asked about with one request: the others wait for what it tells.
  const counted = day && { ...day, used: day.used + 1, toldAt: isOld ? now : day.toldAt };
  return { ok: true, pace: { ...pace, day: counted, [list]: limit ? withRequests(recent, now, 1) : [] } };
}

/** How much of the burst limit is used at this moment. */
export function burstUsed(pace: Pace, now: number): number {
  return sumOf(stillCounting(pace.recent, pace.burst, now));
}

function sumOf(recent: Recent): number {
  return recent.reduce((sum, { count }) => sum + count, 0);
}

/** Takes over what an answer told. Requests of others under the same limit count from the moment they are heard of. */
export function learnPace(pace: Pace, { burst, day }: RateState, now: number): Pace {
  const limit = burst ? { max: burst.max, intervalMs: burst.intervalMs } : pace.burst;
  const known = { ...pace, burst: limit };
  const others = burst ? burst.max - burst.remaining - burstUsed(known, now) : 0;
  const recent = stillCounting(known.recent, limit, now);
  return {
    ...known,
    recent: others > 0 ? withRequests(recent, now, others) : recent,
    day: day ? { max: day.max, used: dayUsed(pace.day?.used ?? 0, day), toldAt: now } : pace.day,
  };
}

/**
 * Answers overtake each other, and what is under way is not in them yet: so a number that is a little lower than ours is an
 * older one, and only one that is far lower tells of a new day.
 */
function dayUsed(ours: number, { max, remaining }: { readonly max: number; readonly remaining: number }): number {
  const told = max - remaining;
  return told < ours - Math.max(20, max / 100) ? told : Math.max(told, ours);
}

function stillCounting(recent: Recent, limit: Burst | null, now: number): Recent {
  return limit ? recent.filter(({ second }) => (second + 1) * 1000 + limit.intervalMs > now) : [];
}

function withRequests(recent: Recent, now: number, count: number): Recent {
  const second = Math.floor(now / 1000);
  const last = recent.at(-1);
  if (last?.second !== second) return [...recent, { second, count }];
  return [...recent.slice(0, -1), { second, count: last.count + count }];
}
