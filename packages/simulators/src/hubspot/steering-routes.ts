import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Authorizations } from "./authorizations.ts";
import { behaviourChangeSchema } from "./behaviour.ts";
import type { ObjectType } from "./object-types.ts";
import type { Portal } from "./portal.ts";
import { hubspotTime } from "./property-values.ts";
import type { CrmRecord } from "./record-store.ts";
import { readObjectType } from "./request-parts.ts";

const withSchema = z.object({ with: z.string().default("") });

/**
 * Mounts what only this simulator has under `/_sim/`: `behaviour` (GET, POST with the settings to change) and the
 * records as they stand now: `objects/{type}` and `objects/{type}/{id}?with=communications,…`, which adds the
 * associated records themselves; `tokens/expire` ends every access token of the app at once. None of it counts against a limit or meets a fault.
 */
export function mountSteering(app: FastifyInstance, portal: Portal, authorizations: Authorizations): void {
  app.post("/_sim/tokens/expire", () => {
    authorizations.expireAccessTokens();
    return { expired: true };
  });
  app.get("/_sim/behaviour", () => portal.behaviour);
  app.post("/_sim/behaviour", (request, reply) => {
    const change = behaviourChangeSchema.safeParse(request.body);
    if (!change.success) return reply.code(400).send({ error: z.prettifyError(change.error) });
    const given = Object.entries(change.data).filter(([, value]) => value !== undefined);
    portal.behaviour = { ...portal.behaviour, ...Object.fromEntries(given) };
    return portal.behaviour;
  });

  app.get<{ Params: { type: string } }>("/_sim/objects/:type", (request) =>
    portal.records.all(readObjectType(request.params.type)).map((record) => describeRecord(portal, record)),
  );
  app.get<{ Params: { type: string; id: string } }>("/_sim/objects/:type/:id", (request, reply) => {
    const record = portal.records.live(readObjectType(request.params.type), request.params.id);
    if (record === undefined) return reply.code(404).send({ error: "no such record" });
    const names = withSchema.parse(request.query).with.split(",");
    const types = names.filter((name) => name !== "").map((name) => readObjectType(name));
    const associated = types.map((type) => [type.name, describeAssociated(portal, record, type)]);
    return { ...describeRecord(portal, record), associated: Object.fromEntries(associated) };
  });
}

function describeAssociated(portal: Portal, record: CrmRecord, type: ObjectType): Record<string, unknown>[] {
  return portal.associations.list(record, type).flatMap(({ id }) => {
    const end = portal.records.live(type, id);
    return end === undefined ? [] : [describeRecord(portal, end)];
  });
}

/** A record for tests and pages: `{id, object_type, properties, display, created_at, updated_at, archived, associations: {contacts: [id, …], …}}` */
export function describeRecord(portal: Portal, record: CrmRecord): Record<string, unknown> {
  return {
    id: record.id,
    object_type: record.type.name,
    properties: record.properties,
    display: displayValues(portal, record),
    created_at: hubspotTime(record.createdAt),
    updated_at: hubspotTime(record.updatedAt),
    archived: record.archivedAt !== undefined,
    associations: portal.associations.idsByType(record),
  };
}

/** Values in the words that people read: choices by their labels, owners by their names. */
function displayValues(portal: Portal, record: CrmRecord): Record<string, string> {
  const entries = Object.entries(record.properties).flatMap(([name, value]) => {
    const definition = portal.properties.find(record.type, name);
    const owner = definition?.ownerOptions === true ? portal.owners.find(({ id }) => id === value) : undefined;
    const option = definition?.options.find((candidate) => candidate.value === value);
    const shown = owner === undefined ? option?.label : `${owner.firstName} ${owner.lastName}`;
    return shown === undefined ? [] : [[name, shown]];
  });
  return Object.fromEntries(entries);
}
