import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { HubSpotError, invalidRequest } from "./api-error.ts";
import type { ObjectType } from "./object-types.ts";
import type { PropertyGroup } from "./property-registry.ts";
import { read, readObjectType } from "./request-parts.ts";
import type { Api } from "./request-parts.ts";

type OfType = { Params: { type: string } };
type OfGroup = { Params: { type: string; name: string } };

const createSchema = z.object({
  name: z.string().regex(/^[a-z][a-z0-9_]*$/u),
  label: z.string().min(1),
  displayOrder: z.int().default(-1),
});
const changeSchema = z.object({ label: z.string().min(1).optional(), displayOrder: z.int().optional() });

/** Mounts `/{type}/groups` and `/{type}/groups/{name}`. */
export function mountPropertyGroups(app: FastifyInstance, api: Api): void {
  app.get<OfType>("/:type/groups", (request) => {
    const type = readObjectType(request.params.type);
    api.access.requireScope(request, type.scopes.schemaRead);
    return { results: [...api.portal.properties.groups(type).values()].map(presentGroup) };
  });
  app.post<OfType>("/:type/groups", (request, reply) => {
    const type = readObjectType(request.params.type);
    api.access.requireScope(request, type.scopes.schemaWrite);
    const group = read(createSchema, request.body);
    const groups = api.portal.properties.groups(type);
    if (groups.has(group.name)) throw groupExists(group.name);
    groups.set(group.name, group);
    api.portal.ledger.record("property_groups.create", { object_type: type.name, name: group.name });
    return reply.code(201).send(presentGroup(group));
  });
  app.get<OfGroup>("/:type/groups/:name", (request) => {
    const type = readObjectType(request.params.type);
    api.access.requireScope(request, type.scopes.schemaRead);
    return presentGroup(requireGroup(api, type, request.params.name));
  });
  app.patch<OfGroup>("/:type/groups/:name", (request) => {
    const type = readObjectType(request.params.type);
    api.access.requireScope(request, type.scopes.schemaWrite);
    const group = requireGroup(api, type, request.params.name);
    const { label = group.label, displayOrder = group.displayOrder } = read(changeSchema, request.body);
    const changed = { ...group, label, displayOrder };
    api.portal.properties.groups(type).set(group.name, changed);
    return presentGroup(changed);
  });
  app.delete<OfGroup>("/:type/groups/:name", (request, reply) => {
    const type = readObjectType(request.params.type);
    api.access.requireScope(request, type.scopes.schemaWrite);
    const { name } = requireGroup(api, type, request.params.name);
    if (api.portal.properties.list(type).some(({ groupName }) => groupName === name)) {
      throw invalidRequest(`Property group ${name} still has properties`);
    }
    api.portal.properties.groups(type).delete(name);
    return reply.code(204).send();
  });
}

function requireGroup(api: Api, type: ObjectType, name: string): PropertyGroup {
  const group = api.portal.properties.groups(type).get(name);
  if (group !== undefined) return group;
  throw new HubSpotError(404, `Property group "${name}" does not exist`, { category: "OBJECT_NOT_FOUND" });
}

function groupExists(name: string): HubSpotError {
  return new HubSpotError(409, `A property group named '${name}' already exists.`, {
    category: "OBJECT_ALREADY_EXISTS",
    subCategory: "Properties.PROPERTY_GROUP_EXISTS",
    context: { name: [name] },
  });
}

function presentGroup(group: PropertyGroup): PropertyGroup & { archived: boolean } {
  return { ...group, archived: false };
}
