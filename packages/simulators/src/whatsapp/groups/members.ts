import { z } from "zod";
import { parseParam } from "../graph/params.ts";
import { Refusal, refuseCloud } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import { newObjectId } from "../identifiers.ts";
import { canonicalWaId } from "../people/canonical-wa-id.ts";
import type { Sim } from "../sim.ts";
import { tellOfGroup } from "./group-news.ts";
import { MOST_PARTICIPANTS } from "./group.ts";
import type { Group, JoinRequest } from "./model.ts";

const participantsSchema = z.looseObject({
  messaging_product: z.literal("whatsapp"),
  participants: z
    .array(z.strictObject({ user: z.string().regex(/^\+?[\d\s().-]{7,20}$/u, "must be a phone number") }))
    .min(1)
    .max(MOST_PARTICIPANTS),
});
const requestsSchema = z.looseObject({
  messaging_product: z.literal("whatsapp"),
  join_requests: z.array(z.string()),
});

/** `POST /{GROUP}/participants`: brings people in. 131202 for one who is in already, 131204 beyond the limit of eight. */
export async function addParticipants(sim: Sim, call: Call, group: Group): Promise<Refusal | object> {
  const people = readPeople(call);
  if (people instanceof Refusal) return people;
  if (people.some(({ waId }) => group.participants.includes(waId))) {
    return refuseCloud(131202, "A participant is already in the group");
  }
  if (group.participants.length + people.length > MOST_PARTICIPANTS) {
    return refuseCloud(131204, `A group has at most ${MOST_PARTICIPANTS} participants`);
  }
  const request_id = newObjectId();
  for (const { waId } of people) group.participants.push(waId);
  const added_participants = people.map(({ input, waId }) => ({ input, wa_id: waId }));
  await tellOfGroup(sim, group, "group_participants_update", {
    type: "group_add_participants",
    request_id,
    added_participants,
  });
  return { messaging_product: "whatsapp", request_id };
}

/** `DELETE /{GROUP}/participants`: removes people; 131212 for one who is not in it. */
export async function removeParticipants(sim: Sim, call: Call, group: Group): Promise<Refusal | object> {
  const people = readPeople(call);
  if (people instanceof Refusal) return people;
  if (people.some(({ waId }) => !group.participants.includes(waId))) {
    return refuseCloud(131212, "A participant is not in the group");
  }
  const request_id = newObjectId();
  const gone = new Set(people.map(({ waId }) => waId));
  group.participants = group.participants.filter((waId) => !gone.has(waId));
  const removed_participants = people.map(({ input, waId }) => ({ input, wa_id: waId }));
  await tellOfGroup(sim, group, "group_participants_update", {
    type: "group_remove_participants",
    request_id,
    initiated_by: "business",
    removed_participants,
  });
  return { messaging_product: "whatsapp", request_id };
}

/** `GET /{GROUP}/join_requests`: who waits to be let in. */
export function listJoinRequests(_sim: Sim, _call: Call, group: Group): object {
  return {
    data: group.joinRequests.map(({ id, waId, at }) => ({
      join_request_id: id,
      wa_id: waId,
      creation_timestamp: Math.floor(at / 1000),
    })),
  };
}

/** `POST /{GROUP}/join_requests`: lets people in, request by request. */
export function approveJoinRequests(sim: Sim, call: Call, group: Group): Promise<Refusal | object> {
  return decide(call, group, "approved_join_requests", ({ waId }) => enter(sim, group, waId));
}

/** `DELETE /{GROUP}/join_requests`: turns people away, request by request. */
export function rejectJoinRequests(_sim: Sim, call: Call, group: Group): Promise<Refusal | object> {
  return decide(call, group, "rejected_join_requests", () => Promise.resolve());
}

/** A person follows the invite link: they are in, or wait to be let in, as the group has it; false when it is full. */
export async function join(sim: Sim, group: Group, waId: string): Promise<boolean> {
  if (group.participants.includes(waId)) return true;
  if (group.joinApprovalMode === "auto_approve") {
    if (group.participants.length >= MOST_PARTICIPANTS) return false;
    await enter(sim, group, waId);
    return true;
  }
  const id = Buffer.from(`${waId}:${group.id}`).toString("base64url");
  if (group.joinRequests.some((request) => request.id === id)) return true;
  group.joinRequests.push({ id, waId, at: sim.clock.now() });
  await tellOfGroup(sim, group, "group_participants_update", {
    type: "group_join_request_created",
    join_request_id: id,
    wa_id: waId,
  });
  return true;
}

async function enter(sim: Sim, group: Group, waId: string): Promise<void> {
  group.participants.push(waId);
  await tellOfGroup(sim, group, "group_participants_update", {
    type: "group_add_participants",
    reason: "invite_link",
    added_participants: [{ wa_id: waId }],
  });
}

async function decide(
  call: Call,
  group: Group,
  word: "approved_join_requests" | "rejected_join_requests",
  act: (request: JoinRequest) => Promise<void>,
): Promise<Refusal | object> {
  const request = parseParam(requestsSchema, call.params, "");
  if (request instanceof Refusal) return request;
  const done: string[] = [];
  const failed: object[] = [];
  for (const id of request.join_requests) {
    const found = group.joinRequests.find((waiting) => waiting.id === id);
    if (found === undefined) {
      failed.push({ join_request_id: id, errors: [refuseCloud(131213, "There is no such join request").error] });
      continue;
    }
    group.joinRequests = group.joinRequests.filter((waiting) => waiting !== found);
    await act(found);
    done.push(id);
  }
  const failures = failed.length === 0 ? {} : { failed_join_requests: failed };
  return { messaging_product: "whatsapp", [word]: done, ...failures };
}

function readPeople(call: Call): { input: string; waId: string }[] | Refusal {
  const request = parseParam(participantsSchema, call.params, "");
  if (request instanceof Refusal) return request;
  return request.participants.map(({ user }) => ({ input: user, waId: canonicalWaId(user.replaceAll(/\D/gu, "")) }));
}
