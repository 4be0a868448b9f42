import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { HubSpotError, invalidRequest } from "./api-error.ts";
import { attempt, batchAnswer, requireBatch } from "./batch-answer.ts";
import type { ObjectType } from "./object-types.ts";
import { MAX_TEXT_LENGTH } from "./property-definition.ts";
import type { PropertyDefinition } from "./property-definition.ts";
import { mountPropertyGroups } from "./property-group-routes.ts";
import { hubspotTime } from "./property-values.ts";
import { read, readObjectType, readWrite } from "./request-parts.ts";
import type { Api } from "./request-parts.ts";
import type { Write } from "./write.ts";

type OfType = { Params: { type: string } };
type OfProperty = { Params: { type: string; name: string } };

/** The field types that go with each type of value. */
const FIELD_TYPES: Readonly<Record<string, readonly string[]>> = {
  string: ["text", "textarea", "phonenumber", "html", "file"],
  number: ["number"],
  date: ["date"],
  datetime: ["date"],
  enumeration: ["select", "radio", "checkbox", "booleancheckbox"],
  bool: ["booleancheckbox"],
  phone_number: ["phonenumber"],
};

const optionSchema = z.object({
  label: z.string(),
  value: z.string(),
  displayOrder: z.int().default(-1),
  hidden: z.boolean().default(false),
});
const createSchema = z.object({
  name: z.string().min(1).max(100),
  label: z.string().min(1),
  type: z.enum(["string", "number", "date", "datetime", "enumeration", "bool", "phone_number"]),
  fieldType: z.string(),
  groupName: z.string(),
  description: z.string().default(""),
  hasUniqueValue: z.boolean().default(false),
  hidden: z.boolean().default(false),
  formField: z.boolean().default(false),
  displayOrder: z.int().default(-1),
  options: z.array(optionSchema).default([]),
});
const changeSchema = createSchema
  .pick({
    label: true,
    groupName: true,
    description: true,
    hidden: true,
    formField: true,
    displayOrder: true,
    options: true,
  })
  .partial();
const batchCreateSchema = z.object({ inputs: z.array(createSchema) });
const batchNamesSchema = z.object({ inputs: z.array(z.object({ name: z.string() })) });

/** Mounts `/{type}`, `/{type}/{name}`, `/{type}/groups` and `/{type}/batch/{create|read|archive}` of the properties API. */
export function mountProperties(app: FastifyInstance, api: Api): void {
  mountPropertyGroups(app, api);
  mountPropertyReads(app, api);
  mountPropertyWrites(app, api);
  mountPropertyBatches(app, api);
}

function mountPropertyReads(app: FastifyInstance, api: Api): void {
  app.get<OfType>("/:type", (request) => {
    const type = readObjectType(request.params.type);
    api.access.requireScope(request, type.scopes.schemaRead);
    return { results: api.portal.properties.list(type).map(presentProperty) };
  });
  app.get<OfProperty>("/:type/:name", (request) => {
    const type = readObjectType(request.params.type);
    api.access.requireScope(request, type.scopes.schemaRead);
    return presentProperty(requireProperty(api, type, request.params.name));
  });
}

function mountPropertyWrites(app: FastifyInstance, api: Api): void {
  app.post<OfType>("/:type", (request, reply) => {
    const type = readObjectType(request.params.type);
    api.access.requireScope(request, type.scopes.schemaWrite);
    const created = createProperty(readWrite(api, request), type, read(createSchema, request.body));
    return reply.code(201).send(presentProperty(created));
  });
  app.patch<OfProperty>("/:type/:name", (request) => {
    const type = readObjectType(request.params.type);
    api.access.requireScope(request, type.scopes.schemaWrite);
    const definition = requireCustom(api, type, request.params.name);
    const given = Object.entries(read(changeSchema, request.body)).filter(([, value]) => value !== undefined);
    const changed = { ...definition, ...Object.fromEntries(given), updatedAt: api.portal.clock.now() };
    replaceProperty(readWrite(api, request), type, changed, "update");
    return presentProperty(changed);
  });
  app.delete<OfProperty>("/:type/:name", (request, reply) => {
    const type = readObjectType(request.params.type);
    api.access.requireScope(request, type.scopes.schemaWrite);
    const definition = requireCustom(api, type, request.params.name);
    replaceProperty(readWrite(api, request), type, { ...definition, archived: true }, "archive");
    return reply.code(204).send();
  });
}

