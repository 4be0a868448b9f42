import { startChild, type Child } from "@aparte/launch/process.ts";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The settings of a server process, by the names of its environment. */
export type ServerEnv = Readonly<Record<string, string | number | undefined>>;

/**
 * Starts the API as `npm start` does, in a process of its own that can be killed. Resolves when it listens.
 *
 * @param onLine told every line that it prints.
 */
export async function startServer(env: ServerEnv, onLine?: (line: string) => void): Promise<Child> {
  const given = Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  const child = await startChild({
    command: process.execPath,
    args: ["--disable-warning=ExperimentalWarning", "api/src/main.ts"],
    cwd: root,
    // Nothing of the test runner's own settings, only where programs are.
    env: { PATH: process.env["PATH"], LOG_LEVEL: "info", ...Object.fromEntries(given) },
    ...(onLine ? { onLine } : {}),
  });
  await child.waitForLine(/"msg":"listening"/, 60_000);
  return child;
}

/** Ends it as a power cut would; resolves when it is gone. */
export async function killServer(child: Child): Promise<void> {
  child.kill();
  await child.exited;
}
