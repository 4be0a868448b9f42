import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from "fastify";
import type { Org } from "../org.ts";
import { notFound, SalesforceError } from "../salesforce-error.ts";
import { admit } from "./access.ts";
import { LongCalls } from "./long-calls.ts";
import { readJsonBody } from "./json-body.ts";
import type { Answer, Method } from "./resource.ts";
import { dispatch } from "./router.ts";
import { splitUrl } from "./split-url.ts";
import { readVersion, VERSIONS } from "./versions.ts";

const METHODS: HTTPMethods[] = ["GET", "POST", "PATCH", "PUT", "DELETE"];

/** Mounts the REST API: `/services/data` and all resources below its versions. */
export async function mountRest(app: FastifyInstance, org: Org): Promise<void> {
  await app.register(async (scope) => {
    const longCalls = new LongCalls();
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
    scope.setErrorHandler((error: FastifyError | SalesforceError, _request, reply) => answerRefusal(error, reply));
    scope.addHook("onSend", async (request, reply) => {
      // Only the list of versions, which belongs to no org, says nothing of the limits.
      if (request.url.startsWith("/services/data/")) {
        void reply.header("Sforce-Limit-Info", org.usage.header(org.behaviour));
      }
    });
    scope.get("/services/data", () => VERSIONS);
    // The other APIs of the service (SOAP, Bulk, Apex) are not here, and say so in its own words.
    scope.all("/services/*", () => {
      throw notFound();
    });
    scope.route<{ Params: { version: string; "*": string } }>({
      method: METHODS,
      url: "/services/data/:version/*",
      onRequest: async (_request, reply) => longCalls.begin(org, reply),
      handler: (request, reply) => send(reply, answer(org, request)),
    });
    scope.route<{ Params: { version: string } }>({
      method: METHODS,
      url: "/services/data/:version",
      handler: (request, reply) => send(reply, answer(org, request)),
    });
  });
}

function answer(org: Org, request: FastifyRequest<{ Params: { version: string } }>): Answer {
  const version = readVersion(request.params.version);
  const caller = admit(org, request.headers.authorization);
  org.usage.take(org.behaviour.daily_api_requests);
  const { path, query } = splitUrl(request.url);
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  return dispatch({
    org,
    caller,
    version,
    method: methodOf(request, query),
    url: request.url,
    path: path.split("/").slice(4).join("/"),
    query,
    headers,
    body: readJsonBody(request),
    unit: request,
  });
}

/** HEAD is a GET without a body; `_HttpMethod` is for clients that cannot send PATCH. */
function methodOf(request: FastifyRequest, query: URLSearchParams): Method {
  const given = (request.method === "POST" ? query.get("_HttpMethod") : null) ?? request.method;
  const method = given === "HEAD" ? "GET" : given;
  if (method !== "GET" && method !== "POST" && method !== "PATCH" && method !== "PUT" && method !== "DELETE") {
    throw notFound();
  }
  return method;
}

function send(reply: FastifyReply, { status, body, headers = {} }: Answer): FastifyReply {
  const answered = reply.code(status).headers(headers);
  if (body === undefined) return answered.send();
  if (Buffer.isBuffer(body)) return answered.type("application/octet-stream").send(body);
  return answered.type("application/json;charset=UTF-8").send(JSON.stringify(body));
}

function answerRefusal(error: FastifyError | SalesforceError, reply: FastifyReply): FastifyReply {
  const refusal =
    error instanceof SalesforceError
      ? error
      : new SalesforceError(error.statusCode ?? 500, "UNKNOWN_EXCEPTION", error.message);
  return send(reply, { status: refusal.status, body: refusal.body() });
}
