import { randomUUID } from "node:crypto";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { Access } from "./access.ts";
import { mountAccount, mountOwners } from "./account-routes.ts";
import { HubSpotError, invalidRequest } from "./api-error.ts";
import { mountAssociationBatches } from "./association-batch-routes.ts";
import { mountAssociations } from "./association-routes.ts";
import type { Authorizations } from "./authorizations.ts";
import { mountNamedAssociationBatches, mountNamedAssociations } from "./named-association-routes.ts";
import { mountBatches } from "./batch-routes.ts";
import { mountOAuth } from "./oauth-routes.ts";
import { mountObjects } from "./object-routes.ts";
import { mountPipelines } from "./pipeline-routes.ts";
import type { Portal } from "./portal.ts";
import type { ApiVersion } from "./present-record.ts";
import { mountProperties } from "./property-routes.ts";
import type { Api } from "./request-parts.ts";
import { mountSearch } from "./search-routes.ts";
import { mountWebhooks } from "./webhooks/developer-routes.ts";

type Area = (app: FastifyInstance, api: Api) => void;

const OBJECTS: readonly Area[] = [mountObjects, mountBatches, mountSearch];
const DATED: readonly ApiVersion[] = ["2026-09", "2026-03"];

/** Where each area of the API stands. Versions with a date and the older ones share their handlers. */
const AREAS: readonly { prefix: string; version: ApiVersion; areas: readonly Area[] }[] = [
  ...DATED.flatMap((version) => [
    { prefix: `/crm/objects/${version}`, version, areas: [...OBJECTS, mountAssociations] },
    { prefix: `/crm/associations/${version}`, version, areas: [mountAssociationBatches] },
    { prefix: `/crm/properties/${version}`, version, areas: [mountProperties] },
    { prefix: `/crm/owners/${version}`, version, areas: [mountOwners] },
    { prefix: `/crm/pipelines/${version}`, version, areas: [mountPipelines] },
  ]),
  { prefix: "/crm/v3/objects", version: "v3", areas: [...OBJECTS, mountNamedAssociations] },
  { prefix: "/crm/v3/associations", version: "v3", areas: [mountNamedAssociationBatches] },
  { prefix: "/crm/v3/properties", version: "v3", areas: [mountProperties] },
  { prefix: "/crm/v3/owners", version: "v3", areas: [mountOwners] },
  { prefix: "/crm/v3/pipelines", version: "v3", areas: [mountPipelines] },
  { prefix: "/crm/v4/objects", version: "v4", areas: [mountAssociations] },
  { prefix: "/crm/v4/associations", version: "v4", areas: [mountAssociationBatches] },
];

/** Mounts HubSpot's API and its OAuth pages on a server. */
export async function mountHubSpot(
  app: FastifyInstance,
  portal: Portal,
  authorizations: Authorizations,
): Promise<void> {
  app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_request, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(String(body))));
  });
  app.setErrorHandler(answerError);
  app.setNotFoundHandler(() => {
    throw new HubSpotError(404, "resource not found");
  });
  mountOAuth(app, portal, authorizations);

  const access = new Access(portal, authorizations);
  const admit = async (request: FastifyRequest, reply: FastifyReply) => access.admit(request, reply);
  for (const { prefix, version, areas } of AREAS) {
    await app.register(
      async (scope) => {
        scope.addHook("onRequest", admit);
        for (const mount of areas) mount(scope, { portal, access, version });
      },
      { prefix },
    );
  }
  for (const prefix of ["/webhooks/v3", "/app-webhooks/2026-09", "/app-webhooks/2026-03"]) {
    await app.register(async (scope) => mountWebhooks(scope, portal), { prefix });
  }
  for (const version of [...DATED, "v3"]) {
    await app.register(
      async (scope) => {
        scope.addHook("onRequest", admit);
        mountAccount(scope, portal);
      },
      { prefix: `/account-info/${version}` },
    );
  }
}

function answerError(error: FastifyError | HubSpotError, _request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = error instanceof HubSpotError ? error : unforeseen(error);
  const correlationId = randomUUID();
  void reply.header("x-hubspot-correlation-id", correlationId);
  return reply.code(refusal.status).type("application/json").send(refusal.body(correlationId));
}

/** What Fastify itself refused keeps its status; anything else is a fault of this simulator and says so. */
function unforeseen(error: FastifyError): HubSpotError {
  return error.statusCode === 400
    ? invalidRequest(error.message)
    : new HubSpotError(error.statusCode ?? 500, error.message);
}
