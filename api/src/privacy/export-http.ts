import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Deps } from "../platform/context.ts";
import { opensExport, settleTaken, takeExport } from "./export-link.ts";

const linkQuery = z
  .object({ id: z.uuid(), w: z.uuid(), e: z.coerce.number().int(), s: z.string() })
  .transform(({ id, w, e, s }) => ({ link: { workspaceId: w, exportId: id, ends: e }, signature: s }));

/** Gives out copies of people's data, each once. */
export function registerCopies(http: FastifyInstance, deps: Deps): void {
  http.get("/api/privacy/exports/:id", { exposeHeadRoute: false }, (request, reply) => give(deps, request, reply));
}

async function give(deps: Deps, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const asked = linkQuery.safeParse({ ...Object(request.query), ...Object(request.params) });
  if (!asked.success || !opensExport(deps, asked.data.link, asked.data.signature)) {
    return reply.status(403).send({ error: "This address is not valid, or its time is over." });
  }
  const { link } = asked.data;
  const taken = await takeExport(deps, link);
  if (!taken) return reply.status(410).send({ error: "This copy was fetched already. Ask for a new one." });
  const bytes = await deps.files.get(taken.storeKey);
  if (!bytes) throw new Error("The store has lost a copy of a person's data.");
  reply.raw.once("close", () => {
    settleTaken(deps, link, reply.raw.writableFinished).catch((error: unknown) => {
      // Its bytes go an hour later all the same: the row says so since it was taken.
      deps.log.error({ err: error, export: link.exportId }, "how a download ended could not be written down");
    });
  });
  void reply.headers({
    "content-type": "application/zip",
    "content-length": String(taken.size),
    "content-disposition": `attachment; filename="person-${link.exportId}.zip"`,
    "cache-control": "no-store",
  });
  return reply.send(bytes);
}
