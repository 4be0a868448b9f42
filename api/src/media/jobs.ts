import type { Deps } from "../platform/context.ts";
import { startLoop, type Loop } from "../platform/loop.ts";
import { named } from "../platform/wake.ts";
import { fetchFile } from "./fetch-file.ts";
import { removeForgotten } from "./forget.ts";
import { claimTransfers, type Claimed } from "./transfers.ts";
import { uploadFile } from "./upload-file.ts";

/** Transfers under way at once in one process. Their bytes pass through in pieces, so memory stays flat. */
const maxInFlight = 8;
/** How often due transfers are looked for when nothing happens, in milliseconds. */
const idleMs = 1_000;

/** Carries files from and to Meta, and removes those that were given up. */
export function startMediaWorkers(deps: Deps): Loop[] {
  const inFlight = new Set<Promise<void>>();
  const start = (claimed: Claimed): void => {
    const running = transfer(deps, claimed).finally(() => {
      inFlight.delete(running);
      loop.wake();
    });
    inFlight.add(running);
  };
  const loop = startLoop(
    "media",
    deps.log,
    async () => {
      const room = maxInFlight - inFlight.size;
      if (room <= 0) return false;
      const claimed = await deps.database.system.transaction((tx) => claimTransfers(tx, room));
      claimed.forEach(start);
      return false;
    },
    idleMs,
  );
  const removal = startLoop("media.removal", deps.log, () => removeForgotten(deps), idleMs);
  const carriers = named(["file.changed", "message.queued", "message.received", "message.echoed"]);
  deps.wake.onNews(carriers, () => loop.wake());
  return [
    removal,
    {
      wake: () => loop.wake(),
      async stop() {
        await loop.stop();
        await Promise.all(inFlight);
      },
    },
  ];
}

async function transfer(deps: Deps, claimed: Claimed): Promise<void> {
  try {
    await (claimed.direction === "down" ? fetchFile(deps, claimed) : uploadFile(deps, claimed));
  } catch (error) {
    // Nothing is lost: it is due again when the lease runs out.
    deps.log.error({ err: error, direction: claimed.direction, channelId: claimed.channelId }, "a file did not move");
  }
}
