import { parseArgs } from "node:util";
import { runChaos, type ChaosResult } from "./chaos.ts";
import { categories } from "./driver.ts";

/** `npm run chaos -- --seed S --messages N --kills K`: ends with 1 when a promise was broken. */

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    messages: { type: "string", default: "600" },
    kills: { type: "string", default: "20" },
  },
});

function numberOf(name: keyof typeof values): number {
  const value = Number(values[name]);
  if (Number.isSafeInteger(value) && value > 0) return value;
  console.error(`--${name} must be a whole number above zero.`);
  return process.exit(2);
}

function print({ ends, violations, kills, losses, seconds }: ChaosResult): void {
  console.table(Object.fromEntries(categories.map((category) => [category, ends[category]])));
  const killed = `killed: worker ${kills.worker}, api ${kills.api}, Postgres ${kills.postgres}`;
  const lost = `lost: ${losses.answerLost} answers, ${losses.requestLost} requests, ${losses.refused} refused`;
  console.log(`${killed}; ${lost}; ${seconds.toFixed(0)} s`);
  console.log(violations.length === 0 ? "Every promise was kept." : `Broken promises: ${violations.join("; ")}`);
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(1));

const options = { seed: numberOf("seed"), messages: numberOf("messages"), kills: numberOf("kills") };
console.log(`${options.messages} messages, seed ${options.seed}`);
const result = await runChaos({ ...options, log: (line) => console.log(line) });
print(result);
process.exitCode = result.violations.length === 0 ? 0 : 1;
