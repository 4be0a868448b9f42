import { spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";

/**
 * Runs the command with the Node that understands it and ends as it ends: same exit code, same signal. Signals are
 * passed on and the command is waited for, so that it can stop its servers in order.
 *
 * @param {import("./tools.mjs").Tools} tools
 * @param {string[]} args
 */
export async function runCommand({ node, env }, args) {
  // Node 22 and the first 24 announce type stripping as experimental.
  const child = spawn(node, ["--disable-warning=ExperimentalWarning", ...args], { env, stdio: "inherit" });
  /** @param {NodeJS.Signals} signal */
  const passOn = (signal) => {
    // Ctrl-C in a terminal already reaches every process of the group.
    if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
  };
  /** @type {NodeJS.Signals[]} */
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) process.removeAllListeners(signal).on(signal, passOn);
  const [code, signal] = await once(child, "exit");
  for (const each of signals) process.off(each, passOn);
  if (signal === null) process.exitCode = code;
  else process.kill(process.pid, signal);
}
