import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ApiFault, Faults } from "./faults.ts";

/** Lets the rules strike every request of this server except those to `/_sim/`. Call it before routes are registered. */
export function applyFaults(app: FastifyInstance, faults: Faults): void {
  const struck = new WeakMap<FastifyRequest, ApiFault>();

  app.addHook("onRequest", async (request, reply) => {
    if (request.url.startsWith("/_sim/")) return;
    const fault = faults.strikeApi({ method: request.method, path: request.url });
    if (fault === undefined) return;
    struck.set(request, fault);
    await strikeBefore(fault, request, reply);
  });

  app.addHook("onSend", async (request, _reply, payload) => {
    const fault = struck.get(request);
    if (fault?.kind === "delay_answer") await sleep(fault.ms);
    if (fault?.kind === "drop_after") request.raw.socket.destroy();
    return payload;
  });
}

async function strikeBefore(fault: ApiFault, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (fault.kind === "delay") await sleep(fault.ms);
  if (fault.kind === "drop_before") {
    reply.hijack();
    request.raw.socket.destroy();
  }
  if (fault.kind === "status") {
    await reply
      .code(fault.status)
      .headers(fault.headers ?? {})
      .send(fault.body ?? "");
  }
}
