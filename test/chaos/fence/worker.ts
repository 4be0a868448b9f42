import { createApp, type AppOptions } from "@aparte/api/app";
import { seededRandom } from "../../support/random.ts";
import { slowly } from "./delays.ts";

/**
 * A worker of the race, in a process of its own that can be killed. It is the real one but for two things that only code
 * can give it: it tarries between the gate and the request, and it may be told to go past the fence.
 */

/** What it is started with, as JSON in `SETTINGS`. */
export type WorkerSettings = {
  readonly env: AppOptions["env"];
  readonly seed: number;
  /** Sends under way at once. */
  readonly inFlight: number;
  /** Longest time between the gate and the request, in milliseconds. */
  readonly slowestMs: number;
  /** False: the lane runs without a fence, to show that the race would tell. */
  readonly fenced: boolean;
};

const { env, seed, inFlight, slowestMs, fenced } = JSON.parse(process.env["SETTINGS"] ?? "") as WorkerSettings;

/** Lets everybody pass at any time. */
const noFence = () => ({ pass: async () => ({ leave: async () => {} }), close: () => {} });

const app = await createApp({
  env,
  failpoint: slowly(seededRandom(seed), slowestMs),
  lane: { inFlight, ...(fenced ? {} : { openFence: noFence }) },
});
app.start("worker");
process.stdout.write("at work\n");
