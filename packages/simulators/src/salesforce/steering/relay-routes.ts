import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { CHANGE_TYPE_NAMES } from "../changes/change-event.ts";
import type { ChangeRelay } from "../changes/change-relay.ts";
import { DEMO_ADMIN_ID } from "../demo/demo-ids.ts";
import { readSteering } from "./read-steering.ts";

const settingsSchema = z.strictObject({
  target_url: z.url().nullable().optional(),
  entities: z.array(z.string()).optional(),
});
const eventSchema = z.strictObject({
  entity: z.string(),
  ids: z.array(z.string()).default([]),
  change_type: z.enum(CHANGE_TYPE_NAMES),
});

/**
 * Mounts the relay of Change Data Capture: `webhooks` (GET; POST `{target_url?, entities?}`: where events go, null for
 * nowhere, and of which objects), `deliveries` (what was sent, with the answers) and `change-events`
 * (`{entity, ids, change_type}`: an event out of the blue, such as a gap).
 */
export function mountRelaySteering(app: FastifyInstance, relay: ChangeRelay): void {
  const state = () => ({ target_url: relay.settings.targetUrl, entities: relay.settings.entities });
  app.get("/_sim/deliveries", () => relay.deliveries());
  app.get("/_sim/webhooks", state);
  app.post("/_sim/webhooks", (request, reply) => {
    const change = readSteering(settingsSchema, request.body, reply);
    if (change === undefined) return reply;
    const { targetUrl, entities } = relay.settings;
    relay.settings = {
      targetUrl: change.target_url === undefined ? targetUrl : change.target_url,
      entities: change.entities ?? entities,
    };
    return state();
  });
  app.post("/_sim/change-events", (request, reply) => {
    const event = readSteering(eventSchema, request.body, reply);
    if (event === undefined) return reply;
    const { entity, ids: recordIds, change_type: changeType } = event;
    relay.publish({ entity, recordIds, changeType, origin: "", userId: DEMO_ADMIN_ID, fields: {} });
    return reply.code(202).send({ change_type: changeType });
  });
}
