import { taken } from "../support/conversation.ts";
import { categories, type Category, type Rep, type Wish } from "./driver.ts";
import type { Firm } from "./firm.ts";

/** How the messages of one category ended. */
export type Ends = {
  acknowledged: number;
  /** Taken by WhatsApp exactly once, and shown as such. */
  arrived: number;
  /** Shown as "nobody knows", for a person to decide. */
  unconfirmed: number;
  failed: number;
  /** Taken by WhatsApp more than once: how often too many. */
  duplicates: number;
  /** Acknowledged, and then neither sent nor shown as unconfirmed or failed. */
  lost: number;
  /** Shown as sent although WhatsApp has no such message, or as unconfirmed although it told us. */
  wronglyShown: number;
};

export type Verdict = {
  readonly ends: Readonly<Record<Category, Ends>>;
  /** In plain words; empty when all promises were kept. */
  readonly violations: readonly string[];
};

const arrivedStates: ReadonlySet<string> = new Set(["accepted", "sent", "delivered", "read"]);

/** Compares what WhatsApp took with what our API shows. Knows nothing else: no table, no log. */
export async function check(firm: Firm, rep: Rep, wishes: readonly Wish[]): Promise<Verdict> {
  const times = new Map<string, number>();
  for (const { echo } of await taken(firm)) if (echo !== null) times.set(echo, (times.get(echo) ?? 0) + 1);
  const ends = Object.fromEntries(categories.map((category) => [category, noEnds()])) as Record<Category, Ends>;
  for (const wish of wishes) {
    const { state } = await rep.ask(wish);
    count(ends[wish.category], state, times.get(wish.id) ?? 0);
  }
  const known = new Set(wishes.map(({ id }) => id));
  const foreign = [...times.keys()].filter((id) => !known.has(id)).length;
  return {
    ends,
    violations: [...violationsOf(ends), ...(foreign > 0 ? [`${foreign} messages that nobody wrote`] : [])],
  };
}

function noEnds(): Ends {
  return { acknowledged: 0, arrived: 0, unconfirmed: 0, failed: 0, duplicates: 0, lost: 0, wronglyShown: 0 };
}

function count(ends: Ends, state: string, times: number): void {
  ends.acknowledged += 1;
  ends.duplicates += Math.max(0, times - 1);
  if (arrivedStates.has(state)) {
    if (times > 0) ends.arrived += 1;
    else ends.wronglyShown += 1;
  } else if (state === "unconfirmed") {
    ends.unconfirmed += 1;
    // Every status echoes our id and every webhook was delivered in the end: what arrived must be known.
    if (times > 0) ends.wronglyShown += 1;
  } else if (state === "failed") ends.failed += 1;
  else ends.lost += 1;
}

function violationsOf(ends: Readonly<Record<Category, Ends>>): string[] {
  return categories.flatMap((category) =>
    (["duplicates", "lost", "wronglyShown", "failed"] as const)
      .filter((problem) => ends[category][problem] > 0)
      .map((problem) => `${category}: ${problem} ${ends[category][problem]}`),
  );
}
