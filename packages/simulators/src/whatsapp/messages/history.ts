import { cursorOf, pageOf } from "../graph/listing.ts";
import { Refusal, refuseParameter } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import type { Sim } from "../sim.ts";
import type { BusinessNumber, State } from "../state.ts";
import type { Delivery } from "../webhooks/delivery.ts";
import type { Message, SentMessage, StatusStep } from "./message.ts";

const MOST_PER_PAGE = 100;
const STATUSES = ["SENT", "DELIVERED", "READ", "FAILED", "DELETED"];
const UPDATE_STATES: Record<Delivery["state"], string> = {
  waiting: "PENDING",
  held: "PENDING",
  delivered: "DELIVERED",
  dropped: "FAILED",
};

/** `GET /{PNID}/message_history`: what was sent from a number, newest first, with what became of it. */
export function listHistory(sim: Sim, call: Call, number: BusinessNumber): Refusal | object {
  const { message_id } = call.params;
  const sent = [...sim.state.messages.values()]
    .filter(isSent)
    .filter(({ phoneNumberId }) => phoneNumberId === number.id);
  const wanted = message_id === undefined ? sent.toReversed() : sent.filter(({ wamid }) => wamid === message_id);
  if (message_id !== undefined && wanted.length === 0) {
    return refuseParameter("The requested message_id was not found in the message history");
  }
  const nodes = wanted.map((message) => ({
    id: message.outbound.historyId,
    message_id: message.wamid,
    events: { data: stepsOf(message).flatMap((step) => eventsOf(sim, message, step)) },
  }));
  return checkLimit(call) ?? pageOf(call, nodes, ["message_id"]);
}

/** `GET /{Message-History-ID}/events`: the statuses of one message. */
export function listEvents(sim: Sim, call: Call, message: SentMessage): Refusal | object {
  const filter = call.params.status_filter;
  if (filter !== undefined && !STATUSES.some((status) => status === filter)) {
    return refuseParameter(`Param status_filter must be one of {${STATUSES.join(", ")}}.`);
  }
  const number = sim.state.numbers.get(message.phoneNumberId);
  const app = sim.state.apps.get(sim.state.accounts.get(number?.accountId ?? "")?.appId ?? "");
  const nodes = stepsOf(message)
    .filter(({ status }) => filter === undefined || status.toUpperCase() === filter)
    .map((step) => ({
      id: step.id,
      delivery_status: step.status.toUpperCase(),
      occurrence_timestamp: Math.floor(step.at / 1000),
      status_timestamp: Math.floor(step.at / 1000),
      ...(app === undefined ? {} : { application: { id: app.id, name: app.name } }),
      ...(step.status === "failed" ? { error_description: message.failure?.details } : {}),
    }));
  const { fields: _fields, ...params } = call.params;
  const page = checkLimit(call) ?? pageOf({ ...call, params }, nodes, Object.keys(nodes[0] ?? {}));
  return page instanceof Refusal ? page : asEdges(page);
}

/** The message that a history id stands for. */
export function messageOfHistory(state: State, id: string): SentMessage | undefined {
  for (const message of state.messages.values())
    if (isSent(message) && message.outbound.historyId === id) return message;
  return undefined;
}

/** The statuses that the history knows: it has no word for a voice message that was played. */
function stepsOf({ outbound }: SentMessage): StatusStep[] {
  return outbound.steps.filter(({ status }) => status !== "played");
}

function isSent(message: Message): message is SentMessage {
  return message.outbound !== undefined;
}

function checkLimit({ params }: Call): Refusal | undefined {
  return Number(params.limit ?? 0) > MOST_PER_PAGE
    ? refuseParameter(`Param limit must be a number from 1 to ${MOST_PER_PAGE}.`)
    : undefined;
}

/** One event for each webhook that told of a status; one without a webhook when nobody was subscribed. */
function eventsOf(sim: Sim, message: SentMessage, { id, status, at }: StatusStep): object[] {
  const event = { id, delivery_status: status.toUpperCase(), timestamp: Math.floor(at / 1000) };
  const told = sim.webhooks
    .deliveries()
    .filter(({ body }) => body.includes(message.wamid) && body.includes(`"status":"${status}"`));
  const failed = status === "failed" ? { error_description: message.failure?.details } : {};
  if (told.length === 0) return [{ ...event, ...failed }];
  return told.map(({ app_id, callback_url, state, attempts }) => ({
    ...event,
    ...failed,
    webhook_update_state: state === "waiting" && attempts.length > 0 ? "RETRYING" : UPDATE_STATES[state],
    application: { id: app_id },
    webhook_uri: callback_url,
  }));
}

/** A page of nodes as edges, each with the cursor that leads past it. */
function asEdges(page: object): object {
  const data: unknown = "data" in page ? page.data : [];
  const edges = (Array.isArray(data) ? data : []).map((node: { id: string }) => ({
    cursor: cursorOf(node),
    node,
  }));
  return { ...page, data: edges };
}
