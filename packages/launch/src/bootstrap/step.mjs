import { lastWords, runToEnd } from "./run-to-end.mjs";

/** A failure that is told to the person as it is, without a stack trace. */
export class StepFailed extends Error {}

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
export async function runQuietly(command, options, failure) {
  const { code, output } = await runToEnd(command, options);
  if (code === 0) return;
  const offline = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT/;
  const hint = offline.test(output) ? ` ${OFFLINE_HINT}` : "";
  throw new StepFailed(`${failure}${hint}\n\n${lastWords(output)}`);
}
