import type { FastifyInstance } from "fastify";
import { HubSpotError } from "./api-error.ts";
import { PIPELINES } from "./pipelines.ts";
import type { Pipeline, Stage } from "./pipelines.ts";
import { PORTAL_BORN } from "./property-definition.ts";
import { hubspotTime } from "./property-values.ts";
import { readObjectType } from "./request-parts.ts";
import type { Api } from "./request-parts.ts";

type OfType = { Params: { type: string } };
type OfPipeline = { Params: { type: string; id: string } };
type OfStage = { Params: { type: string; id: string; stageId: string } };

const TIMES = { createdAt: hubspotTime(PORTAL_BORN), updatedAt: hubspotTime(PORTAL_BORN), archived: false };

/** Mounts the reading of pipelines: `/{type}`, `/{type}/{id}` and `/{type}/{id}/stages[/{stageId}]`. */
export function mountPipelines(app: FastifyInstance, api: Api): void {
  app.get<OfType>("/:type", (request) => {
    const pipeline = pipelineOf(api, request.params.type, request);
    return { results: pipeline === undefined ? [] : [presentPipeline(pipeline)] };
  });
  app.get<OfPipeline>("/:type/:id", (request) => presentPipeline(requirePipeline(api, request.params, request)));
  app.get<OfPipeline>("/:type/:id/stages", (request) => ({
    results: requirePipeline(api, request.params, request).stages.map(presentStage),
  }));
  app.get<OfStage>("/:type/:id/stages/:stageId", (request) => {
    const { stages } = requirePipeline(api, request.params, request);
    const index = stages.findIndex(({ id }) => id === request.params.stageId);
    const stage = stages[index];
    if (stage === undefined) throw missing(`stage ${request.params.stageId}`);
    return presentStage(stage, index);
  });
}

type Request = Parameters<Api["access"]["requireScope"]>[0];

function pipelineOf(api: Api, segment: string, request: Request): Pipeline | undefined {
  const type = readObjectType(segment);
  api.access.requireScope(request, [...type.scopes.schemaRead, ...type.scopes.read]);
  return PIPELINES[type.name];
}

function requirePipeline(api: Api, { type, id }: { type: string; id: string }, request: Request): Pipeline {
  const pipeline = pipelineOf(api, type, request);
  if (pipeline?.id !== id) throw missing(`pipeline ${id}`);
  return pipeline;
}

function missing(what: string): HubSpotError {
  return new HubSpotError(404, `Unable to find ${what}`, { category: "OBJECT_NOT_FOUND" });
}

function presentPipeline({ id, label, stages }: Pipeline): Record<string, unknown> {
  return { id, label, displayOrder: 0, stages: stages.map(presentStage), ...TIMES };
}

/** Deals tell how likely they are to be won, tickets whether they are open. */
function presentStage({ id, label, isClosed, probability }: Stage, displayOrder: number): Record<string, unknown> {
  const metadata =
    probability === undefined
      ? { ticketState: isClosed ? "CLOSED" : "OPEN", isClosed: String(isClosed) }
      : { probability, isClosed: String(isClosed) };
  return { id, label, displayOrder, metadata, writePermissions: "CRM_PERMISSIONS_ENFORCEMENT", ...TIMES };
}
