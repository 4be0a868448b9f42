import { spawn } from "node:child_process";
import process from "node:process";

const SHOWN_OUTPUT = 1000;

/**
 * Runs a program without input to its end and collects both its streams. It does not outlive this process when this
 * process exits.
 *
 * @param {readonly string[]} command program and arguments
 * @param {import("node:child_process").SpawnOptions} [options]
 * @returns {Promise<{ code: number | null, output: string }>} code null when it could not be started (the reason is the
 * output) or when a signal ended it. Never rejects.
 */
export function runToEnd([program = "", ...args], options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { windowsHide: true, ...options, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    /** @param {Buffer} chunk */
    const keep = (chunk) => {
      output += chunk.toString();
    };
    child.stdout?.on("data", keep);
    child.stderr?.on("data", keep);
    const endIt = () => child.kill();
    process.once("exit", endIt);
    /** @param {{ code: number | null, output: string }} result */
    const finish = (result) => {
      process.off("exit", endIt);
      resolve(result);
    };
    child.once("error", (error) => finish({ code: null, output: error.message }));
    child.once("close", (code) => finish({ code, output }));
  });
}

/**
 * The end of a program's output, where the reason usually stands.
 *
 * @param {string} output
 */
export function lastWords(output) {
  return output.trim().slice(-SHOWN_OUTPUT);
}
