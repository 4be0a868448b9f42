import { z } from "zod";
import { checkRequestLimit, isRequest } from "../calls/permission.ts";
import { parseParam } from "../graph/params.ts";
import type { Call } from "../graph/route.ts";
import { Refusal, refuseCloud, refuseParameter } from "../graph/refusal.ts";
import { acceptForGroup, findGroup } from "../groups/group-messages.ts";
import { userIdOf } from "../people/directory.ts";
import type { Sim } from "../sim.ts";
import type { Account, BusinessNumber } from "../state.ts";
import { accept } from "./accept.ts";
import { readInbound } from "./mark-read.ts";
import { readParts } from "./message-parts.ts";
import type { MessageParts } from "./message-parts.ts";
import { findRecipient } from "./recipient.ts";
import { sendSchema } from "./request.ts";
import type { SendRequest } from "./request.ts";
import { checkSender, checkThroughput, checkTraffic } from "./sender-checks.ts";

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
  const { type, product_policy, message_activity_sharing } = call.params;
  if (type === undefined) return refuseParameter("The parameter type is required.");
  if (product_policy !== undefined && product_policy !== "CLOUD_API_FALLBACK" && product_policy !== "STRICT") {
    return refuseParameter("Param product_policy must be one of {CLOUD_API_FALLBACK, STRICT}.");
  }
  if (message_activity_sharing !== undefined && typeof message_activity_sharing !== "boolean") {
    return refuseParameter("Param message_activity_sharing must be a boolean.");
  }
  return sendMessage(sim, call, number, { viaMarketingApi: true });
}

const encryptedSchema = z.strictObject({
  messaging_product: z.literal("whatsapp"),
  encrypted_contents: z.string().min(1),
});

/** `POST /{PNID}/messages_encrypted`: for numbers with payload encryption, which none here has. */
export function postEncrypted(_sim: Sim, call: Call): Refusal {
  const request = parseParam(encryptedSchema, call.params, "");
  if (request instanceof Refusal) return request;
  return refuseParameter("Payload encryption is not enabled for this phone number.");
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
  if (request.recipient_type === "group") return sendToGroup(sim, { account, number, request, body: params });
  const recipient = findRecipient(sim.state, account, number, request);
  if (recipient instanceof Refusal) return recipient;
  const parts = readParts(sim, number, request);
  if (parts instanceof Refusal) return parts;
  const { person, byUserId, input } = recipient;
  const refused =
    checkWay(parts, byUserId, viaMarketingApi) ??
    (isRequest({ direction: "outbound", body: params }) ? checkRequestLimit(sim, number, person.waId) : undefined) ??
    checkSender(account, number) ??
    checkTraffic(sim, account, number, person);
  if (refused !== undefined) return refused;

  const { wamid } = accept(sim, { number, request, parts, body: params, viaMarketingApi }, recipient);
  return {
    messaging_product: request.messaging_product,
    contacts: [{ input, ...(byUserId ? { user_id: userIdOf(account, person) } : { wa_id: person.waId }) }],
    messages: [
      { id: wamid, ...(parts.template === undefined ? {} : { message_status: stateOf(sim, parts.template) }) },
    ],
  };
}

/** Only templates are told whether they leave at once (Meta, "Template pacing"). */
function stateOf({ state }: Sim, { id }: { id: string }): "accepted" | "held_for_quality_assessment" {
  return state.pacing.has(id) ? "held_for_quality_assessment" : "accepted";
}

type GroupRequest = { account: Account; number: BusinessNumber; request: SendRequest; body: Record<string, unknown> };

function sendToGroup(sim: Sim, { account, number, request, body }: GroupRequest): Refusal | object {
  const { to } = request;
  if (to === undefined) return refuseParameter("The parameter to is required.");
  const group = findGroup(sim.state, number, to);
  if (group instanceof Refusal) return group;
  const parts = readParts(sim, number, request);
  if (parts instanceof Refusal) return parts;
  if (parts.type === "interactive") return refuseCloud(131051, "Interactive messages cannot be sent to groups");
  const refused = checkSender(account, number) ?? checkThroughput(sim, account, number);
  if (refused !== undefined) return refused;
  const { wamid } = acceptForGroup(sim, { account, number, group, request, parts, body });
  const state = parts.template === undefined ? {} : { message_status: "accepted" };
  return {
    messaging_product: "whatsapp",
    contacts: [{ input: to, wa_id: group.id }],
    messages: [{ id: wamid, group_id: group.id, ...state }],
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
