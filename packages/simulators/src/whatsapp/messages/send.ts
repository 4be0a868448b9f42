import { parseParam } from "../graph/params.ts";
import type { Call } from "../graph/route.ts";
import { Refusal, refuseCloud, refuseParameter } from "../graph/refusal.ts";
import { userIdOf } from "../people/directory.ts";
import type { Sim } from "../sim.ts";
import type { BusinessNumber } from "../state.ts";
import { accept } from "./accept.ts";
import { readInbound } from "./mark-read.ts";
import { readParts } from "./message-parts.ts";
import type { MessageParts } from "./message-parts.ts";
import { findRecipient } from "./recipient.ts";
import { sendSchema } from "./request.ts";
import { checkSender, checkTraffic } from "./sender-checks.ts";

/**
 * `POST /{PNID}/messages`: sends a message, or marks one as read. Every accepted request is a new message, also when
 * it is the same as one before. 200 means accepted; whether it arrives is told by status webhooks.
 */
export function postMessage(sim: Sim, call: Call, number: BusinessNumber): Refusal | object {
  if ("status" in call.params) return readInbound(sim, call.params, number);
  return sendMessage(sim, call, number, { viaMarketingApi: false });
}

/** `POST /{PNID}/marketing_messages`: sends a marketing template, and nothing else (134100). */
export function postMarketingMessage(sim: Sim, call: Call, number: BusinessNumber): Refusal | object {
  const { product_policy, message_activity_sharing } = call.params;
  if (product_policy !== undefined && product_policy !== "CLOUD_API_FALLBACK" && product_policy !== "STRICT") {
    return refuseParameter("Param product_policy must be one of {CLOUD_API_FALLBACK, STRICT}.");
  }
  if (message_activity_sharing !== undefined && typeof message_activity_sharing !== "boolean") {
    return refuseParameter("Param message_activity_sharing must be a boolean.");
  }
  return sendMessage(sim, call, number, { viaMarketingApi: true });
}

function sendMessage(
  sim: Sim,
  { params }: Call,
  number: BusinessNumber,
  { viaMarketingApi }: { viaMarketingApi: boolean },
): Refusal | object {
  const account = sim.state.accounts.get(number.accountId);
  if (account === undefined) return refuseCloud(131000, "the number belongs to no account");
  const request = parseParam(sendSchema, params, "");
  if (request instanceof Refusal) return request;
  if (request.recipient_type === "group") return refuseCloud(131215, "This phone number cannot send to groups");
  const recipient = findRecipient(sim.state, account, number, request);
  if (recipient instanceof Refusal) return recipient;
  const parts = readParts(sim, number, request);
  if (parts instanceof Refusal) return parts;
  const { person, byUserId, input } = recipient;
  const refused =
    checkWay(parts, byUserId, viaMarketingApi) ??
    checkSender(account, number) ??
    checkTraffic(sim, account, number, person);
  if (refused !== undefined) return refused;

  const { wamid } = accept(sim, { number, request, recipient, parts, body: params, viaMarketingApi });
  return {
    messaging_product: request.messaging_product,
    contacts: [{ input, ...(byUserId ? { user_id: userIdOf(account, person) } : { wa_id: person.waId }) }],
    messages: [{ id: wamid, ...(parts.template === undefined ? {} : { message_status: "accepted" }) }],
  };
}

/** Whether a message can go this way: no codes to a BSUID, nothing but marketing by the API for marketing. */
function checkWay({ template }: MessageParts, byUserId: boolean, viaMarketingApi: boolean): Refusal | undefined {
  if (byUserId && template?.category === "AUTHENTICATION") {
    return refuseCloud(131062, "Authentication templates cannot be sent to a business-scoped user ID");
  }
  return viaMarketingApi && template?.category !== "MARKETING"
    ? refuseCloud(134100, "Only templates of the category MARKETING can be sent by this endpoint")
    : undefined;
}
