import type { SpawnOptions } from "node:child_process";
import { parse } from "node:path";
import { runToEnd } from "../bootstrap/run-to-end.mjs";

/**
 * Who runs the Postgres programs. Postgres refuses to run as root, so root hands them to another account
 * (`uid`, `gid`) or runs them behind a `prefix` command; an ordinary user runs them as is.
 */
export interface RunAs {
  prefix: readonly string[];
  uid?: number;
  gid?: number;
}

/** The command line and spawn options that run a Postgres program under the chosen account. */
export function programCommand(
  runAs: RunAs,
  program: string,
  args: readonly string[],
): { command: [string, ...string[]]; options: SpawnOptions } {
  const [first = program, ...rest] = [...runAs.prefix, program, ...args];
  const options: SpawnOptions = {
    // The account may not be allowed to stand in the caller's directory.
    cwd: parse(program).root,
    env: programEnvironment(),
    windowsHide: true,
    ...(runAs.uid === undefined ? {} : { uid: runAs.uid }),
    ...(runAs.gid === undefined ? {} : { gid: runAs.gid }),
  };
  return { command: [first, ...rest], options };
}

/** Runs a Postgres program to its end; code null when it could not be started, with the reason as its output. */
export function runProgram(
  runAs: RunAs,
  program: string,
  args: readonly string[],
): Promise<{ code: number | null; output: string }> {
  const { command, options } = programCommand(runAs, program, args);
  return runToEnd(command, options);
}

/** Messages stay in English because start-up reads them; PG* variables of the person's shell must not steer our cluster. */
function programEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("PG"));
  return { ...Object.fromEntries(inherited), LC_ALL: "C" };
}
