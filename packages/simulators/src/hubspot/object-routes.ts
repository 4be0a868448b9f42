import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { invalidRequest, nonUniqueProperty, objectNotFound } from "./api-error.ts";
import { PORTAL_ID } from "./identity.ts";
import { eraseRecord, mergeRecords } from "./merge-records.ts";
import type { ObjectType } from "./object-types.ts";
import { presentRecord, presentWritten } from "./present-record.ts";
import type { CrmRecord } from "./record-store.ts";
import {
  createSchema,
  idSchema,
  propertiesSchema,
  read,
  readObjectType,
  readQuerySchema,
  readWrite,
} from "./request-parts.ts";
import type { Api } from "./request-parts.ts";
import { archiveRecord, createRecord, updateRecord } from "./write-records.ts";

type OfType = { Params: { type: string } };
type OfRecord = { Params: { type: string; id: string } };

const mergeSchema = z.object({ primaryObjectId: idSchema, objectIdToMerge: idSchema });
const erasureSchema = z.object({ objectId: idSchema, idProperty: z.string().optional() });

/** Mounts reading and writing single records: `/{type}`, `/{type}/{id}`, `/{type}/merge`, `/contacts/gdpr-delete`. */
export function mountObjects(app: FastifyInstance, api: Api): void {
  mountReading(app, api);
  mountWriting(app, api);
  mountMerging(app, api);
}

function mountReading(app: FastifyInstance, api: Api): void {
  app.get<OfType>("/:type", (request) => {
    const type = readObjectType(request.params.type);
    api.access.requireScope(request, type.scopes.read);
    const { limit, after, archived, ...query } = read(readQuerySchema, request.query);
    const following = api.portal.records
      .all(type, archived)
      .filter((record) => after === undefined || Number(record.id) > Number(after));
    const page = following.slice(0, limit);
    const last = page.at(-1);
    const wanted = readWanted(api, query);
    return {
      results: page.map((record) => presentRecord(api.portal, record, wanted)),
      ...(following.length > limit && last !== undefined ? { paging: { next: nextPage(request, last.id) } } : {}),
    };
  });

  app.get<OfRecord>("/:type/:id", (request) => {
    const type = readObjectType(request.params.type);
    api.access.requireScope(request, type.scopes.read);
    const { archived, ...query } = read(readQuerySchema, request.query);
    const record = archived
      ? api.portal.records.find(type, request.params.id)
      : findRecord(api, type, { id: request.params.id, idProperty: query.idProperty });
    if (record === undefined || (record.archivedAt !== undefined) !== archived) throw objectNotFound();
    return presentRecord(api.portal, record, readWanted(api, query));
  });
}

function mountWriting(app: FastifyInstance, api: Api): void {
  app.post<OfType>("/:type", (request, reply) => {
    const type = readObjectType(request.params.type);
    api.access.requireScope(request, type.scopes.write);
    const record = createRecord(readWrite(api, request), type, read(createSchema, request.body));
    return reply.code(201).send(presentWritten(api.portal, record, api.version));
  });

  app.patch<OfRecord>("/:type/:id", (request) => {
    const type = readObjectType(request.params.type);
    api.access.requireScope(request, type.scopes.write);
    const { idProperty } = read(readQuerySchema, request.query);
    const { properties } = read(z.object({ properties: propertiesSchema }), request.body);
    const record = findRecord(api, type, { id: request.params.id, idProperty });
    if (record === undefined) throw objectNotFound();
    return presentWritten(api.portal, updateRecord(readWrite(api, request), record, properties), api.version);
  });

  app.delete<OfRecord>("/:type/:id", (request, reply) => {
    const type = readObjectType(request.params.type);
    api.access.requireScope(request, type.scopes.write);
    const record = api.portal.records.live(type, request.params.id);
    // Archiving what is not there is no error in the real service either.
    if (record !== undefined) archiveRecord(readWrite(api, request), record);
    return reply.code(204).send();
  });
}

function mountMerging(app: FastifyInstance, api: Api): void {
  app.post<OfType>("/:type/merge", (request) => {
    const type = readObjectType(request.params.type);
    api.access.requireScope(request, type.scopes.write);
    const { primaryObjectId, objectIdToMerge } = read(mergeSchema, request.body);
    const primary = api.portal.records.live(type, primaryObjectId);
    const merged = api.portal.records.live(type, objectIdToMerge);
    if (primary === undefined || merged === undefined) throw objectNotFound();
    if (primary === merged) throw invalidRequest("A record cannot be merged with itself");
    return presentWritten(api.portal, mergeRecords(readWrite(api, request), primary, merged), api.version);
  });

  app.post("/contacts/gdpr-delete", (request, reply) => {
    const type = readObjectType("contacts");
    api.access.requireScope(request, type.scopes.write);
    const { objectId, idProperty } = read(erasureSchema, request.body);
    const record = findRecord(api, type, { id: objectId, idProperty });
    if (record !== undefined) eraseRecord(readWrite(api, request), record);
    return reply.code(204).send();
  });
}

/** The live record of this id or, with `idProperty`, the one whose unique property has it as its value. */
export function findRecord(
  api: Api,
  type: ObjectType,
  { id, idProperty }: { id: string; idProperty?: string | undefined },
): CrmRecord | undefined {
  if (idProperty === undefined || idProperty === "hs_object_id") return api.portal.records.live(type, id);
  if (api.portal.properties.find(type, idProperty)?.hasUniqueValue !== true) {
    throw nonUniqueProperty(type.id, idProperty, PORTAL_ID);
  }
  return api.portal.records.findByValue(type, idProperty, idProperty === "email" ? id.toLowerCase() : id);
}

type ReadQuery = Record<"properties" | "propertiesWithHistory" | "associations", readonly string[]>;

function readWanted(api: Api, query: ReadQuery) {
  return {
    version: api.version,
    properties: query.properties,
    propertiesWithHistory: query.propertiesWithHistory,
    associations: query.associations.map((name) => readObjectType(name)),
  };
}

/** Where the next page is: `after` and the whole address. */
export function nextPage(request: FastifyRequest, after: string): { after: string; link: string } {
  const url = new URL(request.url, `${request.protocol}://${request.host}`);
  url.searchParams.set("after", after);
  return { after, link: url.href };
}
