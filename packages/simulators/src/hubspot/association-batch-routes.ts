import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { objectNotFound } from "./api-error.ts";
import { associate, dissociate } from "./associate-records.ts";
import { ASSOCIATION_TYPES } from "./association-types.ts";
import {
  defaultResults,
  pageOf,
  presentAssociated,
  presentCreated,
  readAssociationTypes,
  requireDefault,
} from "./association-routes.ts";
import { attempt, batchAnswer, requireBatch } from "./batch-answer.ts";
import type { ObjectType } from "./object-types.ts";
import { liveEnds } from "./present-record.ts";
import type { CrmRecord } from "./record-store.ts";
import { associationSpecsSchema, idRefSchema, idSchema, read, readObjectType, readWrite } from "./request-parts.ts";
import type { Api } from "./request-parts.ts";

type OfTypes = { Params: { from: string; to: string } };

/** How many associated records a batch read tells of one record before it asks to go on. */
const READ_PAGE = 500;

const pairSchema = z.object({ from: idRefSchema, to: idRefSchema });
const createsSchema = z.object({ inputs: z.array(pairSchema.extend({ types: associationSpecsSchema })) });
const defaultsSchema = z.object({ inputs: z.array(pairSchema) });
const readsSchema = z.object({ inputs: z.array(z.object({ id: idSchema, after: z.string().optional() })) });
const archivesSchema = z.object({ inputs: z.array(z.object({ from: idRefSchema, to: z.array(idRefSchema) })) });

/** Mounts `/{from}/{to}/batch/{create|associate/default|read|archive|labels/archive}` and `labels`. Status codes differ by version. */
export function mountAssociationBatches(app: FastifyInstance, api: Api): void {
  mountCreates(app, api);
  mountRead(app, api);
  mountArchive(app, api);
  mountLabels(app, api);
}

function mountCreates(app: FastifyInstance, api: Api): void {
  const created = api.version === "2026-09" ? 200 : 201;

  app.post<OfTypes>("/:from/:to/batch/create", (request, reply) => {
    const { fromType, toType } = readTypes(api, request, "write");
    const { inputs } = read(createsSchema, request.body);
    requireBatch(inputs.map((_, index) => String(index)));
    const outcomes = inputs.map((input) =>
      attempt(() => {
        const types = readAssociationTypes(fromType, toType, input.types);
        const ends = requireEnds(api, { fromType, fromId: input.from.id, toType, toId: input.to.id });
        associate(readWrite(api, request), ends, types);
        return presentCreated(ends.from, ends.to, types);
      }),
    );
    const { status, body } = batchAnswer(api.portal.clock, outcomes, created);
    return reply.code(status).send(body);
  });

  app.post<OfTypes>("/:from/:to/batch/associate/default", (request, reply) => {
    const { fromType, toType } = readTypes(api, request, "write");
    const { inputs } = read(defaultsSchema, request.body);
    requireBatch(inputs.map((_, index) => String(index)));
    const outcomes = inputs.map((input) =>
      attempt(() => {
        const ends = requireEnds(api, { fromType, fromId: input.from.id, toType, toId: input.to.id });
        associate(readWrite(api, request), ends, [requireDefault(fromType, toType)]);
        return defaultResults(ends.from, ends.to);
      }),
    );
    const { status, body } = batchAnswer(api.portal.clock, outcomes, 200);
    return reply.code(status).send({ ...body, results: [body["results"]].flat(2) });
  });
}

