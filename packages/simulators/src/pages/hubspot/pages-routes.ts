import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { escapeHtml } from "../../platform/html.ts";
import { shellPage } from "../shell-page.ts";
import { describeList, describeRecord, describeTimeline } from "./describe-record.ts";
import { editSchema } from "./portal-source.ts";
import type { PortalSource } from "./portal-source.ts";
import { findRecordType, RECORD_TYPES } from "./record-types.ts";
import type { RecordType } from "./record-types.ts";

const STYLES = ["frame.css", "record.css"];
const SHELL_PAGE = shellPage({ folder: "hubspot", styles: STYLES, script: "main.js" });
/** A record within a frame of another record's page. */
const CARD_PAGE = shellPage({ folder: "hubspot", styles: STYLES, script: "embedded-card.js" });

/** Mounts the pages under HubSpot's addresses, and the data that they load under `/_pages/data/`. */
export function mountHubSpotPages(app: FastifyInstance, source: PortalSource): void {
  mountAddresses(app);
  mountData(app, source);
}

const embeddedSchema = z.object({ embedded: z.literal("1") });

/**
 * Records and lists, in the current form of their addresses and in the older one that mails and bookmarks still have, the
 * tickets of the help desk, and the inbox, whose address names no record.
 */
function mountAddresses(app: FastifyInstance): void {
  const sendShell = ({ query }: FastifyRequest, reply: FastifyReply) => {
    const page = embeddedSchema.safeParse(query).success ? CARD_PAGE : SHELL_PAGE;
    return reply.type("text/html; charset=utf-8").header("cache-control", "no-store").send(page);
  };

  app.get("/contacts/:portalId/record/:typeId/:recordId", sendShell);
  app.get("/contacts/:portalId/record/:typeId/:recordId/view/:view", sendShell);
  for (const { singular, pluralLabel } of RECORD_TYPES) {
    app.get(`/contacts/:portalId/${singular}/:recordId`, sendShell);
    app.get(`/contacts/:portalId/${pluralLabel.toLowerCase()}/list/view/all`, sendShell);
  }
  app.get("/contacts/:portalId/objects/:typeId/views/:viewId/:layout", sendShell);
  app.get("/help-desk/:portalId", sendShell);
  app.get("/help-desk/:portalId/*", sendShell);
  app.get("/live-messages/:portalId/inbox", sendShell);
  app.get("/live-messages/:portalId/inbox/:threadId", sendShell);
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
  app.post<OfRecord>("/_pages/data/record/:typeId/:id/edits", async ({ params, body }, reply) => {
    const type = findRecordType(params.typeId);
    const edit = editSchema.safeParse(body);
    if (type === undefined || !edit.success) return reply.code(400).send({ error: "no such edit" });
    const edited = await source.edit(type, params.id, edit.data);
    return edited.ok ? reply.send({ id: edited.id }) : reply.code(400).send({ error: edited.refused });
  });
  app.get<OfRecord>("/_pages/data/timeline/:typeId/:id", ({ params }, reply) =>
    answer(reply, params.typeId, (type) => describeTimeline(source, type, params.id)),
  );
}
