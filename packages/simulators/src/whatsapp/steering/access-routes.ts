import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { giveCode } from "../graph/oauth.ts";
import type { Sim } from "../sim.ts";
import { announce } from "../webhooks/announce.ts";

const secretSchema = z.strictObject({ app_secret: z.string().min(16) });
const signupSchema = z.strictObject({ waba_id: z.string() });
const tokenSchema = z.strictObject({ access_token: z.string(), expires_in: z.int() });

/**
 * Mounts what happens to keys: `/_sim/apps/{app_id}` changes the app's secret, `/_sim/tokens` lets an access token end
 * `expires_in` seconds from now (0 or less: it has ended), `/_sim/signups` is a business that lets the app of its
 * account in: the code that Embedded Signup gives to the browser.
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

  app.post("/_sim/signups", async (request, reply) => {
    const parsed = signupSchema.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ error: z.prettifyError(parsed.error) });
    const account = sim.state.accounts.get(parsed.data.waba_id);
    if (account === undefined) return reply.code(404).send({ error: "no such account" });
    const { id, appId, businessId } = account;
    const waba_info = { waba_id: id, owner_business_id: businessId };
    await announce(sim, id, "account_update", { event: "PARTNER_ADDED", waba_info });
    return { code: giveCode(sim, appId, id) };
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
