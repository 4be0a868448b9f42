import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { WebhookSender } from "./sender.ts";

const changeSchema = z.strictObject({
  target_url: z.url().nullable().optional(),
  max_concurrent_requests: z.int().positive().optional(),
  /** In the place of all that there are. */
  subscriptions: z
    .array(
      z.strictObject({
        eventType: z.string(),
        propertyName: z.string().optional(),
        objectTypeId: z.string().optional(),
        active: z.boolean().optional(),
      }),
    )
    .optional(),
});

/**
 * Mounts `/_sim/webhooks` (GET; POST `{target_url?, max_concurrent_requests?, subscriptions?}`: where the app takes its
 * webhooks, null for nowhere, and what it wants to hear) and `/_sim/deliveries` (what was sent, with the answers).
 */
export function mountWebhookSteering(app: FastifyInstance, webhooks: WebhookSender): void {
  const state = () => ({
    target_url: webhooks.settings?.targetUrl ?? null,
    max_concurrent_requests: webhooks.settings?.maxConcurrentRequests ?? null,
    subscriptions: webhooks.subscriptions.list(),
  });
  app.get("/_sim/deliveries", () => webhooks.deliveries());
  app.get("/_sim/webhooks", state);
  app.post("/_sim/webhooks", (request, reply) => {
    const change = changeSchema.safeParse(request.body);
    if (!change.success) return reply.code(400).send({ error: z.prettifyError(change.error) });
    const { target_url, max_concurrent_requests: maxConcurrentRequests, subscriptions } = change.data;
    const targetUrl = target_url ?? webhooks.settings?.targetUrl;
    if (target_url === null) webhooks.clearSettings();
    else if (targetUrl !== undefined) webhooks.configure({ targetUrl, maxConcurrentRequests });
    if (subscriptions !== undefined) webhooks.subscriptions.replace(subscriptions);
    return state();
  });
}
