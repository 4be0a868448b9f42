export type StartOptions = {
  /** End after the main job, with exit code 0 when it succeeded. */
  readonly once: boolean;
  /** Open a browser: with a person's screen the demo record, without one the main job. */
  readonly browser: boolean;
};

/** Reads the arguments of `npm start`. Throws on one that is not known, because a typing mistake should not be ignored. */
export function readOptions(args: readonly string[]): StartOptions {
  const known = new Set(["--once", "--no-browser"]);
  const unknown = args.find((arg) => !known.has(arg));
  if (unknown !== undefined) throw new Error(`Unknown argument "${unknown}". Known are: ${[...known].join(", ")}.`);
  const once = args.includes("--once");
  const browser = !args.includes("--no-browser");
  if (once && !browser) throw new Error("--once drives the main job in a browser, so it cannot go with --no-browser.");
  return { once, browser };
}
