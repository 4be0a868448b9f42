import type { Log } from "./log.ts";

export type Loop = {
  /** There may be work: look now instead of at the next turn. */
  wake(): void;
  stop(): Promise<void>;
};

/**
 * Repeats a step until stopped: at once while it says that there is more, else after `idleMs` or a wake-up. A step that
 * throws is logged and tried again later with growing pauses, so that a database that is away for a minute costs a minute.
 */
export function startLoop(name: string, log: Log, step: () => Promise<boolean>, idleMs: number): Loop {
  let stopped = false;
  let failures = 0;
  let woken = false;
  let wakeUp: (() => void) | null = null;
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      if (woken || stopped) return resolve();
      const timer = setTimeout(resolve, ms);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const run = async (): Promise<void> => {
    while (!stopped) {
      woken = false;
      const more = await step().then(
        (result) => {
          failures = 0;
          return result;
        },
        (error: unknown) => {
          failures += 1;
          log.error({ loop: name, failures, err: error }, "a background step failed and will be tried again");
          return false;
        },
      );
      if (!more) await pause(failures > 0 ? Math.min(200 * 2 ** failures, 10_000) : idleMs);
    }
  };
  const done = run();
  return {
    wake() {
      woken = true;
      wakeUp?.();
    },
    async stop() {
      stopped = true;
      wakeUp?.();
      await done;
    },
  };
}
