import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { DEMO_ADMIN_ID } from "../demo/demo-ids.ts";
import type { Org } from "../org.ts";
import { readRecordId } from "../record-id.ts";
import type { SObject } from "../record-store.ts";
import { deleteRecord, purgeRecord, undeleteRecord } from "../records/delete-record.ts";
import type { Write } from "../records/write.ts";
import type { ObjectType } from "../schema/object-type.ts";
import { readSteering } from "./read-steering.ts";

const withSchema = z.object({ with: z.string().default("") });
const actionSchema = z.strictObject({ action: z.enum(["delete", "undelete", "purge"]) });

const ACTIONS = { delete: deleteRecord, undelete: undeleteRecord, purge: purgeRecord };

type OfObject = { Params: { object: string } };
type OfRecord = { Params: { object: string; id: string } };

/**
 * Mounts the records as they stand now: `objects/{object}`, recycle bin included, and
 * `objects/{object}/{id}?with=Tasks,…`, which adds the records below it. A person at the org deletes, restores or wipes
 * one by `POST objects/{object}/{id}` with `{action}`.
 */
export function mountRecordSteering(app: FastifyInstance, org: Org): void {
  app.get<OfObject>("/_sim/objects/:object", (request, reply) => {
    const type = org.schema.find(request.params.object);
    if (type === undefined) return reply.code(404).send({ error: "no such object" });
    return org.records.all(type, { deleted: true }).map(describe);
  });

  app.get<OfRecord>("/_sim/objects/:object/:id", (request, reply) => {
    const record = findRecord(org, request.params);
    if (record === undefined) return reply.code(404).send({ error: "no such record" });
    const names = withSchema.parse(request.query).with.split(",");
    const related = names.filter((name) => name !== "").map((name) => [name, below(org, record, name).map(describe)]);
    return { ...describe(record), related: Object.fromEntries(related) };
  });

  app.post<OfRecord>("/_sim/objects/:object/:id", (request, reply) => {
    const asked = readSteering(actionSchema, request.body, reply);
    if (asked === undefined) return reply;
    const record = findRecord(org, request.params);
    if (record === undefined) return reply.code(404).send({ error: "no such record" });
    if (asked.action !== "purge" && (record.deletedAt === undefined) === (asked.action === "undelete")) {
      return reply.code(409).send({ error: `it cannot be done: ${asked.action}` });
    }
    ACTIONS[asked.action](writeOfPerson(org, request), record);
    return reply.code(204).send();
  });
}

function findRecord(org: Org, { object, id }: OfRecord["Params"]): SObject | undefined {
  const type = org.schema.find(object);
  const id18 = readRecordId(id);
  return type === undefined || id18 === undefined ? undefined : org.records.find(type, id18);
}

function below(org: Org, parent: SObject, relationship: string): SObject[] {
  const children = (type: ObjectType) =>
    type.fields
      .filter((field) => field.childRelationshipName === relationship && field.referenceTo.includes(parent.type.name))
      .flatMap(({ name }) => org.records.withValue(type, name, parent.id));
  return org.schema.list().flatMap(children);
}

/** `{id, object, deleted, fields: {…}}`; fields without a value are left out. */
function describe({ id, type, values, deletedAt }: SObject): Record<string, unknown> {
  const fields = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
  return { id, object: type.name, deleted: deletedAt !== undefined, fields };
}

/** A write by the administrator, on a page of the org. */
export function writeOfPerson(org: Org, request: FastifyRequest): Write {
  const { method, url } = request;
  return {
    org,
    userId: DEMO_ADMIN_ID,
    at: org.clock.now(),
    method,
    url,
    client: undefined,
    allowDuplicates: true,
    unit: request,
  };
}
