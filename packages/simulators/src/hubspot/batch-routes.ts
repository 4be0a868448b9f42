import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { nonUniqueProperty, objectNotFound } from "./api-error.ts";
import { attempt, batchAnswer, requireBatch } from "./batch-answer.ts";
import { PORTAL_ID } from "./identity.ts";
import { findRecord } from "./object-routes.ts";
import type { ObjectType } from "./object-types.ts";
import { presentRecord, presentWritten } from "./present-record.ts";
import {
  createSchema,
  idRefSchema,
  idSchema,
  propertiesSchema,
  read,
  readObjectType,
  readWrite,
} from "./request-parts.ts";
import type { Api } from "./request-parts.ts";
import type { CrmRecord } from "./record-store.ts";
import { archiveRecord, createRecord, updateRecord, upsertRecord } from "./write-records.ts";
import type { Write } from "./write.ts";

type OfType = { Params: { type: string } };

const trace = { objectWriteTraceId: z.string().optional() };
const namesSchema = z.array(z.string()).default([]);
const readSchema = z.object({
  properties: namesSchema,
  propertiesWithHistory: namesSchema,
  idProperty: z.string().optional(),
  inputs: z.array(idRefSchema),
});
const archivedSchema = z.object({ archived: z.stringbool().default(false) });
const createsSchema = z.object({ inputs: z.array(createSchema.extend(trace)) });
const changeSchema = z.object({
  id: idSchema,
  properties: propertiesSchema,
  idProperty: z.string().optional(),
  ...trace,
});
const updatesSchema = z.object({ inputs: z.array(changeSchema) });
const upsertsSchema = z.object({ inputs: z.array(changeSchema.required({ idProperty: true })) });
const archivesSchema = z.object({ inputs: z.array(idRefSchema) });

/** Mounts `/{type}/batch/{read|create|update|upsert|archive}`: up to 100 inputs, each with an outcome of its own. */
export function mountBatches(app: FastifyInstance, api: Api): void {
  mountBatchRead(app, api);
  mountBatchWrites(app, api);
  mountBatchArchive(app, api);
}

function mountBatchRead(app: FastifyInstance, api: Api): void {
  app.post<OfType>("/:type/batch/read", (request, reply) => {
    const type = readObjectType(request.params.type);
    api.access.requireScope(request, type.scopes.read);
    const { inputs, idProperty, ...wanted } = read(readSchema, request.body);
    const { archived } = read(archivedSchema, request.query);
    requireBatch(inputs.map(({ id }) => id));
    const find = (id: string) => (archived ? findArchived(api, type, id) : findRecord(api, type, { id, idProperty }));
    const found = inputs.map(({ id }) => ({ id, record: find(id) }));
    const results = found.flatMap(({ record }) =>
      record === undefined ? [] : [presentRecord(api.portal, record, { version: api.version, ...wanted })],
    );
    const missing = found.filter(({ record }) => record === undefined).map(({ id }) => id);
    const { body } = batchAnswer(
      api.portal.clock,
      results.map((result) => ({ ok: true, result })),
      200,
    );
    if (missing.length === 0) return reply.send(body);
    return reply.code(207).send({ ...body, numErrors: 1, errors: [missingRecords(type, missing)] });
  });
}

/** A record in the recycle bin. */
function findArchived(api: Api, type: ObjectType, id: string): CrmRecord | undefined {
  const record = api.portal.records.find(type, id);
  return record?.archivedAt === undefined ? undefined : record;
}

/** One error names all the records that a batch read did not find. */
function missingRecords(type: ObjectType, ids: readonly string[]): Record<string, unknown> {
  const message = `Could not get some ${type.singular.toUpperCase()} objects, they may be deleted or not exist. Check that ids are valid.`;
  return { status: "error", category: "OBJECT_NOT_FOUND", message, errors: [], context: { ids }, links: {} };
}

function mountBatchWrites(app: FastifyInstance, api: Api): void {
  const present = (record: CrmRecord, { objectWriteTraceId }: Traced) => ({
    ...presentWritten(api.portal, record, api.version),
    ...(objectWriteTraceId === undefined ? {} : { objectWriteTraceId }),
  });
  mountBatchWrite(app, api, {
    verb: "create",
    status: 201,
    schema: createsSchema,
    key: (_input, index) => String(index),
    apply: (write, type, input) => present(createRecord(write, type, input), input),
  });
  mountBatchWrite(app, api, {
    verb: "update",
    status: 200,
    schema: updatesSchema,
    key: ({ id }) => id,
    apply: (write, type, input) => {
      if (input.idProperty === "hs_object_id") throw nonUniqueProperty(type.id, input.idProperty, PORTAL_ID);
      const record = findRecord(api, type, input);
      if (record === undefined) throw objectNotFound([input.id]);
      return present(updateRecord(write, record, input.properties), input);
    },
  });
  mountBatchWrite(app, api, {
    verb: "upsert",
    status: 200,
    schema: upsertsSchema,
    key: ({ idProperty, id }) => `${idProperty}=${id}`,
    apply: (write, type, input) => {
      const { record, isNew } = upsertRecord(write, type, input);
      return { ...present(record, input), new: isNew };
    },
  });
}

type Traced = { objectWriteTraceId?: string | undefined };

/** A kind of batch whose inputs succeed or fail each for itself. `key` tells inputs of one batch apart. */
type BatchWrite<Input extends Traced> = {
  verb: string;
  status: number;
  schema: z.ZodType<{ inputs: Input[] }>;
  key: (input: Input, index: number) => string;
  apply: (write: Write, type: ObjectType, input: Input) => unknown;
};

function mountBatchWrite<Input extends Traced>(app: FastifyInstance, api: Api, batch: BatchWrite<Input>): void {
  app.post<OfType>(`/:type/batch/${batch.verb}`, (request, reply) => {
    const type = readObjectType(request.params.type);
    api.access.requireScope(request, type.scopes.write);
    const { inputs } = read(batch.schema, request.body);
    requireBatch(inputs.map(batch.key));
    const write = readWrite(api, request);
    const outcomes = inputs.map((input) => attempt(() => batch.apply(write, type, input), input.objectWriteTraceId));
    const { status, body } = batchAnswer(api.portal.clock, outcomes, batch.status);
    return reply.code(status).send(body);
  });
}

function mountBatchArchive(app: FastifyInstance, api: Api): void {
  app.post<OfType>("/:type/batch/archive", (request, reply) => {
    const type = readObjectType(request.params.type);
    api.access.requireScope(request, type.scopes.write);
    const { inputs } = read(archivesSchema, request.body);
    requireBatch(inputs.map(({ id }) => id));
    for (const { id } of inputs) {
      const record = api.portal.records.live(type, id);
      if (record !== undefined) archiveRecord(readWrite(api, request), record);
    }
    return reply.code(204).send();
  });
}
