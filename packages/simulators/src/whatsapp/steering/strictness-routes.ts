import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Sim } from "../sim.ts";

const strictnessSchema = z.strictObject({ unknown_keys: z.enum(["refuse", "ignore"]) });

/** Mounts `/_sim/strictness`: whether the object of a message may have keys that Meta does not know. */
export function mountStrictness(app: FastifyInstance, sim: Sim): void {
  app.get("/_sim/strictness", () => ({ unknown_keys: sim.unknownKeys }));
  app.post("/_sim/strictness", (request, reply) => {
    const parsed = strictnessSchema.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ error: z.prettifyError(parsed.error) });
    sim.unknownKeys = parsed.data.unknown_keys;
    return { unknown_keys: sim.unknownKeys };
  });
}
