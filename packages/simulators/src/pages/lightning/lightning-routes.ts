import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { shellPage } from "../shell-page.ts";
import { describeActivities } from "./describe-activities.ts";
import { describeList, describeRecord } from "./describe-record.ts";
import { findObject } from "./layouts.ts";
import type { OrgSource, PagedRecord, Written } from "./org-source.ts";

const LOOK = { folder: "lightning", styles: ["frame.css", "record.css"] };
/** What Lightning's documents have around everything else. */
const BODY = '<body class="sfdcBody desktop"><div id="auraLoadingBox" hidden>Loading</div><div id="app"></div></body>';
const SHELL_PAGE = shellPage({ ...LOOK, script: "main.js", body: BODY });
/** A record within a frame of another record's page. */
const CARD_PAGE = shellPage({ ...LOOK, script: "embedded-card.js", body: BODY });

/** Mounts the pages under Lightning's addresses, and the data that they load under `/_pages/data/lightning/`. */
export function mountLightningPages(app: FastifyInstance, source: OrgSource): void {
  mountAddresses(app);
  mountData(app, source);
  mountWrites(app, source);
}

const embeddedSchema = z.object({ embedded: z.literal("1") });

/** Records in the long and the short form, lists, the apps, and what bookmarks of before 2019 have. */
function mountAddresses(app: FastifyInstance): void {
  const sendShell = ({ query }: FastifyRequest, reply: FastifyReply) => {
    const page = embeddedSchema.safeParse(query).success ? CARD_PAGE : SHELL_PAGE;
    return reply.type("text/html; charset=utf-8").header("cache-control", "no-store").send(page);
  };
  for (const path of [
    "/lightning/r/:id/view",
    "/lightning/r/:id/edit",
    "/lightning/r/:object/:id/view",
    "/lightning/r/:object/:id/edit",
    "/lightning/r/:object/:id/related/:related/view",
    "/lightning/o/:object/list",
    "/lightning/o/:object/home",
    "/lightning/app/:app",
    "/lightning/page/:page",
    "/one/one.app",
  ])
    app.get(path, sendShell);
}

type OfRecord = { Params: { id: string } };

function mountData(app: FastifyInstance, source: OrgSource): void {
  const answer = (reply: FastifyReply, found: unknown) => {
    void reply.header("cache-control", "no-store");
    return found === undefined ? reply.code(404).send({ error: "no such record" }) : reply.send(found);
  };
  const ofRecord = (id: string, describe: (paged: PagedRecord) => unknown) => {
    const paged = source.find(id);
    return paged === undefined ? undefined : describe(paged);
  };
  app.get<{ Params: { object: string } }>("/_pages/data/lightning/lists/:object", ({ params }, reply) => {
    const object = findObject(params.object);
    return answer(reply, object === undefined ? undefined : describeList(source, object));
  });
  app.get<OfRecord>("/_pages/data/lightning/records/:id", ({ params }, reply) =>
    answer(
      reply,
      ofRecord(params.id, (paged) => describeRecord(source, paged)),
    ),
  );
  app.get<OfRecord>("/_pages/data/lightning/activities/:id", ({ params }, reply) =>
    answer(
      reply,
      ofRecord(params.id, (paged) => describeActivities(source, paged)),
    ),
  );
}

const valuesSchema = z.record(z.string(), z.union([z.string(), z.boolean(), z.null()]));
const mergeSchema = z.strictObject({ loser: z.string() });

/** What a colleague does on a page. Answered 400 with Salesforce's own reason where it refuses. */
function mountWrites(app: FastifyInstance, source: OrgSource): void {
  const change = async (
    { params }: FastifyRequest<OfRecord>,
    reply: FastifyReply,
    write: (paged: PagedRecord) => Promise<Written>,
  ) => {
    const paged = source.find(params.id);
    if (paged === undefined) return reply.code(404).send({ error: "no such record" });
    const written = await write(paged);
    return written.ok ? reply.send({ id: written.id }) : reply.code(400).send({ error: written.refused });
  };
  const pathOf = ({ object, record }: PagedRecord) => `/sobjects/${object}/${record.id}`;

  app.patch<OfRecord>("/_pages/data/lightning/records/:id", (request, reply) => {
    const values = valuesSchema.safeParse(request.body);
    if (!values.success) return reply.code(400).send({ error: z.prettifyError(values.error) });
    return change(request, reply, (paged) => source.write("PATCH", pathOf(paged), values.data));
  });
  app.delete<OfRecord>("/_pages/data/lightning/records/:id", (request, reply) =>
    change(request, reply, (paged) => source.write("DELETE", pathOf(paged))),
  );
  app.post<OfRecord>("/_pages/data/lightning/records/:id/merge", (request, reply) => {
    const merge = mergeSchema.safeParse(request.body);
    if (!merge.success) return reply.code(400).send({ error: z.prettifyError(merge.error) });
    return change(request, reply, (paged) => source.merge(paged, merge.data.loser));
  });
  app.post<OfRecord>("/_pages/data/lightning/records/:id/convert", (request, reply) =>
    change(request, reply, (paged) => source.convert(paged)),
  );
}