function mountPropertyBatches(app: FastifyInstance, api: Api): void {
  app.post<OfType>("/:type/batch/create", (request, reply) => {
    const type = readObjectType(request.params.type);
    api.access.requireScope(request, type.scopes.schemaWrite);
    const { inputs } = read(batchCreateSchema, request.body);
    requireBatch(inputs.map(({ name }) => name));
    const write = readWrite(api, request);
    const outcomes = inputs.map((input) => attempt(() => presentProperty(createProperty(write, type, input))));
    const { status, body } = batchAnswer(api.portal.clock, outcomes, 201);
    return reply.code(status).send(body);
  });
  app.post<OfType>("/:type/batch/read", (request, reply) => {
    const type = readObjectType(request.params.type);
    api.access.requireScope(request, type.scopes.schemaRead);
    const { inputs } = read(batchNamesSchema, request.body);
    requireBatch(inputs.map(({ name }) => name));
    const outcomes = inputs.map(({ name }) => attempt(() => presentProperty(requireProperty(api, type, name))));
    const { status, body } = batchAnswer(api.portal.clock, outcomes, 200);
    return reply.code(status).send(body);
  });
  app.post<OfType>("/:type/batch/archive", (request, reply) => {
    const type = readObjectType(request.params.type);
    api.access.requireScope(request, type.scopes.schemaWrite);
    const { inputs } = read(batchNamesSchema, request.body);
    for (const { name } of inputs) {
      const definition = requireCustom(api, type, name);
      replaceProperty(readWrite(api, request), type, { ...definition, archived: true }, "archive");
    }
    return reply.code(204).send();
  });
}

function createProperty(write: Write, type: ObjectType, input: z.infer<typeof createSchema>): PropertyDefinition {
  const { portal } = write;
  if (FIELD_TYPES[input.type]?.includes(input.fieldType) !== true) {
    throw invalidRequest(`Field type ${input.fieldType} does not go with type ${input.type}`);
  }
  if (input.type === "enumeration" && input.options.length === 0) {
    throw invalidRequest("Enumeration properties need at least one option");
  }
  if (new Set(input.options.map(({ value }) => value)).size < input.options.length) {
    throw invalidRequest(`The options of ${input.name} have to have different values`);
  }
  if (input.hasUniqueValue && type.name === "communications" && !portal.behaviour.allow_unique_properties) {
    throw invalidRequest(`Object type ${type.id} does not support properties with unique values`);
  }
  const now = portal.clock.now();
  const definition = portal.properties.create(type, {
    ...input,
    readOnly: false,
    calculated: false,
    hubspotDefined: false,
    ownerOptions: false,
    maxLength: MAX_TEXT_LENGTH,
    archived: false,
    createdAt: now,
    updatedAt: now,
  });
  recordPropertyWrite(write, type, definition, "create");
  return definition;
}

function replaceProperty(write: Write, type: ObjectType, definition: PropertyDefinition, verb: string): void {
  write.portal.properties.replace(type, definition);
  recordPropertyWrite(write, type, definition, verb);
}

function recordPropertyWrite(write: Write, type: ObjectType, { name }: PropertyDefinition, verb: string): void {
  const { method, path, portal } = write;
  portal.ledger.record(`properties.${verb}`, { method, path, object_type: type.name, name });
}

function requireProperty(api: Api, type: ObjectType, name: string): PropertyDefinition {
  const definition = api.portal.properties.find(type, name);
  if (definition !== undefined) return definition;
  throw new HubSpotError(404, `Property "${name}" does not exist`, { category: "OBJECT_NOT_FOUND" });
}

/** A property that may be changed: HubSpot's own may not. */
function requireCustom(api: Api, type: ObjectType, name: string): PropertyDefinition {
  const definition = requireProperty(api, type, name);
  if (definition.hubspotDefined) throw invalidRequest(`Property ${name} is defined by HubSpot and cannot be changed`);
  return definition;
}

function presentProperty(definition: PropertyDefinition): Record<string, unknown> {
  const { readOnly, ownerOptions, maxLength: _, createdAt, updatedAt, ...told } = definition;
  return {
    ...told,
    externalOptions: ownerOptions,
    ...(ownerOptions ? { referencedObjectType: "OWNER" } : {}),
    dataSensitivity: "non_sensitive",
    createdAt: hubspotTime(createdAt),
    updatedAt: hubspotTime(updatedAt),
    modificationMetadata: {
      archivable: !definition.hubspotDefined,
      readOnlyDefinition: definition.hubspotDefined,
      readOnlyValue: readOnly,
    },
  };
}
