import { verifySignature } from "@aparte/whatsapp/signature.ts";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { timingSafeEqual } from "node:crypto";
import type { Deps } from "../platform/context.ts";
import { IntakeFullError, type Intake } from "../platform/deliveries.ts";

/** Meta sends up to 3 MB per delivery (Cloud API, webhooks overview); a little more room, then 413. */
const maxBodyBytes = 4 * 1024 * 1024;

export const webhookSource = "whatsapp";

/**
 * `/webhooks/whatsapp`: the address that Meta calls. The body is not understood here: its signature over the raw bytes
 * is checked, the body is stored, and only then comes the 200. Whatever else is wrong with it is the projector's to say.
 */
export function registerWhatsAppWebhook(http: FastifyInstance, deps: Deps, intake: Intake): void {
  void http.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: maxBodyBytes }, (_, body, done) =>
      done(null, body),
    );
    scope.get("/webhooks/whatsapp", (request, reply) => answerChallenge(deps, request, reply));
    scope.post("/webhooks/whatsapp", { bodyLimit: maxBodyBytes }, (request, reply) =>
      receive(deps, intake, request, reply),
    );
  });
}

/** Meta's check of the address (`hub.mode=subscribe`): the challenge goes back only for our verify token, as plain text. */
function answerChallenge({ env }: Deps, request: FastifyRequest, reply: FastifyReply) {
  const query = request.query as Readonly<Record<string, unknown>>;
  const challenge = query["hub.challenge"];
  const token = query["hub.verify_token"];
  const known =
    query["hub.mode"] === "subscribe" &&
    typeof token === "string" &&
    typeof challenge === "string" &&
    sameText(token, env.META_VERIFY_TOKEN) &&
    /^[\w.-]{1,200}$/.test(challenge);
  return known
    ? reply.type("text/plain").send(challenge)
    : reply.status(403).send({ error: "The verify token is not the one of this server." });
}

async function receive({ env, log }: Deps, intake: Intake, request: FastifyRequest, reply: FastifyReply) {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const signature = request.headers["x-hub-signature-256"];
  if (!verifySignature(body, typeof signature === "string" ? signature : undefined, env.META_APP_SECRET)) {
    return reply.status(401).send({ error: "The signature does not match the body." });
  }
  try {
    await intake.append({ source: webhookSource, appId: env.META_APP_ID, body: body.toString("utf8") });
    return reply.send("ok");
  } catch (error) {
    // Anything but 200 makes Meta come back: nothing is lost, whether memory or the database is what failed.
    log.error({ err: error, full: error instanceof IntakeFullError }, "a delivery could not be stored");
    return reply.status(503).send({ error: "Try again later." });
  }
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
