import type { Sim } from "../sim.ts";

/** Tells the apps of an account about something that happens now. */
export async function announce(
  sim: Sim,
  accountId: string,
  field: string,
  value: Record<string, unknown>,
): Promise<void> {
  await sim.webhooks.publish({ accountId, field, value, time: sim.clock.seconds() });
}
