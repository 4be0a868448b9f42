import { exportInput } from "@aparte/core/consent-lists.ts";
import { loadConsoleWords } from "@aparte/i18n/console-words.ts";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { Readable } from "node:stream";
import { z } from "zod";
import type { Deps } from "../platform/context.ts";
import { csvOf } from "./export-csv.ts";
import { opensExport, type ExportLink } from "./export-links.ts";
import { exportPages } from "./export-rows.ts";

const query = z
  .object({
    list: z.string(),
    w: z.uuid(),
    i: z.uuid().nullable().default(null),
    v: z.string(),
    l: z.string(),
    e: z.coerce.number().int(),
    s: z.string(),
  })
  .transform(({ list, w, i, v, l, e, s }, context): { readonly link: ExportLink; readonly signature: string } => {
    const name = list.replace(/\.csv$/, "").replaceAll("-", "_");
    const asked = exportInput.safeParse({ list: name, importId: i, variant: v, language: l });
    if (asked.success) return { link: { ...asked.data, workspaceId: w, ends: e }, signature: s };
    context.addIssue({ code: "custom", message: "no such list" });
    return z.NEVER;
  });

/** Lists as CSV, for whoever has an address that we signed a moment ago. */
export function registerConsentExports(http: FastifyInstance, deps: Deps): void {
  http.get("/exports/:list", { exposeHeadRoute: false }, (request, reply) => serve(deps, request, reply));
}

async function serve(deps: Deps, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const asked = query.safeParse({ ...Object(request.query), ...Object(request.params) });
  if (!asked.success || !opensExport(deps, asked.data.link, asked.data.signature)) {
    return reply.status(403).send({ error: "This address is not valid, or its five minutes are over." });
  }
  const { list, importId, variant, language, workspaceId } = asked.data.link;
  const words = await loadConsoleWords(language);
  const pages = exportPages[list]({ database: deps.database, workspaceId, importId, words });
  const day = deps.now().toISOString().slice(0, 10);
  void reply.headers({
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": `attachment; filename="${list.replaceAll("_", "-")}-${day}.csv"`,
    "cache-control": "no-store",
  });
  return reply.send(Readable.from(csvOf(pages, variant), { objectMode: false }));
}
