import { readdir, readFile } from "node:fs/promises";
import { extname } from "node:path";
import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import { escapeHtml } from "../platform/html.ts";
import { describeList, describeRecord, describeTimeline } from "./describe-record.ts";
import type { PortalSource } from "./portal-source.ts";
import { findRecordType, RECORD_TYPES } from "./record-types.ts";
import type { RecordType } from "./record-types.ts";
import { PAGE_POLICY, SHELL_PAGE } from "./shell-page.ts";

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};
const BROWSER_FILES = new URL("browser/", import.meta.url);

/** Mounts the pages under HubSpot's addresses, and what they load under `/_pages/`. */
export async function mountPages(app: FastifyInstance, source: PortalSource): Promise<void> {
  app.addHook("onRequest", async (_request, reply) => {
    void reply.headers({ "content-security-policy": PAGE_POLICY, "x-content-type-options": "nosniff" });
  });
  mountAddresses(app, source);
  mountData(app, source);
  await mountFiles(app);
}

/** The scripts, styles and the icon that the browser runs as they stand in their folder. */
async function mountFiles(app: FastifyInstance): Promise<void> {
  for (const file of await readdir(BROWSER_FILES)) {
    const type = CONTENT_TYPES[extname(file)];
    if (type === undefined) continue;
    app.get(`/_pages/${file}`, async (_request, reply) =>
      reply.type(type).send(await readFile(new URL(file, BROWSER_FILES))),
    );
  }
}

/** Records and lists, in the current form of their addresses and in the older one that mails and bookmarks still have. */
function mountAddresses(app: FastifyInstance, source: PortalSource): void {
  const sendShell = (_request: unknown, reply: FastifyReply) =>
    reply.type("text/html; charset=utf-8").header("cache-control", "no-store").send(SHELL_PAGE);

  app.get("/contacts/:portalId/record/:typeId/:recordId", sendShell);
  app.get("/contacts/:portalId/record/:typeId/:recordId/view/:view", sendShell);
  for (const { singular, pluralLabel } of RECORD_TYPES) {
    app.get(`/contacts/:portalId/${singular}/:recordId`, sendShell);
    app.get(`/contacts/:portalId/${pluralLabel.toLowerCase()}/list/view/all`, sendShell);
  }
  app.get("/contacts/:portalId/objects/:typeId/views/:viewId/:layout", sendShell);
  app.get("/", async (_request, reply) =>
    reply.redirect(`/contacts/${await source.portalId()}/objects/0-1/views/all/list`),
  );
}

const noteSchema = z.object({ text: z.string().min(1) });

type OfType = { Params: { typeId: string } };
type OfRecord = { Params: { typeId: string; id: string } };

function mountData(app: FastifyInstance, source: PortalSource): void {
  const answer = async (reply: FastifyReply, typeId: string, find: (type: RecordType) => Promise<unknown>) => {
    const type = findRecordType(typeId);
    const found = type === undefined ? undefined : await find(type);
    void reply.header("cache-control", "no-store");
    return found === undefined ? reply.code(404).send({ error: "no such record" }) : reply.send(found);
  };

  app.get<OfType>("/_pages/data/list/:typeId", ({ params }, reply) =>
    answer(reply, params.typeId, (type) => describeList(source, type)),
  );
  app.get<OfRecord>("/_pages/data/record/:typeId/:id", ({ params }, reply) =>
    answer(reply, params.typeId, (type) => describeRecord(source, type, params.id)),
  );
  app.post<OfRecord>("/_pages/data/record/:typeId/:id/notes", ({ params, body }, reply) => {
    const note = noteSchema.safeParse(body);
    if (!note.success) return reply.code(400).send({ error: z.prettifyError(note.error) });
    return answer(reply, params.typeId, async (type) => {
      await source.addNote(type, params.id, `<p>${escapeHtml(note.data.text)}</p>`);
      return {};
    });
  });
  app.get<OfRecord>("/_pages/data/timeline/:typeId/:id", ({ params }, reply) =>
    answer(reply, params.typeId, (type) => describeTimeline(source, type, params.id)),
  );
}
