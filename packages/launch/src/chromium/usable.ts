import { existsSync } from "node:fs";
import { lastWords, runToEnd } from "../bootstrap/run-to-end.mjs";

const ANSWER_WITHIN_MS = 30_000;

/** A browser that loads our unpacked extension; `env` holds what it needs on top of the usual environment. */
export interface FoundChromium {
  executablePath: string;
  env?: Record<string, string>;
}

/** Why this program cannot be used, or undefined when it can. */
export async function refusal({ executablePath, env }: FoundChromium): Promise<string | undefined> {
  if (!existsSync(executablePath)) return "there is no such file.";
  // On Windows the question for the version opens a window instead of answering.
  if (process.platform === "win32") return undefined;
  const { code, output } = await runToEnd([executablePath, "--version"], {
    env: { ...process.env, ...env },
    timeout: ANSWER_WITHIN_MS,
    killSignal: "SIGKILL",
  });
  if (code !== 0) return `it does not run: ${lastWords(output)}`;
  if (/^Google Chrome (?!for Testing)|Microsoft Edge/m.test(output))
    return "Google Chrome and Edge cannot load the extension.";
  return undefined;
}
