import { importKinds } from "@aparte/core/consent-import.ts";
import { roleAllows } from "@aparte/core/roles.ts";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Authenticate } from "../identity/authenticate.ts";
import type { Deps } from "../platform/context.ts";
import { takeImport } from "./import-upload.ts";

/** How long the largest file may take to arrive: as long as a server waits at all. */
const uploadTimeoutMs = 10 * 60_000;

const given = z.object({
  kind: z
    .string()
    .transform((kind) => kind.replace("-", "_"))
    .pipe(z.enum(importKinds)),
  id: z.uuid(),
  name: z.string().min(1).max(300).default("file.csv"),
});

/** Takes in files of consents (`/imports/consents`) and opt-outs (`/imports/opt-outs`) as raw bytes, from administrators. */
export function registerImports(http: FastifyInstance, deps: Deps, authenticate: Authenticate): void {
  void http.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    // Left unread: the handler streams it.
    scope.addContentTypeParser("*", (_, __, done) => done(null));
    scope.post("/imports/:kind", { config: { bodyTimeoutMs: uploadTimeoutMs } }, async (request, reply) => {
      const { status, body } = await receive(deps, authenticate, request);
      return withoutRest(request, reply).status(status).send(body);
    });
  });
}

type Answer = { readonly status: number; readonly body: unknown };

async function receive(deps: Deps, authenticate: Authenticate, request: FastifyRequest): Promise<Answer> {
  const workspace = request.headers["x-workspace-id"];
  const actor = await authenticate(request.headers.authorization, typeof workspace === "string" ? workspace : null);
  if (!actor) return { status: 401, body: { error: "Sign in first." } };
  if (!roleAllows(actor.role, "admin")) return { status: 403, body: { error: "This needs the role admin." } };
  const asked = given.safeParse({ ...Object(request.query), ...Object(request.params) });
  if (!asked.success) return { status: 400, body: { error: "An import needs a kind and an id that is a UUID." } };
  const size = Number(request.headers["content-length"] ?? Number.NaN);
  if (!Number.isSafeInteger(size)) return { status: 411, body: { error: "The length of the file is needed." } };
  const { kind, id, name: fileName } = asked.data;
  // An answer is still to go out over the connection when not all was read.
  const bytes = request.raw.iterator({ destroyOnReturn: false });
  return { status: 200, body: await takeImport(deps, actor, { id, kind, fileName, size, bytes }) };
}

/** Ends the connection where bytes are left that nobody will read. */
function withoutRest(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return request.raw.complete ? reply : reply.header("connection", "close");
}