function mountRead(app: FastifyInstance, api: Api): void {
  app.post<OfTypes>("/:from/:to/batch/read", (request, reply) => {
    const { fromType, toType } = readTypes(api, request, "read");
    const { inputs } = read(readsSchema, request.body);
    requireBatch(inputs.map(({ id }) => id));
    const found = inputs.map(({ id, after }) => {
      const record = api.portal.records.live(fromType, id);
      const ends = record === undefined ? [] : liveEnds(api.portal, record, toType);
      return { id, ends, after };
    });
    const results = found
      .filter(({ ends }) => ends.length > 0)
      .map(({ id, ends, after }) => {
        const { page, next } = pageOf(ends, { limit: READ_PAGE, after });
        const paging = next === undefined ? {} : { paging: { next: { after: next } } };
        return { from: { id }, to: page.map(presentAssociated), ...paging };
      });
    const without = found.filter(({ ends }) => ends.length === 0).map(({ id }) => id);
    const { body } = batchAnswer(
      api.portal.clock,
      results.map((result) => ({ ok: true, result })),
      200,
    );
    if (without.length === 0) return reply.send(body);
    const errors = without.map((id) => noAssociation(fromType, toType, id));
    return reply.code(207).send({ ...body, numErrors: errors.length, errors });
  });
}

function mountArchive(app: FastifyInstance, api: Api): void {
  app.post<OfTypes>("/:from/:to/batch/archive", (request, reply) => {
    const { fromType, toType } = readTypes(api, request, "write");
    const { inputs } = read(archivesSchema, request.body);
    requireBatch(inputs.map(({ from }) => from.id));
    for (const input of inputs) {
      const from = api.portal.records.live(fromType, input.from.id);
      for (const { id } of input.to) {
        const to = api.portal.records.live(toType, id);
        if (from !== undefined && to !== undefined) dissociate(readWrite(api, request), { from, to });
      }
    }
    if (api.version === "v4") return reply.code(204).send();
    const { body } = batchAnswer(api.portal.clock, [], 200);
    return reply.send(body);
  });
}

/** `/{from}/{to}/labels` names the associations; `batch/labels/archive` takes some away and leaves the others. */
function mountLabels(app: FastifyInstance, api: Api): void {
  app.get<OfTypes>("/:from/:to/labels", (request) => {
    const { fromType, toType } = readTypes(api, request, "read");
    const types = ASSOCIATION_TYPES.filter((type) => type.from === fromType.name && type.to === toType.name);
    return { results: types.map(({ category, id, label }) => ({ category, typeId: id, label })) };
  });
  app.post<OfTypes>("/:from/:to/batch/labels/archive", (request, reply) => {
    const { fromType, toType } = readTypes(api, request, "write");
    const { inputs } = read(createsSchema, request.body);
    requireBatch(inputs.map((_, index) => String(index)));
    for (const { from, to, types } of inputs) {
      const ends = requireEnds(api, { fromType, fromId: from.id, toType, toId: to.id });
      dissociate(readWrite(api, request), ends, readAssociationTypes(fromType, toType, types));
    }
    return reply.code(204).send();
  });
}

/** What HubSpot says of a record that has no association of the wanted kind, or is not there. */
function noAssociation(from: ObjectType, to: ObjectType, id: string): Record<string, unknown> {
  return {
    status: "error",
    category: "OBJECT_NOT_FOUND",
    subCategory: "crm.associations.NO_ASSOCIATIONS_FOUND",
    message: `No ${to.singular} is associated with ${from.singular} ${id}.`,
    errors: [],
    context: { fromObjectId: [id], fromObjectType: [from.id], toObjectType: [to.id] },
    links: {},
  };
}

function readTypes(
  api: Api,
  request: FastifyRequest<OfTypes>,
  access: "read" | "write",
): { fromType: ObjectType; toType: ObjectType } {
  const fromType = readObjectType(request.params.from);
  const toType = readObjectType(request.params.to);
  api.access.requireScope(request, fromType.scopes[access]);
  api.access.requireScope(request, toType.scopes.read);
  return { fromType, toType };
}

function requireEnds(
  api: Api,
  ends: { fromType: ObjectType; fromId: string; toType: ObjectType; toId: string },
): { from: CrmRecord; to: CrmRecord } {
  const from = api.portal.records.live(ends.fromType, ends.fromId);
  const to = api.portal.records.live(ends.toType, ends.toId);
  if (from === undefined) throw objectNotFound([ends.fromId]);
  if (to === undefined) throw objectNotFound([ends.toId]);
  return { from, to };
}
