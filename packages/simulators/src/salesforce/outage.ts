import type { FastifyInstance } from "fastify";
import type { Org } from "./org.ts";
import { SalesforceError } from "./salesforce-error.ts";

/** While the service is down nothing but the steering is let in: 503, or a connection that is closed at once. */
export function applyOutage(app: FastifyInstance, org: Org): void {
  app.addHook("onRequest", async (request, reply) => {
    const { outage } = org;
    if (outage === undefined || outage.until <= org.clock.now() || request.url.startsWith("/_sim/")) return;
    if (outage.kind === "unavailable") {
      const down = new SalesforceError(503, "SERVER_UNAVAILABLE", "The server is temporarily unavailable");
      await reply.code(down.status).send(down.body());
      return;
    }
    reply.hijack();
    request.raw.socket.destroy();
  });
}
