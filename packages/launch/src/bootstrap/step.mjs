import { spawn } from "node:child_process";
import process from "node:process";

/** A failure that is told to the person as it is, without a stack trace. */
export class StepFailed extends Error {}

const KEPT_OUTPUT = 4000;
const OFFLINE_HINT =
  "The package registry cannot be reached: check the network, the proxy or npm's registry setting, then try again.";

/**
 * Does one piece of preparation and prints it with its time as one line.
 *
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const start = performance.now();
  const result = await work();
  console.log(`${title} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  return result;
}

/**
 * Runs a program quietly to its end; what it printed is shown only when it fails.
 *
 * @param {string[]} command program and arguments
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, shell?: boolean }} options
 * @param {string} failure what could not be done, in plain words
 */
export async function runQuietly([program = "", ...args], options, failure) {
  const { code, output } = await collect(program, args, options);
  if (code === 0) return;
  const offline = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT/;
  const hint = offline.test(output) ? ` ${OFFLINE_HINT}` : "";
  throw new StepFailed(`${failure}${hint}\n\n${output.slice(-KEPT_OUTPUT).trim()}`);
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {import("node:child_process").SpawnOptions} options
 * @returns {Promise<{ code: number | null, output: string }>}
 */
function collect(program, args, options) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { ...options, stdio: ["ignore", "pipe", "pipe"], windowsHide: true });
    let output = "";
    /** @param {Buffer} chunk */
    const keep = (chunk) => {
      output += chunk.toString();
    };
    child.stdout?.on("data", keep);
    child.stderr?.on("data", keep);
    child.once("error", (error) => resolve({ code: null, output: error.message }));
    child.once("close", (code) => resolve({ code, output }));
    // A person who gives up must not leave an installation running behind.
    const stop = () => child.kill();
    process.once("exit", stop);
    child.once("close", () => process.off("exit", stop));
  });
}
