import type { CallResult } from "@aparte/whatsapp/call.ts";
import { createWhatsAppClient, type WhatsAppClient } from "@aparte/whatsapp/client.ts";
import { ourErrorCode } from "@aparte/whatsapp/errors.ts";
import type { ErrorCode } from "@aparte/core/errors.ts";
import type { Deps } from "../platform/context.ts";
import type { Channel } from "./service.ts";

/** Binds a sealed token to its row. */
export function tokenPlace(workspaceId: string, channelId: string): string {
  return `channels.access_token:${workspaceId}:${channelId}`;
}

/** Meta's API, called with this token; every call proves that it comes from our app. */
export function clientFor({ env }: Pick<Deps, "env">, accessToken: string): WhatsAppClient {
  return createWhatsAppClient({
    baseUrl: env.META_GRAPH_URL,
    version: env.META_GRAPH_VERSION,
    accessToken,
    appSecret: env.META_APP_SECRET,
  });
}

/** Meta's API as this channel may call it. */
export function channelClient(
  deps: Pick<Deps, "env" | "vault">,
  channel: Pick<Channel, "workspaceId" | "id" | "sealedToken">,
): WhatsAppClient {
  return clientFor(deps, deps.vault.open(channel.sealedToken, tokenPlace(channel.workspaceId, channel.id)));
}

/** Graph's "this object does not exist or you may not see it" is a code for bad parameters with this subcode. */
const unseenObject = { code: 100, subcode: 33 };

/**
 * Our reason for a call about an account that did not succeed. What the token may not see is not in its account; any
 * other bad parameter is a proof that does not fit the token, so the token is another app's.
 */
export function accountRefusal(result: Extract<CallResult<unknown>, { ok: false }>): ErrorCode {
  if (result.error === null) return "messaging.connection_failed";
  const { code, subcode } = result.error;
  if (code !== unseenObject.code) return ourErrorCode(code);
  return subcode === unseenObject.subcode ? "channels.number_not_in_account" : "channels.token_invalid";
}
