import type { FastifyInstance } from "fastify";
import type { ObjectType } from "./object-types.ts";
import type { PropertyType } from "./property-definition.ts";
import type { Portal } from "./portal.ts";
import { liveEnds, presentIndexed } from "./present-record.ts";
import { indexedProperties } from "./record-store.ts";
import type { CrmRecord } from "./record-store.ts";
import { read, readObjectType } from "./request-parts.ts";
import type { Api } from "./request-parts.ts";
import { compareValues, meetsFilter, tokens } from "./search-filter.ts";
import { associatedType, requireSearchable, searchSchema } from "./search-request.ts";
import type { Filter, SearchRequest } from "./search-request.ts";

/** Operators that none of the associated records may fail. */
const DENYING: ReadonlySet<Filter["operator"]> = new Set(["NEQ", "NOT_IN", "NOT_CONTAINS_TOKEN", "NOT_HAS_PROPERTY"]);

type Hit = { record: CrmRecord; properties: CrmRecord["properties"] };

/** Mounts `POST /{type}/search`. It sees writes only after the indexing delay, and archived records never. */
export function mountSearch(app: FastifyInstance, api: Api): void {
  app.post<{ Params: { type: string } }>("/:type/search", (request) => {
    const type = readObjectType(request.params.type);
    api.access.requireScope(request, type.scopes.read);
    const search = read(searchSchema, request.body);
    requireSearchable(search, (name) => api.portal.properties.find(type, name)?.type);
    const hits = findHits(api.portal, type, search);
    const end = search.after + search.limit;
    const wanted = { version: api.version, properties: search.properties };
    return {
      total: hits.length,
      results: hits.slice(search.after, end).map((hit) => presentIndexed(api.portal, hit, wanted)),
      ...(hits.length > end ? { paging: { next: { after: String(end) } } } : {}),
    };
  });
}

/** All records that meet the search, sorted: as asked or, left open, the oldest first. */
function findHits(portal: Portal, type: ObjectType, search: SearchRequest): Hit[] {
  const { search_lag_ms: lagMs, search_jitter_ms: jitterMs } = portal.behaviour;
  const now = portal.clock.now();
  const typeOf = (name: string): PropertyType => portal.properties.find(type, name)?.type ?? "string";
  const hits = portal.records.all(type).flatMap((record) => {
    const properties = indexedProperties(record, now, { lagMs, jitterMs });
    if (properties === undefined) return [];
    const hit = { record, properties };
    const meetsOne = (filter: Filter) => meetsHit(portal, filter, hit, typeOf);
    return meets(search, hit, meetsOne) ? [hit] : [];
  });
  const sort = search.sorts[0] ?? { propertyName: type.createdProperty, direction: "ASCENDING" };
  const sign = sort.direction === "ASCENDING" ? 1 : -1;
  return hits.sort((a, b) => {
    const [left, right] = [a.properties[sort.propertyName], b.properties[sort.propertyName]];
    if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined);
    return sign * compareValues(left, right, typeOf(sort.propertyName));
  });
}

/** A filter on a property or, on the ids of associated records, on whichever of them meets it. */
function meetsHit(portal: Portal, filter: Filter, hit: Hit, typeOf: (name: string) => PropertyType): boolean {
  const associated = associatedType(filter);
  if (associated === undefined) {
    return meetsFilter(filter, hit.properties[filter.propertyName], typeOf(filter.propertyName));
  }
  const ids = liveEnds(portal, hit.record, associated).map(({ id }) => id);
  if (ids.length === 0) return meetsFilter(filter, undefined, "number");
  const meetsOne = (id: string) => meetsFilter(filter, id, "number");
  return DENYING.has(filter.operator) ? ids.every(meetsOne) : ids.some(meetsOne);
}

function meets(search: SearchRequest, { record, properties }: Hit, meetsOne: (filter: Filter) => boolean): boolean {
  const meetsGroups =
    search.filterGroups.length === 0 || search.filterGroups.some((group) => group.filters.every(meetsOne));
  return meetsGroups && meetsQuery(search.query, record.type, properties);
}

/** Every word of the query must begin a word in one of the properties that HubSpot looks into. */
function meetsQuery(query: string, type: ObjectType, properties: CrmRecord["properties"]): boolean {
  const words = type.searchedProperties.flatMap((name) => tokens(properties[name] ?? ""));
  return tokens(query).every((wanted) => words.some((word) => word.startsWith(wanted)));
}
