import { openFencePass, type FencePass } from "../consent/fence.ts";
import type { Deps } from "../platform/context.ts";
import { consumeEvents } from "../platform/events.ts";
import type { Database } from "../platform/db.ts";
import { startLoop, type Loop } from "../platform/loop.ts";
import { confirmOptOuts } from "./confirmation.ts";
import { readJoins } from "./apply-joins.ts";
import { claimMessages } from "./lane-claim.ts";
import { sendClaimed } from "./lane.ts";
import { lookAgain } from "./look-again.ts";
import { projectDeliveries } from "./project.ts";
import { sweepMessages, tickHealth } from "./sweep.ts";

export type LaneOptions = {
  /** Sends under way at once in one process. */
  readonly inFlight: number;
  readonly openFence: (database: Database) => FencePass;
};

/** Meta answers in some 100 ms, so this carries several hundred messages a second. */
export const usualLane: LaneOptions = { inFlight: 64, openFence: openFencePass };

const idleMs = 1_000;

/** The background work of messaging: understanding deliveries, sending, finishing what was left open. */
export function startMessagingWorkers(deps: Deps, lane: LaneOptions): Loop[] {
  const projector = startLoop("projector", deps.log, () => projectDeliveries(deps), idleMs);
  deps.wake.on("aparte_deliveries", () => projector.wake());
  const sweeper = startLoop("sweeper", deps.log, async () => (await sweepMessages(deps.database), false), 2 * idleMs);
  const listener = startLoop(
    "listener",
    deps.log,
    () =>
      // Under the name that its first work gave it: it knows how far it has read.
      consumeEvents(deps.database, "confirmation", async (tx, events) => {
        await confirmOptOuts(tx, events, deps.now());
        await lookAgain(tx, events);
      }),
    2 * idleMs,
  );
  deps.wake.on("aparte_events", () => listener.wake());
  const joins = startLoop("joins", deps.log, () => readJoins(deps), 2 * idleMs);
  deps.wake.on("aparte_events", () => joins.wake());
  return [projector, sweeper, listener, joins, startLane(deps, lane)];
}

/** Lets healthy time pass; belongs to the process that takes webhooks. */
export function startHealthTicker(deps: Deps): Loop {
  return startLoop("health", deps.log, async () => (await tickHealth(deps.database), false), 2 * idleMs);
}

function startLane(deps: Deps, { inFlight: maxInFlight, openFence }: LaneOptions): Loop {
  const fence = openFence(deps.database);
  const inFlight = new Set<Promise<void>>();
  const send = async (claimed: Parameters<typeof sendClaimed>[2]): Promise<void> => {
    try {
      await sendClaimed(deps, fence, claimed);
    } catch (error) {
      // The message stays claimed or sending; the sweeper finishes it when the lease runs out.
      deps.log.error({ err: error, message: claimed.id }, "a send broke off");
    }
  };
  const lane = startLoop(
    "lane",
    deps.log,
    async () => {
      const room = maxInFlight - inFlight.size;
      if (room <= 0) return false;
      for (const claimed of await claimMessages(deps.database, room)) {
        const running = send(claimed).finally(() => {
          inFlight.delete(running);
          lane.wake();
        });
        inFlight.add(running);
      }
      return false;
    },
    200,
  );
  deps.wake.on("aparte_events", () => lane.wake());
  return {
    wake: () => lane.wake(),
    async stop() {
      await lane.stop();
      await Promise.all(inFlight);
      fence.close();
    },
  };
}
