export type Reporter = {
  /** Prints one line. */
  readonly say: (line: string) => void;
  /** Does a piece of work and prints what it was, with its time. */
  readonly step: <T>(what: string, work: () => Promise<T>) => Promise<T>;
};

/** Tells a person at a terminal what happens, in one line per step. */
export function createReporter(write: (line: string) => void): Reporter {
  return {
    say: write,
    async step(what, work) {
      const start = performance.now();
      const result = await work();
      write(`${what} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
      return result;
    },
  };
}
