import { maxFileBytes } from "@aparte/core/media.ts";
import { refused } from "@aparte/core/result.ts";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Authenticate } from "../identity/authenticate.ts";
import type { Actor, Deps } from "../platform/context.ts";
import type { ByteRange } from "../platform/file-store.ts";
import { answerHeaders } from "./answer-headers.ts";
import { readRange } from "./byte-range.ts";
import { keepUpload } from "./keep-upload.ts";
import { opens, type Link } from "./links.ts";
import { loadKept } from "./service.ts";

/** How long the largest file may take to arrive here: 100 MB at 1.4 Mbit/s. */
const uploadTimeoutMs = 10 * 60_000;

const givenQuery = z.object({
  id: z.uuid(),
  channel: z.uuid().nullable().default(null),
  name: z.string().min(1).max(1000).nullable().default(null),
});

const linkQuery = z
  .object({ id: z.string(), w: z.uuid(), e: z.coerce.number().int(), s: z.string(), d: z.literal("1").optional() })
  .transform(({ id, w, e, s, d }): { readonly link: Link; readonly signature: string } => ({
    link: { workspaceId: w, fileId: id, ends: e, use: d ? "download" : "show" },
    signature: s,
  }));

/** Files in and out as raw bytes: given by people who are signed in, opened by links that we signed. */
export function registerMedia(http: FastifyInstance, deps: Deps, authenticate: Authenticate): void {
  void http.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    // Left unread: the handler streams it.
    scope.addContentTypeParser("*", (_, __, done) => done(null));
    const path = "/media/:id";
    scope.put(path, { config: { bodyTimeoutMs: uploadTimeoutMs } }, (request, reply) =>
      receive(deps, authenticate, request, reply),
    );
    scope.get(path, { exposeHeadRoute: false }, (request, reply) => serve(deps, request, reply));
  });
}

async function receive(
  deps: Deps,
  authenticate: Authenticate,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const workspace = request.headers["x-workspace-id"];
  const actor = await authenticate(request.headers.authorization, typeof workspace === "string" ? workspace : null);
  if (!actor) return withoutRest(request, reply, { status: 401, body: { error: "Sign in first." } });
  const asked = givenQuery.safeParse({ ...Object(request.query), ...Object(request.params) });
  if (!asked.success) {
    return withoutRest(request, reply, { status: 400, body: { error: "A file needs an id that is a UUID." } });
  }
  const tooMany = Number(request.headers["content-length"]) > maxFileBytes;
  const outcome = tooMany ? tooLarge : await takeIn(deps, actor, request, asked.data);
  return withoutRest(request, reply, { status: 200, body: outcome });
}

/** More than any kind of message may carry. */
const tooLarge = refused("media.too_large", { limit: `${maxFileBytes / 1024 / 1024} MB` });

/** The client went away: an error of its own, which the log need not know. */
class BrokenOff extends Error {
  readonly statusCode = 400;
}

async function takeIn(deps: Deps, actor: Actor, request: FastifyRequest, asked: z.infer<typeof givenQuery>) {
  try {
    return await keepUpload(deps, actor, {
      id: asked.id,
      channelId: asked.channel,
      fileName: asked.name,
      mimeType: request.headers["content-type"] ?? "",
      // An answer is still to go out over the connection when not all was read.
      bytes: request.raw.iterator({ destroyOnReturn: false }),
    });
  } catch (error) {
    if (error instanceof RangeError) return tooLarge;
    if (!request.raw.complete && request.raw.destroyed) throw new BrokenOff("The file broke off.");
    throw error;
  }
}

type Answer = { readonly status: number; readonly body: unknown };

/** Ends the connection where bytes are left that nobody will read. */
function withoutRest(request: FastifyRequest, reply: FastifyReply, { status, body }: Answer): FastifyReply {
  if (!request.raw.complete) void reply.header("connection", "close");
  return reply.status(status).send(body);
}

async function serve(deps: Deps, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const asked = linkQuery.safeParse({ ...Object(request.query), ...Object(request.params) });
  if (!asked.success || !opens(deps, asked.data.link, asked.data.signature)) {
    return reply.status(403).send({ error: "This address is not valid, or its hour is over." });
  }
  const { workspaceId, fileId, use } = asked.data.link;
  const file = await deps.database.inWorkspace(workspaceId, (tx) => loadKept(tx, workspaceId, fileId));
  if (!file) return reply.status(404).send({ error: "This file is no longer here." });
  const range = readRange(request.headers.range, file.size);
  if (range === "unsatisfiable") return reply.status(416).header("content-range", `bytes */${file.size}`).send();
  const bytes = await deps.files.get(file.storeKey, range ?? undefined);
  if (!bytes) throw new Error("The store has lost the bytes of a file.");
  void reply.headers({ ...answerHeaders(file, use), "content-length": String(lengthOf(range, file.size)) });
  if (range) void reply.status(206).header("content-range", `bytes ${range.start}-${range.end}/${file.size}`);
  return reply.send(bytes);
}

function lengthOf(range: ByteRange | null, size: number): number {
  return range ? range.end - range.start + 1 : size;
}
