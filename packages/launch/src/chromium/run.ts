import { spawn } from "node:child_process";

const SHOWN_OUTPUT = 1500;

/**
 * Runs a program to its end and collects both its streams.
 *
 * @returns code null when it could not be started (the reason is the output) or was killed after `withinMs`.
 */
export function runToEnd(
  [command = "", ...args]: readonly string[],
  options: { env?: NodeJS.ProcessEnv; cwd?: string; withinMs?: number } = {},
): Promise<{ code: number | null; output: string }> {
  const { env = process.env, cwd, withinMs = 30_000 } = options;
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      env,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: withinMs,
      killSignal: "SIGKILL",
      ...(cwd === undefined ? {} : { cwd }),
    });
    let output = "";
    const keep = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.once("error", (error) => resolve({ code: null, output: error.message }));
    child.once("close", (code) => resolve({ code, output }));
  });
}

/** The end of a program's output, where the reason usually stands. */
export function lastWords(output: string): string {
  return output.trim().slice(-SHOWN_OUTPUT);
}
