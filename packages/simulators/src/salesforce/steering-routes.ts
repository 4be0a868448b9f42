import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { behaviourChangeSchema } from "./behaviour.ts";
import type { Org } from "./org.ts";

/**
 * Mounts what only this simulator has under `/_sim/`: `behaviour` (GET, POST with the settings to change).
 * None of it counts against a limit or meets a fault.
 */
export function mountSteering(app: FastifyInstance, org: Org): void {
  app.get("/_sim/behaviour", () => org.behaviour);
  app.post("/_sim/behaviour", (request, reply) => {
    const change = behaviourChangeSchema.safeParse(request.body);
    if (!change.success) return reply.code(400).send({ error: z.prettifyError(change.error) });
    const given = Object.entries(change.data).filter(([, value]) => value !== undefined);
    org.behaviour = { ...org.behaviour, ...Object.fromEntries(given) };
    return org.behaviour;
  });
}
