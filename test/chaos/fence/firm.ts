import type { Child } from "@aparte/launch/process.ts";
import { startChild } from "@aparte/launch/process.ts";
import { randomPort } from "@aparte/launch/ports.ts";
import { join } from "node:path";
import { ownDatabase } from "../../support/own-database.ts";
import { connectHubSpot } from "../../support/hubspot.ts";
import { post, startWorld, type World } from "../../support/world.ts";
import { killServer } from "../../support/server-process.ts";
import { slowly } from "./delays.ts";
import { startRelay, type Relay } from "./relay.ts";
import type { WorkerSettings } from "./worker.ts";

/** A firm whose messages cross a relay, and whose workers are processes that can be killed. */
export type FenceFirm = {
  readonly world: World;
  readonly relay: Relay;
  /** When each incarnation of a worker was killed, on the clock of this process; those that live are not there. */
  readonly killedAt: ReadonlyMap<string, number>;
  /** Has these work from now on, in place of those before. */
  employ(crew: Crew): Promise<void>;
  /** kill -9 of one worker in the midst of its work, and another one in its place. */
  replaceOne(): Promise<void>;
  /** From now on messages tarry up to so long before WhatsApp notes their arrival, in milliseconds. */
  tarry(slowestMs: number): void;
  close(): Promise<void>;
};

export type Crew = Omit<WorkerSettings, "env" | "seed"> & { readonly workers: number };

/** The firm at its number, with a CRM; nobody works yet. */
export async function startFenceFirm(seed: number, random: () => number): Promise<FenceFirm> {
  const world = await startWorld({ role: "api", database: await ownDatabase() });
  let slowestMs = 0;
  const relay = await startRelay({ listen: await randomPort(), target: world.whatsapp.port }, () =>
    slowly(random, slowestMs)(),
  );
  // Makes the field in which somebody can opt a person out; nothing of ours is copied there.
  const connectionId = await connectHubSpot(world);
  for (const on of [true, false]) await world.admin.crm.setMirror.mutate({ connectionId, on });
  // What becomes of the messages is not the point here, and its news would only keep the machine busy.
  await post(`${world.whatsapp.url}/_sim/faults`, {
    target: "webhook",
    match: { body: '"statuses"' },
    action: { kind: "lose" },
  });
  const killedAt = new Map<string, number>();
  const working = new Map<string, Child>();
  let count = 0;
  let crew: Crew = { workers: 0, inFlight: 0, slowestMs: 0, fenced: true };
  const hire = async (): Promise<void> => {
    count += 1;
    const name = `worker-${count}`;
    const { workers, ...more } = crew;
    const env = { ...world.app.deps.env, META_GRAPH_URL: relay.urlFor(name), ROLE: "worker" as const };
    working.set(
      name,
      await startWorker({ ...more, inFlight: Math.ceil(more.inFlight / workers), env, seed: seed + count }),
    );
  };
  const dismiss = async (name: string, worker: Child): Promise<void> => {
    working.delete(name);
    killedAt.set(name, performance.now());
    await killServer(worker);
    // What it was reading in the CRM would wait five minutes for its lease to run out.
    await world.app.deps.database.system.execute("update crm_changes set due_at = now() where due_at > now()");
  };
  return {
    world,
    relay,
    killedAt,
    async employ(next) {
      await Promise.all([...working].map(([name, worker]) => dismiss(name, worker)));
      crew = next;
      await Promise.all(Array.from({ length: next.workers }, hire));
    },
    async replaceOne() {
      const [first] = working;
      if (first) await dismiss(...first);
      await hire();
    },
    tarry(ms) {
      slowestMs = ms;
    },
    async close() {
      await Promise.all([...working].map(([name, worker]) => dismiss(name, worker)));
      await relay.close();
      await world.close();
    },
  };
}

async function startWorker(settings: WorkerSettings): Promise<Child> {
  const worker = await startChild({
    command: process.execPath,
    args: ["--disable-warning=ExperimentalWarning", join(import.meta.dirname, "worker.ts")],
    env: { PATH: process.env["PATH"], SETTINGS: JSON.stringify(settings) },
  });
  await worker.waitForLine(/at work/, 60_000);
  return worker;
}
