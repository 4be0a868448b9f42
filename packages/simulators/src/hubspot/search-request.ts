import { z } from "zod";
import { HubSpotError, invalidRequest } from "./api-error.ts";
import { findObjectType } from "./object-types.ts";
import type { ObjectType } from "./object-types.ts";
import type { PropertyType } from "./property-definition.ts";
import { readTime } from "./property-values.ts";

/** Ceilings of the search API. */
const MAX_GROUPS = 5;
const MAX_FILTERS_PER_GROUP = 6;
const MAX_FILTERS = 18;
const MAX_QUERY_LENGTH = 3_000;
const MAX_RESULTS = 10_000;

const VALUE_OPERATORS = ["EQ", "NEQ", "LT", "LTE", "GT", "GTE", "CONTAINS_TOKEN", "NOT_CONTAINS_TOKEN"] as const;
const valueSchema = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const property = { propertyName: z.string() };

const filterSchema = z.discriminatedUnion("operator", [
  z.object({ ...property, operator: z.enum(VALUE_OPERATORS), value: valueSchema }),
  z.object({ ...property, operator: z.literal("BETWEEN"), value: valueSchema, highValue: valueSchema }),
  z.object({ ...property, operator: z.enum(["IN", "NOT_IN"]), values: z.array(valueSchema).min(1).max(100) }),
  z.object({ ...property, operator: z.enum(["HAS_PROPERTY", "NOT_HAS_PROPERTY"]) }),
]);

const sortObjectSchema = z.object({
  propertyName: z.string(),
  direction: z.enum(["ASCENDING", "DESCENDING"]).default("ASCENDING"),
});

/** A property name, `-` before it for the descending order, or an object; older clients send that as JSON text. */
const sortSchema = z.union([
  z
    .string()
    .startsWith("{")
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue("not JSON");
        return z.NEVER;
      }
    })
    .pipe(sortObjectSchema),
  z
    .string()
    .transform((name) =>
      name.startsWith("-")
        ? { propertyName: name.slice(1), direction: "DESCENDING" as const }
        : { propertyName: name, direction: "ASCENDING" as const },
    ),
  sortObjectSchema,
]);

/** The body of a search, with what was left out filled in. `after` is the number of results to skip. */
const bodySchema = z.object({
  filterGroups: z.array(z.object({ filters: z.array(filterSchema) })).default([]),
  filters: z.array(filterSchema).optional(),
  query: z.string().default(""),
  sorts: z.array(sortSchema).default([]),
  properties: z.array(z.string()).default([]),
  limit: z.int().min(1).max(200).default(10),
  after: z.coerce.number().int().nonnegative().default(0),
});

/** `filters` beside the groups is short for a group of them. */
export const searchSchema = bodySchema.transform(({ filters, filterGroups, ...search }) => ({
  ...search,
  filterGroups: filters === undefined ? filterGroups : [...filterGroups, { filters }],
}));

export type SearchRequest = z.infer<typeof searchSchema>;
export type Filter = z.infer<typeof filterSchema>;

/**
 * Refuses (400) a search that is larger than HubSpot takes, or whose values do not fit. `typeOf` tells the type of a
 * property, undefined where there is none of that name.
 */
export function requireSearchable(
  search: SearchRequest,
  typeOf: (propertyName: string) => PropertyType | undefined,
): void {
  const filters = search.filterGroups.flatMap((group) => group.filters);
  const limits: readonly [boolean, string][] = [
    [search.filterGroups.length > MAX_GROUPS, `Search allows at most ${MAX_GROUPS} filter groups`],
    [
      search.filterGroups.some((group) => group.filters.length > MAX_FILTERS_PER_GROUP),
      `Search allows at most ${MAX_FILTERS_PER_GROUP} filters in a group`,
    ],
    [filters.length > MAX_FILTERS, `Search allows at most ${MAX_FILTERS} filters in all`],
    [search.sorts.length > 1, "Search allows at most one sort"],
    [search.query.length > MAX_QUERY_LENGTH, `Search query is longer than ${MAX_QUERY_LENGTH} characters`],
    [search.after + search.limit > MAX_RESULTS, `Search cannot page beyond ${MAX_RESULTS} results`],
  ];
  const broken = limits.find(([isBroken]) => isBroken);
  if (broken !== undefined) throw invalidRequest(broken[1]);
  const known = filters.filter((filter) => associatedType(filter) === undefined);
  const stranger = [...known, ...search.sorts].find(({ propertyName }) => typeOf(propertyName) === undefined);
  if (stranger !== undefined) throw unknownProperty(stranger.propertyName);
  for (const filter of known) requireValues(filter, typeOf(filter.propertyName));
}

/** The type of the associated records that a filter is about: `associations.contact` looks at their ids. */
export function associatedType({ propertyName }: Filter): ObjectType | undefined {
  const [prefix, name, ...rest] = propertyName.split(".");
  return prefix === "associations" && name !== undefined && rest.length === 0 ? findObjectType(name) : undefined;
}

/** Numbers and times are compared by size, so a filter has to name one. */
function requireValues(filter: Filter, type: PropertyType | undefined): void {
  const values = [
    ...("value" in filter ? [filter.value] : []),
    ...("highValue" in filter ? [filter.highValue] : []),
    ...("values" in filter ? filter.values : []),
  ];
  const isTime = type === "date" || type === "datetime";
  const isRead = (value: string) =>
    isTime ? readTime(value) !== undefined : type !== "number" || Number.isFinite(Number(value));
  const wrong = values.find((value) => !isRead(value));
  if (wrong === undefined) return;
  throw invalidRequest(`${wrong} is not a valid ${isTime ? "time" : "number"} for ${filter.propertyName}`);
}

function unknownProperty(name: string): HubSpotError {
  const message = `Property "${name}" does not exist`;
  return new HubSpotError(400, message, {
    category: "VALIDATION_ERROR",
    errors: [{ message, code: "PROPERTY_DOESNT_EXIST", context: { propertyName: [name] } }],
  });
}
