import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { CLIENT_ID } from "../identity.ts";
import type { Org } from "../org.ts";
import { readRecordId } from "../record-id.ts";
import { readSteering } from "./read-steering.ts";

const outageSchema = z.strictObject({
  for_ms: z.int().nonnegative(),
  kind: z.enum(["unavailable", "refused"]).default("unavailable"),
});
const usageSchema = z.strictObject({ used: z.int().nonnegative() });
const lockSchema = z.strictObject({ id: z.string(), for_ms: z.int().positive() });
const sessionSchema = z.strictObject({ username: z.string() });
const expirySchema = z.strictObject({ access_token: z.string().optional() });

/**
 * Mounts what befalls the service as a whole: `outage` (`{for_ms, kind}`; 0 ends it), `usage` (`{used}`, calls of the
 * last 24 hours), `locks` (`{id, for_ms}`: somebody else holds that row), `sessions` (`{username}`: a session of that
 * user) and `sessions/expire` (all, or the one of `access_token`).
 */
export function mountServiceSteering(app: FastifyInstance, org: Org): void {
  app.post("/_sim/outage", (request, reply) => {
    const outage = readSteering(outageSchema, request.body, reply);
    if (outage === undefined) return reply;
    org.outage = { until: org.clock.now() + outage.for_ms, kind: outage.kind };
    return { until: new Date(org.outage.until).toISOString(), kind: outage.kind };
  });

  app.post("/_sim/usage", (request, reply) => {
    const usage = readSteering(usageSchema, request.body, reply);
    if (usage === undefined) return reply;
    org.usage.set(usage.used);
    return { used: org.usage.used };
  });

  app.post("/_sim/locks", (request, reply) => {
    const lock = readSteering(lockSchema, request.body, reply);
    if (lock === undefined) return reply;
    const id = readRecordId(lock.id);
    if (id === undefined) return reply.code(400).send({ error: "that is no id" });
    org.locks.hold([id], {}, lock.for_ms);
    return { id, for_ms: lock.for_ms };
  });
  mountSessions(app, org);
}

function mountSessions(app: FastifyInstance, org: Org): void {
  app.post("/_sim/sessions", (request, reply) => {
    const session = readSteering(sessionSchema, request.body, reply);
    if (session === undefined) return reply;
    const [user] = org.records.withValue(org.schema.object("User"), "Username", session.username);
    if (user === undefined) return reply.code(404).send({ error: "no such user" });
    const lastsMs = org.behaviour.session_ms;
    const facts = { userId: user.id, clientId: CLIENT_ID, scopes: ["api", "openid"], grant: randomUUID() };
    return { user_id: user.id, access_token: org.tokens.issue({ use: "access_token", ...facts, lastsMs }) };
  });

  app.post("/_sim/sessions/expire", (request, reply) => {
    const expiry = readSteering(expirySchema, request.body, reply);
    if (expiry === undefined) return reply;
    if (expiry.access_token === undefined) org.tokens.expireSessions();
    else org.tokens.end(expiry.access_token);
    return reply.code(204).send();
  });
}
