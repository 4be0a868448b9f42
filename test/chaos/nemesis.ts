import { until } from "@aparte/launch/until.ts";
import type { Firm } from "./firm.ts";

export type Kills = { worker: number; api: number; postgres: number };

export type Nemesis = {
  readonly kills: Readonly<Kills>;
  /** Resolves once so many parts were killed. */
  reach(count: number): Promise<void>;
  /** Ends after the kill that is under way, with every part running. */
  stop(): Promise<void>;
};

/** Longest time between two kills, in milliseconds; the shortest is none. */
const longestPauseMs = 800;
/** How often a kill waits for the worst moment, in which WhatsApp has a message and its answer is still to come. */
const worstMoments = 0.6;
/** Longest wait for that moment, in milliseconds: there may be nothing to send. */
const longestWaitMs = 400;

/** Kills one part after the other at moments and in an order that the seed decides, and has each replaced. */
export function startNemesis(firm: Firm, random: () => number): Nemesis {
  const kills: Kills = { worker: 0, api: 0, postgres: 0 };
  let stopped = false;
  const strike = async (): Promise<void> => {
    const drawn = random();
    const part = drawn < 0.7 ? "worker" : drawn < 0.88 ? "api" : "postgres";
    kills[part] += 1;
    await (part === "postgres" ? firm.restartPostgres() : firm.replace(part));
  };
  const run = async (): Promise<void> => {
    while (!stopped) {
      await pause(random() * longestPauseMs);
      if (random() < worstMoments) await worstMoment(firm);
      await strike();
    }
  };
  const running = run();
  // Whoever stops it hears of a failure; until then it is not lost.
  running.catch(() => {});
  return {
    kills,
    async reach(count) {
      const enough = () => kills.worker + kills.api + kills.postgres >= count;
      await Promise.race([running, until(`${count} kills`, async () => enough(), count * 20_000)]);
    },
    async stop() {
      stopped = true;
      await running;
    },
  };
}

async function worstMoment({ graph }: Firm): Promise<void> {
  for (const end = Date.now() + longestWaitMs; graph.underWay() === 0 && Date.now() < end;) await pause(5);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
