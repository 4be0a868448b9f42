import type { FastifyInstance } from "fastify";

declare module "fastify" {
  interface FastifyContextConfig {
    /** How long the body of this route's requests may take, in milliseconds, where it is longer than usual. */
    readonly bodyTimeoutMs?: number;
  }
}

/** How long a body may take to arrive, in milliseconds. */
const usualMs = 30_000;

/** Lets go of whoever sends a body drop by drop. Node's own time-out counts for all routes alike, and files take longer. */
export function registerBodyTimeout(http: FastifyInstance): void {
  http.addHook("onRequest", async (request, reply) => {
    const { raw, routeOptions } = request;
    const timer = setTimeout(() => {
      if (!raw.complete) raw.destroy();
    }, routeOptions.config.bodyTimeoutMs ?? usualMs);
    reply.raw.once("close", () => clearTimeout(timer));
  });
}
