import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface ChildOptions {
  command: string;
  args: readonly string[];
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Told every line the child prints on either stream. */
  onLine?: (line: string) => void;
}

export interface Child {
  readonly pid: number;
  /** The exit code, or null when a signal ended it. */
  readonly exited: Promise<number | null>;
  /**
   * The first line, printed already or yet to come, that matches.
   *
   * @throws Error with the child's last lines when it ends, or stays silent for `withinMs`.
   */
  waitForLine(pattern: RegExp, withinMs: number): Promise<RegExpMatchArray>;
  /** Asks the child and its own children to end, and ends them by force after `graceMs`. Resolves when it is gone. */
  stop(graceMs?: number): Promise<void>;
  /** Ends the child and its own children on the spot. */
  kill(): void;
}

const KEPT_LINES = 500;
const SHOWN_LINES = 20;
const GRACE_MS = 10_000;

const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) signalGroup(child, "SIGKILL");
});

/**
 * Starts a program in a process group of its own, so that it can be ended together with all that it starts itself.
 * None outlives this process, unless this process is itself killed.
 *
 * @throws Error when the program cannot be started.
 */
export async function startChild({ command, args, cwd, env, onLine }: ChildOptions): Promise<Child> {
  const child = spawn(command, args, {
    detached: process.platform !== "win32",
    windowsHide: true,
    stdio: ["ignore", "pipe", "pipe"],
    ...(cwd === undefined ? {} : { cwd }),
    ...(env === undefined ? {} : { env }),
  });
  const lines = new Lines(child, onLine);
  await new Promise((resolve, reject) => child.once("spawn", resolve).once("error", reject));
  running.add(child);
  // "close" comes after the last line, "exit" may come before it.
  const exited = new Promise<number | null>((resolve) => {
    child.once("close", (code) => resolve(code));
  });
  child.once("exit", () => running.delete(child));
  return {
    pid: child.pid ?? 0,
    exited,
    waitForLine: (pattern, withinMs) => lines.waitFor(pattern, withinMs, exited),
    stop: (graceMs = GRACE_MS) => stop(child, exited, graceMs),
    kill: () => signalGroup(child, "SIGKILL"),
  };
}

/** What a child printed last, and who waits for a line of it. */
class Lines {
  readonly #kept: string[] = [];
  readonly #waiting = new Set<(line: string) => void>();

  constructor(child: ChildProcess, onLine: ((line: string) => void) | undefined) {
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on("line", (line) => {
        this.#kept.push(line);
        if (this.#kept.length > KEPT_LINES) this.#kept.shift();
        onLine?.(line);
        for (const look of this.#waiting) look(line);
      });
    }
  }

  waitFor(pattern: RegExp, withinMs: number, exited: Promise<number | null>): Promise<RegExpMatchArray> {
    for (const line of this.#kept) {
      const match = line.match(pattern);
      if (match) return Promise.resolve(match);
    }
    return new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        act();
      };
      const look = (line: string): void => {
        const match = line.match(pattern);
        if (match) settle(() => resolve(match));
      };
      const fail = (how: string): void => {
        const last = this.#kept.slice(-SHOWN_LINES).join("\n");
        settle(() => reject(new Error(`${how} No line matched ${pattern}. It printed last:\n${last}`)));
      };
      const timer = setTimeout(() => fail(`The program was silent for ${withinMs / 1000} s.`), withinMs);
      this.#waiting.add(look);
      void exited.then((code) => fail(`The program ended (code ${code}).`));
    });
  }
}

async function stop(child: ChildProcess, exited: Promise<number | null>, graceMs: number): Promise<void> {
  signalGroup(child, "SIGTERM");
  const force = setTimeout(() => signalGroup(child, "SIGKILL"), graceMs);
  await exited;
  clearTimeout(force);
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    // The group has ended already.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
