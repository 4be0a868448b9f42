import type { CallResult } from "@aparte/whatsapp/call.ts";
import type { WhatsAppClient } from "@aparte/whatsapp/client.ts";
import { webhookFields } from "@aparte/whatsapp/webhook.ts";
import type { Deps } from "../platform/context.ts";
import { publicUrl } from "../platform/env.ts";

/** Where Meta shall send webhooks. */
export function ownCallback({ env }: Pick<Deps, "env">) {
  return { callbackUrl: `${publicUrl(env)}/webhooks/whatsapp`, verifyToken: env.META_VERIFY_TOKEN };
}

/**
 * Has the account's webhooks sent here, and the app hear of every field that is read. An app whose own address is somebody
 * else's keeps its fields: they may serve another server, and changing the address would silence that one.
 */
export async function subscribeHere(
  deps: Pick<Deps, "env">,
  client: WhatsAppClient,
  wabaId: string,
): Promise<CallResult<null>> {
  const callback = ownCallback(deps);
  const subscribed = await client.subscribeApp(wabaId, callback);
  if (!subscribed.ok) return subscribed;
  const app = { appId: deps.env.META_APP_ID, appSecret: deps.env.META_APP_SECRET };
  const heard = await client.appSubscription(app);
  if (!heard.ok) return heard;
  const { callbackUrl, fields } = heard.value;
  const isOurs = callbackUrl === null || callbackUrl === callback.callbackUrl;
  if (!isOurs || webhookFields.every((field) => fields.includes(field))) return subscribed;
  return client.subscribeFields(app, callback, [...new Set([...fields, ...webhookFields])]);
}
