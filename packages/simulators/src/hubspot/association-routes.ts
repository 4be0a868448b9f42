import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { invalidRequest, objectNotFound } from "./api-error.ts";
import { associate, dissociate } from "./associate-records.ts";
import { associationType, defaultAssociationType } from "./association-types.ts";
import type { Associated } from "./association-store.ts";
import type { AssociationType } from "./association-types.ts";
import { nextPage } from "./object-routes.ts";
import type { ObjectType } from "./object-types.ts";
import { liveEnds } from "./present-record.ts";
import { hubspotTime } from "./property-values.ts";
import type { CrmRecord } from "./record-store.ts";
import { associationSpecsSchema, read, readObjectType, readWrite } from "./request-parts.ts";
import type { Api } from "./request-parts.ts";

type OfPair = { Params: { from: string; fromId: string; to: string; toId: string } };
type OfRecord = { Params: { from: string; fromId: string; to: string } };

const listSchema = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(500),
  after: z.string().regex(/^\d+$/u).optional(),
});

/** Mounts the associations of single records, under the path of the record they start at. */
export function mountAssociations(app: FastifyInstance, api: Api): void {
  app.put<OfPair>("/:from/:fromId/associations/default/:to/:toId", (request) => {
    const { from, to } = readPair(api, request);
    associate(readWrite(api, request), { from, to }, [requireDefault(from.type, to.type)]);
    const now = hubspotTime(api.portal.clock.now());
    return { status: "COMPLETE", results: defaultResults(from, to), startedAt: now, completedAt: now };
  });

  app.put<OfPair>("/:from/:fromId/associations/:to/:toId", (request, reply) => {
    const { from, to } = readPair(api, request);
    const types = readAssociationTypes(from.type, to.type, read(associationSpecsSchema, request.body));
    associate(readWrite(api, request), { from, to }, types);
    return reply.code(201).send(presentCreated(from, to, types));
  });

  app.delete<OfPair>("/:from/:fromId/associations/:to/:toId", (request, reply) => {
    const { from, to } = readPair(api, request);
    dissociate(readWrite(api, request), { from, to });
    return reply.code(204).send();
  });

  // The list by path is not among the paths of 2026-09: batch read or `?associations=` take its place there.
  if (api.version === "2026-09") return;
  app.get<OfRecord>("/:from/:fromId/associations/:to", (request) => {
    const fromType = readObjectType(request.params.from);
    const toType = readObjectType(request.params.to);
    api.access.requireScope(request, fromType.scopes.read);
    const record = api.portal.records.live(fromType, request.params.fromId);
    if (record === undefined) throw objectNotFound();
    const { limit, after } = read(listSchema, request.query);
    const { page, next } = pageOf(liveEnds(api.portal, record, toType), { limit, after });
    return {
      results: page.map(presentAssociated),
      ...(next === undefined ? {} : { paging: { next: nextPage(request, next) } }),
    };
  });
}

/** A page of associated records after the one of id `after`, and the id to go on from. */
export function pageOf(
  ends: readonly Associated[],
  { limit, after }: { limit: number; after?: string | undefined },
): { page: readonly Associated[]; next?: string } {
  const start = after === undefined ? 0 : ends.findIndex((end) => end.id === after) + 1;
  const page = ends.slice(start, start + limit);
  const last = page.at(-1);
  return ends.length > start + limit && last !== undefined ? { page, next: last.id } : { page };
}

/** `{toObjectId, associationTypes: [{category, typeId, label}]}` */
export function presentAssociated({ id, associationTypes }: Associated): Record<string, unknown> {
  return {
    toObjectId: id,
    associationTypes: associationTypes.map((type) => ({ category: type.category, typeId: type.id, label: type.label })),
  };
}

/** `{fromObjectTypeId, fromObjectId, toObjectTypeId, toObjectId, labels}` */
export function presentCreated(
  from: CrmRecord,
  to: CrmRecord,
  types: readonly AssociationType[],
): Record<string, unknown> {
  return {
    fromObjectTypeId: from.type.id,
    fromObjectId: from.id,
    toObjectTypeId: to.type.id,
    toObjectId: to.id,
    labels: types.flatMap((type) => type.label ?? []),
  };
}

/** A default association as HubSpot answers it: once from each end. */
export function defaultResults(from: CrmRecord, to: CrmRecord): Record<string, unknown>[] {
  const oneWay = (start: CrmRecord, end: CrmRecord) => ({
    from: { id: start.id },
    to: { id: end.id },
    associationSpec: {
      associationCategory: "HUBSPOT_DEFINED",
      associationTypeId: requireDefault(start.type, end.type).id,
    },
  });
  return [oneWay(from, to), oneWay(to, from)];
}

/** The association types of a request, each of which must lead from the one type to the other. */
export function readAssociationTypes(
  from: ObjectType,
  to: ObjectType,
  specs: z.infer<typeof associationSpecsSchema>,
): AssociationType[] {
  return specs.map(({ associationCategory, associationTypeId }) => {
    const type = associationCategory === "HUBSPOT_DEFINED" ? associationType(from, to, associationTypeId) : undefined;
    if (type !== undefined) return type;
    throw invalidRequest(
      `No association type with ID ${associationTypeId} in ${associationCategory} from ${from.id} to ${to.id}`,
    );
  });
}

/** The unlabelled association between two types; refused where they cannot be associated. */
export function requireDefault(from: ObjectType, to: ObjectType): AssociationType {
  const type = defaultAssociationType(from, to);
  if (type === undefined) throw invalidRequest(`${from.id} and ${to.id} cannot be associated`);
  return type;
}

function readPair(api: Api, request: FastifyRequest<OfPair>): { from: CrmRecord; to: CrmRecord } {
  const fromType = readObjectType(request.params.from);
  const toType = readObjectType(request.params.to);
  api.access.requireScope(request, fromType.scopes.write);
  api.access.requireScope(request, toType.scopes.read);
  const from = api.portal.records.live(fromType, request.params.fromId);
  const to = api.portal.records.live(toType, request.params.toId);
  if (from === undefined || to === undefined) throw objectNotFound();
  return { from, to };
}
