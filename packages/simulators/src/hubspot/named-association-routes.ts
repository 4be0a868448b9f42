import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { invalidRequest, objectNotFound } from "./api-error.ts";
import { associate, dissociate } from "./associate-records.ts";
import { ASSOCIATION_TYPES, associationTypeName } from "./association-types.ts";
import type { AssociationType } from "./association-types.ts";
import { attempt, batchAnswer, requireBatch } from "./batch-answer.ts";
import { nextPage } from "./object-routes.ts";
import type { ObjectType } from "./object-types.ts";
import { liveEnds, presentWritten } from "./present-record.ts";
import type { CrmRecord } from "./record-store.ts";
import { idRefSchema, read, readObjectType, readWrite } from "./request-parts.ts";
import type { Api } from "./request-parts.ts";

type OfRecord = { Params: { from: string; fromId: string; to: string } };
type OfPair = { Params: { from: string; fromId: string; to: string; toId: string; name: string } };
type OfTypes = { Params: { from: string; to: string } };

const listSchema = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(500),
  after: z.string().regex(/^\d+$/u).optional(),
});
const pairsSchema = z.object({
  inputs: z.array(z.object({ from: idRefSchema, to: idRefSchema, type: z.string() })),
});
const readsSchema = z.object({ inputs: z.array(idRefSchema) });

/** Mounts the associations of single records as version 3 has them, by names such as `contact_to_company`. */
export function mountNamedAssociations(app: FastifyInstance, api: Api): void {
  app.get<OfRecord>("/:from/:fromId/associations/:to", (request) => {
    const from = requireRecord(api, request, { segment: request.params.from, id: request.params.fromId });
    const { limit, after } = read(listSchema, request.query);
    const results = namedEnds(api, from, readObjectType(request.params.to));
    const start = after === undefined ? 0 : results.findLastIndex(({ id }) => id === after) + 1;
    const page = results.slice(start, start + limit);
    const last = page.at(-1);
    const isMore = results.length > start + limit && last !== undefined;
    return { results: page, ...(isMore ? { paging: { next: nextPage(request, last.id) } } : {}) };
  });
  app.put<OfPair>("/:from/:fromId/associations/:to/:toId/:name", (request) => {
    const { from, to } = requirePair(api, request);
    associate(readWrite(api, request), { from, to }, [requireNamed(from.type, to.type, request.params.name)]);
    return presentWritten(api.portal, from, api.version);
  });
  app.delete<OfPair>("/:from/:fromId/associations/:to/:toId/:name", (request, reply) => {
    const { from, to } = requirePair(api, request);
    dissociate(readWrite(api, request), { from, to }, [requireNamed(from.type, to.type, request.params.name)]);
    return reply.code(204).send();
  });
}

/** Mounts `/{from}/{to}/batch/{create|read|archive}` and `/{from}/{to}/types` of version 3. */
export function mountNamedAssociationBatches(app: FastifyInstance, api: Api): void {
  app.post<OfTypes>("/:from/:to/batch/create", (request, reply) => {
    const { inputs } = read(pairsSchema, request.body);
    requireBatch(inputs.map((_, index) => String(index)));
    const outcomes = inputs.map((input) =>
      attempt(() => {
        const { from, to } = requireEnds(api, request, input);
        associate(readWrite(api, request), { from, to }, [requireNamed(from.type, to.type, input.type)]);
        return input;
      }),
    );
    const { status, body } = batchAnswer(api.portal.clock, outcomes, 201);
    return reply.code(status).send(body);
  });
  app.post<OfTypes>("/:from/:to/batch/read", (request) => {
    const { inputs } = read(readsSchema, request.body);
    requireBatch(inputs.map(({ id }) => id));
    const toType = readObjectType(request.params.to);
    const results = inputs.flatMap(({ id }) => {
      const from = api.portal.records.live(readType(api, request, request.params.from, "read"), id);
      return from === undefined ? [] : [{ from: { id }, to: namedEnds(api, from, toType) }];
    });
    const outcomes = results.filter(({ to }) => to.length > 0).map((result) => ({ ok: true, result }) as const);
    return batchAnswer(api.portal.clock, outcomes, 200).body;
  });
  app.post<OfTypes>("/:from/:to/batch/archive", (request, reply) => {
    for (const input of read(pairsSchema, request.body).inputs) {
      const { from, to } = requireEnds(api, request, input);
      dissociate(readWrite(api, request), { from, to }, [requireNamed(from.type, to.type, input.type)]);
    }
    return reply.code(204).send();
  });
  app.get<OfTypes>("/:from/:to/types", (request) => {
    const from = readType(api, request, request.params.from, "read");
    const types = typesBetween(from, readObjectType(request.params.to));
    return { results: types.map((type) => ({ id: String(type.id), name: associationTypeName(type) })) };
  });
}

function namedEnds(api: Api, from: CrmRecord, to: ObjectType): { id: string; type: string }[] {
  return liveEnds(api.portal, from, to).flatMap(({ id, associationTypes }) =>
    associationTypes.map((type) => ({ id, type: associationTypeName(type) })),
  );
}

function typesBetween(from: ObjectType, to: ObjectType): AssociationType[] {
  return ASSOCIATION_TYPES.filter((type) => type.from === from.name && type.to === to.name);
}

/** An association type by its name or its id. */
function requireNamed(from: ObjectType, to: ObjectType, name: string): AssociationType {
  const found = typesBetween(from, to).find((type) => associationTypeName(type) === name || String(type.id) === name);
  if (found === undefined) throw invalidRequest(`${name} is not an association from ${from.id} to ${to.id}`);
  return found;
}

function requirePair(api: Api, request: FastifyRequest<OfPair>): { from: CrmRecord; to: CrmRecord } {
  const { fromId, toId } = request.params;
  return requireEnds(api, request, { from: { id: fromId }, to: { id: toId } });
}

function requireEnds(
  api: Api,
  request: FastifyRequest<OfTypes>,
  ends: { from: { id: string }; to: { id: string } },
): { from: CrmRecord; to: CrmRecord } {
  const fromType = readType(api, request, request.params.from, "write");
  const from = api.portal.records.live(fromType, ends.from.id);
  const to = api.portal.records.live(readType(api, request, request.params.to, "read"), ends.to.id);
  if (from === undefined) throw objectNotFound([ends.from.id]);
  if (to === undefined) throw objectNotFound([ends.to.id]);
  return { from, to };
}

function requireRecord(api: Api, request: FastifyRequest, of: { segment: string; id: string }): CrmRecord {
  const record = api.portal.records.live(readType(api, request, of.segment, "read"), of.id);
  if (record === undefined) throw objectNotFound([of.id]);
  return record;
}

function readType(api: Api, request: FastifyRequest, segment: string, access: "read" | "write"): ObjectType {
  const type = readObjectType(segment);
  api.access.requireScope(request, type.scopes[access]);
  return type;
}
