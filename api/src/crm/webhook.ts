import { crmNames } from "@aparte/core/crm-record.ts";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Deps } from "../platform/context.ts";
import { publicUrl } from "../platform/env.ts";
import { foldChanges } from "./change-queue.ts";
import { adapterFor } from "./connections.ts";

/** HubSpot sends at most a hundred events at once; a little over 500 bytes each. */
const maxBodyBytes = 1024 * 1024;

/**
 * `/webhooks/hubspot`, `/webhooks/salesforce`: the addresses that the CRMs call. News are checked, folded into the records to read
 * again and committed; only then comes the 200. Nothing else of a delivery is of use, so nothing else is kept. What is skipped on
 * purpose is answered like the rest, or the CRM would send it again for a day.
 */
export function registerCrmWebhooks(http: FastifyInstance, deps: Deps): void {
  void http.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: maxBodyBytes }, (_, body, done) =>
      done(null, body),
    );
    for (const crm of crmNames) {
      scope.post(`/webhooks/${crm}`, { bodyLimit: maxBodyBytes }, async (request, reply) => {
        const read = adapterFor(deps.env, crm)?.readWebhook({
          method: request.method,
          url: `${publicUrl(deps.env)}/webhooks/${crm}`,
          headers: headersOf(request),
          body: Buffer.isBuffer(request.body) ? request.body : new Uint8Array(),
          now: deps.now(),
        });
        if (!read?.genuine) return reply.status(401).send({ error: "The signature does not match the body." });
        try {
          const { strangers } = await deps.database.system.transaction((tx) => foldChanges(tx, read.changes));
          if (strangers > 0) deps.log.info({ crm, strangers }, "news of accounts that nobody connected were left");
        } catch (error) {
          // Anything but 200 makes the CRM come back: nothing is lost.
          deps.log.error({ err: error, crm }, "news of a CRM could not be stored");
          return reply.status(503).send({ error: "Try again later." });
        }
        return reply.send("ok");
      });
    }
  });
}

function headersOf({ headers }: FastifyRequest): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
}
