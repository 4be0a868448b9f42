import type { LogWords } from "@aparte/crm/log-entry.ts";
import type { Deps } from "../platform/context.ts";
import { startConsumer } from "../platform/consumer.ts";
import { startLoop, type Loop } from "../platform/loop.ts";
import { claimLogs, sweepLeases, type ClaimedLog } from "./log-claim.ts";
import { writeLog } from "./log-write.ts";
import { compareSome } from "./drift.ts";
import { logNews } from "./reactions.ts";
import { logWords } from "./words.ts";

/** Entries that one process writes at once. A CRM's own limits end far below (HubSpot: 190 requests in ten seconds). */
const maxInFlight = 8;
/** Due entries are looked for this often, in milliseconds. */
const idleMs = 250;
const newsIdleMs = 2_000;
const driftIdleMs = 1_000;

/** Keeps the timelines of linked records in step with the conversations. */
export function startCrmWorkers(deps: Deps): Loop[] {
  const news = startConsumer(deps, logNews(deps.now), newsIdleMs);
  const words = logWords();
  const drift = startLoop("crm.drift", deps.log, async () => compareSome(deps, await words), driftIdleMs);
  return [news, startWriter(deps, words), drift];
}

function startWriter(deps: Deps, words: Promise<LogWords>): Loop {
  const inFlight = new Set<Promise<void>>();
  const write = async (log: ClaimedLog): Promise<void> => {
    try {
      await writeLog(deps, log, await words);
    } catch (error) {
      // The entry stays claimed; when its lease ends it is looked into.
      deps.log.error({ err: error, entry: log.id }, "writing to the CRM broke off");
    }
  };
  const writer = startLoop(
    "crm.writer",
    deps.log,
    async () => {
      await deps.database.system.transaction(sweepLeases);
      const room = maxInFlight - inFlight.size;
      if (room <= 0) return false;
      for (const log of await deps.database.system.transaction((tx) => claimLogs(tx, room))) {
        const running = write(log).finally(() => {
          inFlight.delete(running);
          writer.wake();
        });
        inFlight.add(running);
      }
      return false;
    },
    idleMs,
  );
  return {
    wake: () => writer.wake(),
    async stop() {
      await writer.stop();
      await Promise.all(inFlight);
    },
  };
}
