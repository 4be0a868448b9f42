import type { FastifyInstance } from "fastify";
import { collectDefaultMetrics, Registry } from "prom-client";
import type { Deps } from "./context.ts";

/** `/healthz`: the process answers. `/readyz`: it can also reach its database. `/metrics`: figures for Prometheus. */
export function registerHealth(http: FastifyInstance, { database }: Deps): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  http.get("/healthz", () => ({ status: "ok" }));
  http.get("/readyz", async (_, reply) => {
    try {
      await database.ping();
      return { status: "ready" };
    } catch {
      return reply.status(503).send({ status: "not ready", reason: "The database does not answer." });
    }
  });
  http.get("/metrics", async (_, reply) => reply.type(registry.contentType).send(await registry.metrics()));
}
