import type { FastifyInstance } from "fastify";
import { behaviourChangeSchema } from "../behaviour.ts";
import type { ChangeRelay } from "../changes/change-relay.ts";
import type { Org } from "../org.ts";
import { mountRelaySteering } from "./relay-routes.ts";
import { readSteering } from "./read-steering.ts";
import { mountLifecycleSteering } from "./lifecycle-routes.ts";
import { mountRecordSteering } from "./record-routes.ts";
import { mountServiceSteering } from "./service-routes.ts";

/**
 * Mounts what only this simulator has under `/_sim/`: `behaviour` (GET, POST with the settings to change), the records
 * as they stand, and what befalls the service. None of it counts against a limit or meets a fault.
 */
export function mountSteering(app: FastifyInstance, org: Org, relay: ChangeRelay): void {
  app.get("/_sim/behaviour", () => org.behaviour);
  app.post("/_sim/behaviour", (request, reply) => {
    const change = readSteering(behaviourChangeSchema, request.body, reply);
    if (change === undefined) return reply;
    const given = Object.entries(change).filter(([, value]) => value !== undefined);
    org.behaviour = { ...org.behaviour, ...Object.fromEntries(given) };
    return org.behaviour;
  });
  mountRecordSteering(app, org);
  mountRelaySteering(app, relay);
  mountLifecycleSteering(app, org);
  mountServiceSteering(app, org);
}
