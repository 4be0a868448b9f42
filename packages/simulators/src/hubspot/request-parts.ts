import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { invalidRequest } from "./api-error.ts";
import { findObjectType } from "./object-types.ts";
import type { ObjectType } from "./object-types.ts";
import type { Access } from "./access.ts";
import type { Portal } from "./portal.ts";
import type { ApiVersion } from "./present-record.ts";
import type { Write } from "./write.ts";

/** What every handler of one version of the API works with. */
export type Api = { portal: Portal; access: Access; version: ApiVersion };

const namesSchema = z
  .union([z.string(), z.array(z.string())])
  .default([])
  .transform((given) => (Array.isArray(given) ? given : [given]).flatMap((list) => list.split(",")))
  .transform((names) => names.map((name) => name.trim()).filter((name) => name !== ""));

/** Query of reads: lists travel with commas or as repeated parameters. */
export const readQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(10),
  after: z.string().regex(/^\d+$/u).optional(),
  properties: namesSchema,
  propertiesWithHistory: namesSchema,
  associations: namesSchema,
  archived: z.stringbool().default(false),
  idProperty: z.string().optional(),
});

/** Property values of a write, before they are compared with their definitions. */
export const propertiesSchema = z.record(z.string(), z.unknown());

const associationSpecSchema = z.object({ associationCategory: z.string(), associationTypeId: z.int() });
export const associationSpecsSchema = z.array(associationSpecSchema).min(1);
/** HubSpot takes ids as numbers, too. */
export const idSchema = z.union([z.string(), z.int()]).transform(String);
export const idRefSchema = z.object({ id: idSchema });

export const createSchema = z.object({
  properties: propertiesSchema,
  associations: z.array(z.object({ to: idRefSchema, types: associationSpecsSchema })).optional(),
});

/** Reads a part of a request; what does not fit is refused (400) in HubSpot's manner. */
export function read<T>(schema: z.ZodType<T>, given: unknown): T {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const place = issue?.path.join(".") ?? "";
  throw invalidRequest(`Invalid input JSON on line 1, column 1: ${place === "" ? "" : `${place}: `}${issue?.message}`);
}

/** The object type that a path names. */
export function readObjectType(segment: string): ObjectType {
  const type = findObjectType(segment);
  if (type === undefined) throw invalidRequest(`Unable to infer object type from: ${segment}`);
  return type;
}

export function readWrite(api: Api, request: FastifyRequest): Write {
  return { portal: api.portal, method: request.method, path: request.url, by: api.access.sourceOf(request) };
}
