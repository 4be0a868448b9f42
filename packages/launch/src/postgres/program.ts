import { spawn, type SpawnOptions } from "node:child_process";
import { parse } from "node:path";

/**
 * Who runs the Postgres programs. Postgres refuses to run as root, so root hands them to another account
 * (`uid`, `gid`) or runs them behind a `prefix` command; an ordinary user runs them as is.
 */
export interface RunAs {
  prefix: readonly string[];
  uid?: number;
  gid?: number;
}

/** How a finished program ended; `code` is null when a signal ended it. */
export interface ProgramResult {
  code: number | null;
  output: string;
}

/** The command line and spawn options that run a Postgres program under the chosen account. */
export function programCommand(
  runAs: RunAs,
  program: string,
  args: readonly string[],
): { command: string; args: string[]; options: SpawnOptions } {
  const [command = program, ...rest] = [...runAs.prefix, program, ...args];
  const options: SpawnOptions = {
    // The account may not be allowed to stand in the caller's directory.
    cwd: parse(program).root,
    env: programEnvironment(),
    windowsHide: true,
    ...(runAs.uid === undefined ? {} : { uid: runAs.uid }),
    ...(runAs.gid === undefined ? {} : { gid: runAs.gid }),
  };
  return { command, args: rest, options };
}

/** Runs a Postgres program to its end and collects what it prints. Never rejects: a program that cannot start has code null. */
export function runProgram(runAs: RunAs, program: string, args: readonly string[]): Promise<ProgramResult> {
  const { command, args: commandArgs, options } = programCommand(runAs, program, args);
  return new Promise((resolve) => {
    const child = spawn(command, commandArgs, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout?.on("data", collect);
    child.stderr?.on("data", collect);
    child.once("error", (error) => resolve({ code: null, output: error.message }));
    child.once("close", (code) => resolve({ code, output }));
  });
}

/** Messages stay in English because start-up reads them; PG* variables of the person's shell must not steer our cluster. */
function programEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("PG"));
  return { ...Object.fromEntries(inherited), LC_ALL: "C" };
}
