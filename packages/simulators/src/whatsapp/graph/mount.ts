import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { newTraceId } from "../identifiers.ts";
import { mountPublicFiles } from "../media/public-files.ts";
import type { Sim } from "../sim.ts";
import { authenticate, readCredentials } from "./auth.ts";
import { accountOfPath, dispatch } from "./dispatch.ts";
import { mountAttachments } from "./attachments.ts";
import { MOST_FORM_BYTES, parseForm } from "./form.ts";
import { exchange, revoke } from "./oauth.ts";
import { PartialRefusal, Refusal, refuseObject, refuseParameter, refusePath } from "./refusal.ts";
import type { Call, Caller, Method } from "./route.ts";
import { usageHeader } from "./usage.ts";
import { readVersion } from "./version.ts";

/** What the secret of an app opens, without a token. */
const WITHOUT_TOKEN: Readonly<Record<string, (sim: Sim, params: Record<string, unknown>) => Refusal | object>> = {
  "/oauth/access_token": exchange,
  "/oauth/revoke": revoke,
};

/** Mounts the Graph API at the root: `/{version}/{node}/{edge}`, or without a version for the oldest one alive. */
export function mountGraph(app: FastifyInstance, sim: Sim): void {
  app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
  app.addContentTypeParser("multipart/form-data", { parseAs: "buffer", bodyLimit: MOST_FORM_BYTES }, parseForm);
  for (const method of ["GET", "POST", "DELETE"] as const) {
    app.route({ method, url: "/*", handler: (request, reply) => answer(sim, method, request, reply) });
  }
  mountAttachments(app, sim);
  mountPublicFiles(app, sim);
  void app.register((uploads, _options, done) => {
    uploads.removeAllContentTypeParsers();
    uploads.addContentTypeParser("*", (_request, payload, parsed) => parsed(null, payload));
    for (const url of ["/:session(^upload:.+)", "/:version/:session(^upload:.+)"]) {
      for (const method of ["GET", "POST"] as const) {
        uploads.route({ method, url, handler: (request, reply) => answer(sim, method, request, reply) });
      }
    }
    done();
  });
  // What is neither read, written nor deleted, as by PUT, is refused as Graph refuses it.
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split("?")[0] ?? "/";
    const [, id = ""] = (readVersion(path, sim.clock.now())?.rest ?? path).split("/");
    return sendRefusal(reply, refuseObject(id, request.method));
  });
  app.setErrorHandler((error, request, reply) => {
    const status = error instanceof Error && "statusCode" in error ? Number(error.statusCode) : 500;
    // Only what the caller sent wrong (broken JSON, too large) is an answer; anything else is a fault of ours.
    if (status < 400 || status >= 500) throw error;
    if (request.url.startsWith("/_sim/")) return reply.code(status).send({ error: messageOf(error) });
    return sendRefusal(reply, refuseParameter(messageOf(error)));
  });
}

async function answer(sim: Sim, method: Method, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const path = request.url.split("?")[0] ?? "/";
  const now = sim.clock.now();
  const versioned = readVersion(path, now);
  setHeaders(reply, versioned?.version);
  if (versioned === undefined) return sendRefusal(reply, refusePath(path));
  const { version, rest } = versioned;
  const open = method === "DELETE" ? undefined : WITHOUT_TOKEN[rest];
  if (open !== undefined) {
    const answered = open(sim, { ...asRecord(request.query), ...asRecord(request.body) });
    return answered instanceof Refusal ? sendRefusal(reply, answered) : reply.send(answered);
  }
  const { credentials, rest: params } = readCredentials(request.headers.authorization, {
    ...asRecord(request.query),
    ...asRecord(withoutNulls(request.body)),
  });
  const caller = authenticate(sim.state, credentials, sim.clock.seconds());
  if (caller instanceof Refusal) {
    const isAnonymousMe = rest === "/me" && credentials.accessToken === undefined;
    return sendRefusal(reply, isAnonymousMe ? refuseAnonymous() : caller);
  }
  const url = `${request.protocol}://${request.host}${path}`;
  const call = { method, version, params, caller, url, ...uploadOf(request) };
  const result = await dispatch(sim, call, rest);
  setUsage(sim, reply, caller, rest);
  return result instanceof Refusal ? sendRefusal(reply, result) : reply.send(result);
}

/** A body that was not read yet: the bytes of a resumable upload. */
function uploadOf({ body, headers }: FastifyRequest): Pick<Call, "upload"> {
  const offset = headers.file_offset;
  return body instanceof Readable
    ? { upload: { bytes: body, fileOffset: typeof offset === "string" ? offset : undefined } }
    : {};
}

function setHeaders(reply: FastifyReply, version: string | undefined): void {
  reply.headers({
    ...(version === undefined ? {} : { "facebook-api-version": version }),
    "x-fb-trace-id": newTraceId(),
    "x-fb-request-id": newTraceId(),
    "x-fb-rev": String(1_030_000_000 + (randomBytes(2).readUInt16BE() % 1000)),
    "cache-control": "private, no-cache, no-store, must-revalidate",
  });
}

function setUsage(sim: Sim, reply: FastifyReply, { app }: Caller, path: string): void {
  const accountId = accountOfPath(sim, path);
  if (accountId === undefined) return;
  reply.header("x-business-use-case-usage", usageHeader(sim.state, app.id, accountId, sim.clock.now()));
}

function sendRefusal(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { status, error } = refusal;
  const kind = error.code === 190 ? "invalid_token" : "invalid_request";
  // A header takes visible ASCII only.
  const words = error.message.replaceAll(/[^\x20-\x7e]|"/gu, "?");
  return reply
    .code(status)
    .header("www-authenticate", `OAuth "Facebook Platform" "${kind}" "${words}"`)
    .send({ ...(refusal instanceof PartialRefusal ? refusal.done : {}), error });
}

function refuseAnonymous(): Refusal {
  return new Refusal(400, {
    message: "An active access token must be used to query information about the current user.",
    type: "OAuthException",
    code: 2500,
  });
}

/** Graph takes a null for a parameter that is not given, and published clients write one for whatever they leave out. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const given = Object.entries(value).filter(([, part]) => part !== null);
  return Object.fromEntries(given.map(([name, part]) => [name, withoutNulls(part)]));
}

function asRecord(value: unknown): Record<string, unknown> {
  const isRecord = typeof value === "object" && value !== null && !Array.isArray(value);
  return isRecord && !(value instanceof Readable) ? { ...value } : {};
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "Invalid request";
}
