import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Sim } from "../sim.ts";

const secretSchema = z.strictObject({ app_secret: z.string().min(16) });
const tokenSchema = z.strictObject({ access_token: z.string(), expires_in: z.int() });

/**
 * Mounts what happens to keys: `/_sim/apps/{app_id}` changes the app's secret, `/_sim/tokens` lets an access token end
 * `expires_in` seconds from now (0 or less: it has ended).
 */
export function mountAccess(app: FastifyInstance, sim: Sim): void {
  app.post<{ Params: { id: string } }>("/_sim/apps/:id", (request, reply) => {
    const parsed = secretSchema.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ error: z.prettifyError(parsed.error) });
    const owner = sim.state.apps.get(request.params.id);
    if (owner === undefined) return reply.code(404).send({ error: "no such app" });
    owner.previousSecret = owner.secret;
    owner.secret = parsed.data.app_secret;
    return { app_id: owner.id };
  });

  app.post("/_sim/tokens", (request, reply) => {
    const parsed = tokenSchema.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ error: z.prettifyError(parsed.error) });
    const token = sim.state.tokens.get(parsed.data.access_token);
    if (token === undefined) return reply.code(404).send({ error: "no such token" });
    token.expiresAt = sim.clock.seconds() + parsed.data.expires_in;
    return { expires_at: token.expiresAt };
  });
}
