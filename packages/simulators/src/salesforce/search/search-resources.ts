import { z } from "zod";
import { contextOf } from "../query/query-context.ts";
import { readShape } from "../rest/read-body.ts";
import { ok } from "../rest/resource.ts";
import type { Answer, Call, Resource } from "../rest/resource.ts";
import { findRecords } from "./find-records.ts";
import type { Search, Wanted } from "./find-records.ts";
import { readGroup, readSosl, SEARCH_LIMIT } from "./read-sosl.ts";
import { malformedSearch, readSearchTerm } from "./search-term.ts";

const bound = z.int().positive().max(SEARCH_LIMIT);

/** The body of a parameterized search. Source: REST API Developer Guide, Parameterized Search. */
const bodySchema = z.strictObject({
  q: z.string(),
  in: z.string().default("ALL"),
  /** For the objects that name none of their own. */
  fields: z.array(z.string()).default([]),
  sobjects: z
    .array(
      z.strictObject({
        name: z.string(),
        fields: z.array(z.string()).optional(),
        where: z.string().optional(),
        orderBy: z.string().optional(),
        limit: bound.optional(),
      }),
    )
    .default([]),
  defaultLimit: bound.optional(),
  overallLimit: bound.default(SEARCH_LIMIT),
  offset: z.int().nonnegative().max(SEARCH_LIMIT).default(0),
  spellCorrection: z.boolean().optional(),
});

type Body = z.infer<typeof bodySchema>;

/** Searches by words and by phone numbers. */
export const SEARCH_RESOURCES: readonly Resource[] = [
  { method: "GET", path: "/search", handle: searchBySosl },
  { method: "GET", path: "/parameterizedSearch", handle: (call) => searchByParameters(call, bodyOfQuery(call.query)) },
  { method: "POST", path: "/parameterizedSearch", handle: (call) => searchByParameters(call, call.body) },
];

function searchBySosl(call: Call): Answer {
  const sosl = call.query.get("q");
  if (sosl === null || sosl.trim() === "") throw malformedSearch("A search string has to be specified");
  return answer(call, readSosl(sosl), 0);
}

function searchByParameters(call: Call, given: unknown): Answer {
  const body = readShape(bodySchema, { body: given });
  const { q, in: group, overallLimit: limit, offset } = body;
  const wanted = body.sobjects.map((object) => wantedOf(body, object));
  return answer(call, { term: readSearchTerm(q), group: readGroup(group), wanted, limit }, offset);
}

function wantedOf({ fields, defaultLimit }: Body, object: Body["sobjects"][number]): Wanted {
  const limit = object.limit ?? defaultLimit;
  const clauses = [
    object.where === undefined ? "" : `WHERE ${object.where}`,
    object.orderBy === undefined ? "" : `ORDER BY ${object.orderBy}`,
    limit === undefined ? "" : `LIMIT ${limit}`,
  ];
  return { object: object.name, fields: object.fields ?? fields, clauses: clauses.join(" ") };
}

function answer({ org, caller, version }: Call, search: Search, offset: number): Answer {
  const context = contextOf(org, { userId: caller.userId, version });
  return ok({ searchRecords: findRecords(context, search).slice(offset) });
}

/** A search by GET says the same in its query: `q`, `in`, `fields`, `sobject` and, for one object, `Contact.limit`. */
function bodyOfQuery(query: URLSearchParams): Record<string, unknown> {
  const list = (name: string) => (query.get(name) ?? "").split(",").filter((part) => part !== "");
  const number = (name: string) =>
    query.has(name) ? { [name.split(".").at(-1) ?? name]: Number(query.get(name)) } : {};
  const sobjects = query
    .getAll("sobject")
    .flatMap((names) => names.split(","))
    .map((name) => ({
      name,
      ...(query.has(`${name}.fields`) ? { fields: list(`${name}.fields`) } : {}),
      ...(query.has(`${name}.where`) ? { where: query.get(`${name}.where`) } : {}),
      ...number(`${name}.limit`),
    }));
  return {
    q: query.get("q") ?? undefined,
    in: query.get("in") ?? undefined,
    fields: list("fields"),
    sobjects,
    ...number("defaultLimit"),
    ...number("overallLimit"),
    ...number("offset"),
  };
}
