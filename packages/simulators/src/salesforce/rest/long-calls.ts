import type { FastifyReply } from "fastify";
import type { Org } from "../org.ts";
import { SalesforceError } from "../salesforce-error.ts";

/** The calls under way: Salesforce lets only so many run at once that take longer than 20 seconds. */
export class LongCalls {
  readonly #underWay = new Set<{ begunAt: number }>();

  /** Notes a call until its answer is sent; refuses it (403) while too many long ones are under way. */
  begin({ behaviour }: Org, reply: FastifyReply): void {
    const now = performance.now();
    const long = [...this.#underWay].filter(({ begunAt }) => now - begunAt >= behaviour.long_call_ms);
    if (long.length >= behaviour.concurrent_long_calls) {
      throw new SalesforceError(
        403,
        "REQUEST_LIMIT_EXCEEDED",
        "ConcurrentRequests (Concurrent API Requests) Limit exceeded.",
      );
    }
    const call = { begunAt: now };
    this.#underWay.add(call);
    reply.raw.once("close", () => this.#underWay.delete(call));
  }
}
