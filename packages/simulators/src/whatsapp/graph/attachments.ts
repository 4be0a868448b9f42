import type { FastifyInstance, FastifyReply } from "fastify";
import { ATTACHMENT_PATH, mediaOfLink } from "../media/store.ts";
import type { Sim } from "../sim.ts";
import { authenticate, readCredentials } from "./auth.ts";
import { Refusal } from "./refusal.ts";

type Link = { Querystring: { mid?: string; ext?: string; hash?: string } };

/**
 * Mounts the downloads, which Meta serves from a host of their own. Whoever has a token of the account gets the bytes;
 * without one, with a link whose 5 minutes are over, or after the file is gone, the answer is 404 without a reason.
 */
export function mountAttachments(app: FastifyInstance, sim: Sim): void {
  app.get<Link>(ATTACHMENT_PATH, (request, reply) => {
    const { credentials } = readCredentials(request.headers.authorization, {});
    const caller = authenticate(sim.state, credentials, sim.clock.seconds());
    const media = mediaOfLink(sim.state, request.query, sim.clock.now());
    if (caller instanceof Refusal || caller.kind === "app" || media === undefined) return notFound(reply);
    const owner = sim.state.numbers.get(media.phoneNumberId)?.accountId;
    if (owner !== caller.token.accountId || !caller.token.scopes.includes("whatsapp_business_messaging")) {
      return notFound(reply);
    }
    return reply
      .header("content-type", media.mimeType)
      .header("content-length", media.bytes.length)
      .header("cache-control", "private, max-age=0")
      .send(Buffer.from(media.bytes.buffer, media.bytes.byteOffset, media.bytes.length));
  });
}

function notFound(reply: FastifyReply): FastifyReply {
  return reply.code(404).type("text/plain").send("Not Found");
}
