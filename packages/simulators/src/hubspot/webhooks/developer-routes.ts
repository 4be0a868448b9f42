import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { HubSpotError, invalidRequest } from "../api-error.ts";
import { attempt, batchAnswer } from "../batch-answer.ts";
import { APP_ID, DEVELOPER_API_KEY } from "../identity.ts";
import type { Portal } from "../portal.ts";
import { hubspotTime } from "../property-values.ts";
import { idSchema, read } from "../request-parts.ts";
import type { WebhookSettings } from "./sender.ts";
import type { Subscription } from "./subscriptions.ts";

type OfApp = { Params: { appId: string } };
type OfSubscription = { Params: { appId: string; subscriptionId: string } };

/** HubSpot takes no fewer at once than this. */
const LEAST_CONCURRENCY = 6;

const settingsSchema = z.object({
  targetUrl: z.url().refine(isPublic, "must be https, or on this machine"),
  throttling: z.object({ maxConcurrentRequests: z.int() }).optional(),
});
const subscriptionSchema = z.object({
  eventType: z.string(),
  propertyName: z.string().optional(),
  objectTypeId: z.string().optional(),
  active: z.boolean().default(false),
});
const activeSchema = z.object({ active: z.boolean() });
const batchSchema = z.object({ inputs: z.array(z.object({ id: idSchema, active: z.boolean() })) });
const keySchema = z.object({ hapikey: z.string().optional() });

function isPublic(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === "https:" || (protocol === "http:" && /^(localhost|127\.0\.0\.1|\[::1\])$/u.test(hostname));
}

/** Mounts `/{appId}/settings` and `/{appId}/subscriptions` for whoever has the developer account's key. */
export function mountWebhooks(app: FastifyInstance, portal: Portal): void {
  app.addHook("onRequest", async (request) => requireDeveloper(request));
  mountSettings(app, portal);
  mountSubscriptions(app, portal);
}

function mountSettings(app: FastifyInstance, portal: Portal): void {
  const { webhooks } = portal;
  app.get<OfApp>("/:appId/settings", () => {
    if (webhooks.settings === undefined) throw notConfigured();
    return presentSettings(webhooks.settings);
  });
  app.put<OfApp>("/:appId/settings", (request) => {
    const { targetUrl, throttling } = read(settingsSchema, request.body);
    const maxConcurrentRequests = throttling?.maxConcurrentRequests;
    if (maxConcurrentRequests !== undefined && maxConcurrentRequests < LEAST_CONCURRENCY) {
      throw invalidRequest("maxConcurrentRequests must be greater than 5");
    }
    return presentSettings(webhooks.configure({ targetUrl, maxConcurrentRequests }));
  });
  app.delete<OfApp>("/:appId/settings", (_request, reply) => {
    webhooks.clearSettings();
    return reply.code(204).send();
  });
}

function mountSubscriptions(app: FastifyInstance, portal: Portal): void {
  const { subscriptions } = portal.webhooks;
  app.get<OfApp>("/:appId/subscriptions", () => ({ results: subscriptions.list().map(presentSubscription) }));
  app.post<OfApp>("/:appId/subscriptions", (request, reply) => {
    if (portal.webhooks.settings === undefined) throw notConfigured();
    const added = subscriptions.add(read(subscriptionSchema, request.body));
    return reply.code(201).send(presentSubscription(added));
  });
  app.post<OfApp>("/:appId/subscriptions/batch/update", (request, reply) => {
    const { inputs } = read(batchSchema, request.body);
    const outcomes = inputs.map(({ id, active }) =>
      attempt(() => presentSubscription(subscriptions.setActive(id, active))),
    );
    const { status, body } = batchAnswer(portal.clock, outcomes, 200);
    return reply.code(status).send(body);
  });
  app.get<OfSubscription>("/:appId/subscriptions/:subscriptionId", (request) =>
    presentSubscription(subscriptions.find(request.params.subscriptionId)),
  );
  app.patch<OfSubscription>("/:appId/subscriptions/:subscriptionId", (request) => {
    const { active } = read(activeSchema, request.body);
    return presentSubscription(subscriptions.setActive(request.params.subscriptionId, active));
  });
  app.delete<OfSubscription>("/:appId/subscriptions/:subscriptionId", (request, reply) => {
    subscriptions.remove(request.params.subscriptionId);
    return reply.code(204).send();
  });
}

/** The key of the developer account, in the query or as a bearer; an app's token opens nothing here. */
function requireDeveloper(request: FastifyRequest): void {
  const bearer = /^Bearer (\S+)$/iu.exec(request.headers.authorization ?? "")?.[1];
  const { hapikey = bearer } = keySchema.parse(request.query);
  if (hapikey !== DEVELOPER_API_KEY) {
    throw new HubSpotError(401, "This hapikey is not valid.", { category: "INVALID_AUTHENTICATION" });
  }
  const { appId } = z.object({ appId: z.string() }).parse(request.params);
  if (appId !== String(APP_ID)) throw new HubSpotError(404, "resource not found", { category: "OBJECT_NOT_FOUND" });
}

function notConfigured(): HubSpotError {
  return new HubSpotError(404, `No webhook settings for app ${APP_ID}`, { category: "OBJECT_NOT_FOUND" });
}

function presentSettings({ targetUrl, maxConcurrentRequests, createdAt, updatedAt }: WebhookSettings) {
  return {
    targetUrl,
    throttling: { maxConcurrentRequests },
    createdAt: hubspotTime(createdAt),
    updatedAt: hubspotTime(updatedAt),
  };
}

function presentSubscription({ id, createdAt, updatedAt, ...told }: Subscription): Record<string, unknown> {
  return { id: String(id), ...told, createdAt: hubspotTime(createdAt), updatedAt: hubspotTime(updatedAt) };
}
