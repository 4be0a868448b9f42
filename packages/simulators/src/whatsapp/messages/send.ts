import { parseParam } from "../graph/params.ts";
import type { Call } from "../graph/route.ts";
import { Refusal, refuseCloud, refuseParameter } from "../graph/refusal.ts";
import { newWamid } from "../identifiers.ts";
import { senderLimit } from "../limits/check.ts";
import { pairOf, userIdOf } from "../people/directory.ts";
import type { Sim } from "../sim.ts";
import type { Account, BusinessNumber, Pair, Template } from "../state.ts";
import { checkContent } from "./content.ts";
import { readInbound } from "./mark-read.ts";
import { checkSources, collectFiles, mediaSourcesOf } from "./media-sources.ts";
import type { MediaSource } from "./media-sources.ts";
import type { Message, OutboundFacts } from "./message.ts";
import { findRecipient } from "./recipient.ts";
import type { Recipient } from "./recipient.ts";
import { MESSAGE_TYPES, sendSchema } from "./request.ts";
import type { MessageType, SendRequest } from "./request.ts";
import { startJourney } from "./status-path.ts";
import { checkTemplateParameters, findTemplate } from "./template-check.ts";
import { parseTemplateRequest } from "./template-request.ts";

/** How long a person's message keeps the customer service window open, in ms. */
const SERVICE_WINDOW_MS = 24 * 3_600_000;

type Accepted = {
  account: Account;
  number: BusinessNumber;
  request: SendRequest;
  recipient: Recipient;
  type: MessageType;
  template: Template | undefined;
  sources: MediaSource[];
  /** The request as it came. */
  body: Record<string, unknown>;
};

/**
 * `POST /{PNID}/messages`: sends a message, or marks one as read. Every accepted request is a new message, also when
 * it is the same as one before. 200 means accepted; whether it arrives is told by status webhooks.
 */
export function postMessage(sim: Sim, call: Call, number: BusinessNumber): Refusal | object {
  const { params } = call;
  const account = sim.state.accounts.get(number.accountId);
  if (account === undefined) return refuseCloud(131000, "the number belongs to no account");
  if ("status" in params) return readInbound(sim, params, number);

  const request = parseParam(sendSchema, params, "");
  if (request instanceof Refusal) return request;
  if (request.recipient_type === "group") return refuseCloud(131215, "This phone number cannot send to groups");
  const { type } = request;
  if (!isMessageType(type)) {
    return refuseParameter(`Param type must be one of {${MESSAGE_TYPES.join(", ").toUpperCase()}} - got "${type}".`);
  }
  const recipient = findRecipient(sim.state, account, number, request);
  if (recipient instanceof Refusal) return recipient;
  const template = checkObject(sim, account, type, request);
  if (template instanceof Refusal) return template;
  if (recipient.byUserId && template?.category === "AUTHENTICATION") {
    return refuseCloud(131062, "Authentication templates cannot be sent to a business-scoped user ID");
  }
  const sources = mediaSourcesOf(type, request[type]);
  const refused =
    checkSources(sim, number, sources) ??
    checkSender(account, number) ??
    checkLimits(sim, account, number, recipient) ??
    checkRates(sim, number, recipient);
  return refused ?? accept(sim, { account, number, request, recipient, type, template, sources, body: params });
}

function isMessageType(type: string): type is MessageType {
  return MESSAGE_TYPES.some((known) => known === type);
}

/** Checks the object that the type asks for; for a template, returns the template that is meant. */
function checkObject(
  sim: Sim,
  account: Account,
  type: MessageType,
  request: SendRequest,
): Template | Refusal | undefined {
  const content = request[type];
  if (content === undefined) return refuseCloud(131008, `Parameter '${type}' is missing for message type '${type}'`);
  if (type !== "template") return checkContent(type, content);
  const wanted = parseTemplateRequest(content);
  if (wanted instanceof Refusal) return wanted;
  const template = findTemplate(sim.state, account.id, wanted);
  if (template instanceof Refusal) return template;
  return checkTemplateParameters(template, wanted, sim.clock.now()) ?? template;
}

function checkSender(account: Account, number: BusinessNumber): Refusal | undefined {
  if (account.locked) return refuseCloud(131031, "Business Account locked");
  if (!number.registered) return refuseCloud(133010, "The account is not registered");
  if (number.nameStatus === "DECLINED") return refuseCloud(131037, "The display name of this number must be approved");
  return undefined;
}

function checkLimits(sim: Sim, account: Account, number: BusinessNumber, { person }: Recipient): Refusal | undefined {
  const now = sim.clock.now();
  const windowOpen = isWindowOpen(pairOf(sim.state, number.id, person.waId, now), now);
  const limit = senderLimit(account, number, { windowOpen, now });
  return limit && refuseCloud(limit.code, limit.details);
}

function isWindowOpen({ lastInboundAt }: Pair, now: number): boolean {
  return lastInboundAt !== undefined && now - lastInboundAt < SERVICE_WINDOW_MS;
}

function checkRates(sim: Sim, number: BusinessNumber, { person }: Recipient): Refusal | undefined {
  const now = sim.clock.now();
  if (!number.bucket.take(now)) {
    return refuseCloud(
      130429,
      "Message failed to send because there were too many messages sent from this phone number",
    );
  }
  return pairOf(sim.state, number.id, person.waId, now).bucket.take(now)
    ? undefined
    : refuseCloud(
        131056,
        "Too many messages sent from this phone number to the same phone number in a short period of time",
      );
}

function accept(sim: Sim, accepted: Accepted): object {
  const { account, number, request, recipient, template, sources } = accepted;
  const { person } = recipient;
  const message = storeMessage(sim, accepted);
  sim.phones.message(message);
  const files = collectFiles(sim, sources);
  startJourney(sim, { message, outbound: message.outbound, person, files });
  const shown = recipient.byUserId ? { user_id: userIdOf(account, person) } : { wa_id: person.waId };
  const state = template === undefined ? {} : { message_status: "accepted" };
  const pair = pairOf(sim.state, number.id, person.waId, message.at);
  pair.typingUntil = 0;
  if (!recipient.byUserId) pair.phoneSharedAt = message.at;
  return {
    messaging_product: request.messaging_product,
    contacts: [{ input: recipient.input, ...shown }],
    messages: [{ id: message.wamid, ...state }],
  };
}

function storeMessage(sim: Sim, accepted: Accepted): Message & { outbound: OutboundFacts } {
  const { number, request, recipient, type, template, body } = accepted;
  const { person } = recipient;
  const at = sim.clock.now();
  const wamid = newWamid(person.waId, "outbound");
  const entry = sim.ledger.record("message", {
    phone_number_id: number.id,
    to: request.to ?? request.recipient,
    wa_id: person.waId,
    wamid,
    type,
    body,
    status: "accepted",
  });
  const outbound: OutboundFacts = {
    category: template?.category ?? "SERVICE",
    template,
    toUserId: recipient.byUserId,
    bizOpaqueCallbackData: request.biz_opaque_callback_data,
    identityHash: request.recipient_identity_key_hash,
    windowOpen: isWindowOpen(pairOf(sim.state, number.id, person.waId, at), at),
    entry,
  };
  const message = {
    wamid,
    direction: "outbound" as const,
    phoneNumberId: number.id,
    waId: person.waId,
    at,
    type,
    body,
    status: "accepted" as const,
    outbound,
  };
  sim.state.messages.set(wamid, message);
  return message;
}
