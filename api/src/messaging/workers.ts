import { openFencePass, type FencePass } from "../consent/fence.ts";
import type { Deps } from "../platform/context.ts";
import { startConsumer, type Consumer } from "../platform/consumer.ts";
import type { Database } from "../platform/db.ts";
import { startLoop, type Loop } from "../platform/loop.ts";
import { named } from "../platform/wake.ts";
import { applyJoins, joinNewsNames, type JoinNews } from "./apply-joins.ts";
import { confirmOptOuts } from "./confirmation.ts";
import { claimMessages } from "./lane-claim.ts";
import { sendClaimed } from "./lane.ts";
import { gateNewsNames, lookAgain, type GateNews } from "./look-again.ts";
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
  deps.wake.onDeliveries(() => projector.wake());
  const sweeper = startLoop("sweeper", deps.log, async () => (await sweepMessages(deps.database), false), 2 * idleMs);
  const listener = startConsumer(deps, gateNews(deps.now), 2 * idleMs);
  const joins = startConsumer(deps, joinNews(deps.now), 2 * idleMs);
  return [projector, sweeper, listener, joins, startLane(deps, lane)];
}

/** What news of people and of the firm mean for messages: a stop is confirmed, and what is held back is looked at anew. */
function gateNews(now: Deps["now"]): Consumer<GateNews> {
  return {
    // The name that its first work gave it: how far it has read is kept under it.
    name: "confirmation",
    about: gateNewsNames,
    async work(tx, events) {
      await confirmOptOuts(tx, events, now());
      await lookAgain(tx, events);
    },
  };
}

/** What people write may prove a consent. */
function joinNews(now: Deps["now"]): Consumer<JoinNews> {
  return { name: "joins", about: joinNewsNames, work: (tx, events) => applyJoins(tx, events, now()) };
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
  deps.wake.onNews(named(["message.queued", "file.changed"]), () => lane.wake());
  return {
    wake: () => lane.wake(),
    async stop() {
      await lane.stop();
      await Promise.all(inFlight);
      fence.close();
    },
  };
}
