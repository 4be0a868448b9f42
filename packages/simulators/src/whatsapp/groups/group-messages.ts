import { refuseCloud } from "../graph/refusal.ts";
import type { Refusal } from "../graph/refusal.ts";
import { newObjectId } from "../identifiers.ts";
import { keepMessage } from "../messages/accept.ts";
import { collectFiles } from "../messages/media-sources.ts";
import type { MessageParts } from "../messages/message-parts.ts";
import type { MessageStatus, SentMessage } from "../messages/message.ts";
import { errorsOf } from "../messages/payload.ts";
import type { Failure } from "../error-catalogue.ts";
import type { SendRequest } from "../messages/request.ts";
import { behaviourOf } from "../messages/status-path.ts";
import { personOf, userIdOf } from "../people/directory.ts";
import { trafficBase } from "../people/person-values.ts";
import type { Sim } from "../sim.ts";
import type { Account, BusinessNumber, State } from "../state.ts";
import { announce } from "../webhooks/announce.ts";
import { canLeadGroups } from "./group.ts";
import type { Group } from "./model.ts";

const WINDOW_MS = 24 * 3_600_000;

/** The group that a send names: 131215 for a number that has none, 131041, 131207, and 131020 for one without people. */
export function findGroup(state: State, number: BusinessNumber, to: string): Group | Refusal {
  if (!canLeadGroups(number)) return refuseCloud(131215, "This phone number cannot send to groups");
  const group = state.groups.get(to);
  if (group === undefined || group.phoneNumberId !== number.id) return refuseCloud(131041, "The group does not exist");
  if (group.suspended) return refuseCloud(131207, "The group is suspended");
  return group.participants.length === 0 ? refuseCloud(131020, "The group has no other participant") : group;
}

/** A message to a group that nothing hinders. */
type GroupSend = {
  account: Account;
  number: BusinessNumber;
  group: Group;
  request: SendRequest;
  parts: MessageParts;
  body: Record<string, unknown>;
};

/** Keeps a message to a group and lets it reach its people, each in their own time. */
export function acceptForGroup(sim: Sim, send: GroupSend): SentMessage {
  const { account, number, group, request, parts, body } = send;
  const now = sim.clock.now();
  const message = keepMessage(sim, {
    number,
    request,
    parts,
    body,
    waId: group.id,
    byUserId: false,
    windowOpen: isWindowOpen(sim.state, group, now),
    viaMarketingApi: false,
  });
  const files = collectFiles(sim, parts.sources);
  sim.clock.after(sim.behaviour.sent_ms, async () => {
    const outcome = await files;
    const failure = failureOf(message) ?? ("code" in outcome ? outcome : undefined);
    if (!("code" in outcome)) message.files = outcome;
    await tell(
      sim,
      { account, number, group, message },
      failure === undefined ? { status: "sent" } : { status: "failed", failure },
    );
    if (failure !== undefined) return;
    for (const waId of group.participants) deliverTo(sim, { account, number, group, message }, waId);
  });
  return message;
}

type Sent = { account: Account; number: BusinessNumber; group: Group; message: SentMessage };
type Step = { status: Exclude<MessageStatus, "accepted">; waId?: string; failure?: Failure };

function deliverTo(sim: Sim, sent: Sent, waId: string): void {
  const { delivered_ms, read_ms, reads } = behaviourOf(sim, personOf(sim.state, waId));
  sim.clock.after(delivered_ms, async () => {
    await tell(sim, sent, { status: "delivered", waId });
    if (reads) sim.clock.after(read_ms, () => tell(sim, sent, { status: "read", waId }));
  });
}

/** Tells one status; of a person in the group where it is theirs, else of the group. */
async function tell(
  sim: Sim,
  { account, number, group, message }: Sent,
  { status, waId, failure }: Step,
): Promise<void> {
  if (!sim.state.messages.has(message.wamid)) return;
  const isFirst = message.outbound.steps.every((step) => step.status !== status);
  message.outbound.steps.push({ id: newObjectId(), status, at: sim.clock.now() });
  if (message.status !== "read") {
    message.status = status;
    message.outbound.entry.status = status;
  }
  if (failure !== undefined) {
    message.failure = failure;
    message.outbound.entry.failure = failure;
  }
  const category = `group_${message.outbound.category.toLowerCase()}`;
  const isFree = message.outbound.category === "SERVICE";
  const type = isFree ? "free_group_customer_service" : "regular";
  const callbackData = message.outbound.bizOpaqueCallbackData;
  await announce(sim, account.id, "messages", {
    ...trafficBase({ number }),
    statuses: [
      {
        id: message.wamid,
        status,
        timestamp: String(sim.clock.seconds()),
        recipient_id: group.id,
        recipient_type: "group",
        ...(waId === undefined
          ? {}
          : {
              recipient_participant_id: waId,
              recipient_participant_user_id: userIdOf(account, personOf(sim.state, waId)),
            }),
        ...(callbackData === undefined ? {} : { biz_opaque_callback_data: callbackData }),
        ...(status === "delivered" && isFirst
          ? { pricing: { billable: !isFree, pricing_model: "PMP", type, category } }
          : {}),
        ...(failure === undefined ? {} : { errors: errorsOf(failure) }),
      },
    ],
  });
}

/** Whether somebody wrote to the group in the last 24 hours. */
function isWindowOpen(state: State, group: Group, now: number): boolean {
  for (const { direction, body, at } of state.messages.values()) {
    if (direction === "inbound" && body.group_id === group.id && now - at < WINDOW_MS) return true;
  }
  return false;
}

function failureOf({ outbound }: SentMessage): Failure | undefined {
  return outbound.category === "SERVICE" && !outbound.windowOpen
    ? {
        code: 131047,
        details:
          "Message failed to send because more than 24 hours have passed since somebody last wrote to this group.",
      }
    : undefined;
}
