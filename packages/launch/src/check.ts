import { join } from "node:path";
import { runToEnd } from "./bootstrap/run-to-end.mjs";

const ROOT = join(import.meta.dirname, "..", "..", "..");

/** What must hold before anything is tested, quickest first: program in node_modules/.bin and its arguments. */
const STEPS: { name: string; program: string; args: string[] }[] = [
  { name: "format", program: "oxfmt", args: ["--check"] },
  { name: "lint", program: "oxlint", args: ["--type-aware"] },
  { name: "types", program: "tsc", args: ["-b"] },
  { name: "unused", program: "knip", args: [] },
  { name: "repository", program: "vitest", args: ["run", "--project", "repo"] },
];

/** How one step went; `output` is all that it printed. */
export interface CheckResult {
  name: string;
  ok: boolean;
  seconds: number;
  output: string;
}

/** Runs every check, also after one has failed, and tells each result as soon as it is known. */
export async function runChecks(onResult: (result: CheckResult) => void): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const { name, program, args } of STEPS) {
    const start = performance.now();
    const { code, output } = await runToEnd([join(ROOT, "node_modules", ".bin", program), ...args], {
      cwd: ROOT,
      // npm's programs are .cmd files there.
      shell: process.platform === "win32",
    });
    const result = { name, ok: code === 0, seconds: (performance.now() - start) / 1000, output };
    onResult(result);
    results.push(result);
  }
  return results;
}

/** One line for a step that holds; the step's own words when it does not. */
export function describeResult({ name, ok, seconds, output }: CheckResult): string {
  const line = `${ok ? "✓" : "✗"} ${name} (${seconds.toFixed(1)} s)`;
  return ok ? line : `${line}\n${output.trim()}`;
}

if (process.argv[1] === import.meta.filename) {
  const results = await runChecks((result) => console.log(describeResult(result)));
  process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
}
