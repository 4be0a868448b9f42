import { z } from "zod";
import { pageOf, selectFields } from "../graph/listing.ts";
import { parseParam } from "../graph/params.ts";
import { Refusal, refuseCloud } from "../graph/refusal.ts";
import type { Call, Route } from "../graph/route.ts";
import { newObjectId } from "../identifiers.ts";
import type { Sim } from "../sim.ts";
import type { BusinessNumber } from "../state.ts";
import { tellOfGroup } from "./group-news.ts";
import { canLeadGroups, groupsOf, newGroup, newInviteLink } from "./group.ts";
import type { Group } from "./model.ts";
import {
  addParticipants,
  approveJoinRequests,
  listJoinRequests,
  rejectJoinRequests,
  removeParticipants,
} from "./members.ts";

/** How long Meta takes to make a group. */
const CREATION_MS = 1000;
const DEFAULTS = ["messaging_product"];
const messaging = "whatsapp_business_messaging";

const product = { messaging_product: z.literal("whatsapp") };
const productSchema = z.looseObject(product);
const createSchema = z.looseObject({
  ...product,
  subject: z.string().trim().min(1).max(128),
  description: z.string().max(2048).optional(),
  join_approval_mode: z.enum(["auto_approve", "approval_required"]).default("auto_approve"),
});
const changeSchema = z.looseObject({
  ...product,
  subject: z.string().trim().min(1).max(128).optional(),
  description: z.string().max(2048).optional(),
});

/** What can be asked of a number about its groups. */
export const numberGroupRoutes: readonly Route<BusinessNumber>[] = [
  { method: "POST", edge: "groups", needs: messaging, handle: createGroup },
  { method: "GET", edge: "groups", needs: messaging, handle: listGroups },
];

/** What can be asked of a group. */
export const groupRoutes: readonly Route<Group>[] = [
  {
    method: "GET",
    edge: "",
    needs: messaging,
    handle: (_sim, call, group) => selectFields(call, node(group), DEFAULTS),
  },
  { method: "POST", edge: "", needs: messaging, handle: changeGroup },
  { method: "DELETE", edge: "", needs: messaging, handle: deleteGroup },
  { method: "GET", edge: "invite_link", needs: messaging, handle: (_sim, _call, group) => inviteOf(group) },
  { method: "POST", edge: "invite_link", needs: messaging, handle: renewInvite },
  { method: "DELETE", edge: "invite_link", needs: messaging, handle: endInvite },
  { method: "GET", edge: "join_requests", needs: messaging, handle: listJoinRequests },
  { method: "POST", edge: "join_requests", needs: messaging, handle: approveJoinRequests },
  { method: "DELETE", edge: "join_requests", needs: messaging, handle: rejectJoinRequests },
  { method: "POST", edge: "participants", needs: messaging, handle: addParticipants },
  { method: "DELETE", edge: "participants", needs: messaging, handle: removeParticipants },
];

function createGroup(sim: Sim, call: Call, number: BusinessNumber): Refusal | object {
  const request = parseParam(createSchema, call.params, "");
  if (request instanceof Refusal) return request;
  if (!canLeadGroups(number)) return refuseCloud(131215, "Only official business accounts can create groups");
  const request_id = newObjectId();
  sim.clock.after(CREATION_MS, async () => {
    const { subject, description, join_approval_mode: joinApprovalMode } = request;
    const group = newGroup(number, { subject, description, joinApprovalMode }, sim.clock.now());
    sim.state.groups.set(group.id, group);
    await tellOfGroup(sim, group, "group_lifecycle_update", {
      type: "group_create",
      request_id,
      subject,
      ...(description === undefined ? {} : { description }),
      invite_link: group.inviteLink,
      join_approval_mode: joinApprovalMode,
    });
  });
  sim.ledger.record("group_requested", { phone_number_id: number.id, request_id, subject: request.subject });
  return { messaging_product: "whatsapp", request_id };
}

/** `GET /{PNID}/groups`: in pages, the list itself one step deeper than in Graph's other lists. */
function listGroups(sim: Sim, call: Call, number: BusinessNumber): Refusal | object {
  const nodes = groupsOf(sim.state, number).map(({ id, subject, createdAt }) => ({
    id,
    subject,
    created_at: String(Math.floor(createdAt / 1000)),
  }));
  const page = pageOf(call, nodes, ["subject", "created_at"]);
  if (page instanceof Refusal || !("data" in page)) return page;
  return { ...page, data: { groups: page.data } };
}

function node(group: Group): Record<string, unknown> {
  return {
    id: group.id,
    messaging_product: "whatsapp",
    subject: group.subject,
    description: group.description,
    creation_timestamp: Math.floor(group.createdAt / 1000),
    suspended: group.suspended,
    total_participant_count: group.participants.length + 1,
    participants: group.participants.map((waId) => ({ wa_id: waId })),
    join_approval_mode: group.joinApprovalMode,
  };
}

async function changeGroup(sim: Sim, call: Call, group: Group): Promise<Refusal | object> {
  const request = parseParam(changeSchema, call.params, "");
  if (request instanceof Refusal) return request;
  const { subject, description } = request;
  group.subject = subject ?? group.subject;
  group.description = description ?? group.description;
  const request_id = newObjectId();
  const updated = (text: string | undefined) => (text === undefined ? undefined : { text, update_successful: true });
  await tellOfGroup(sim, group, "group_settings_update", {
    type: "group_settings_update",
    request_id,
    group_subject: updated(subject),
    group_description: updated(description),
  });
  return { messaging_product: "whatsapp", request_id };
}

async function deleteGroup(sim: Sim, _call: Call, group: Group): Promise<object> {
  sim.state.groups.delete(group.id);
  await tellOfGroup(sim, group, "group_lifecycle_update", { type: "group_delete" });
  return { success: true };
}

function inviteOf(group: Group): object {
  return { messaging_product: "whatsapp", invite_link: group.inviteLink };
}

function renewInvite(_sim: Sim, call: Call, group: Group): Refusal | object {
  const request = parseParam(productSchema, call.params, "");
  if (request instanceof Refusal) return request;
  group.inviteLink = newInviteLink();
  return inviteOf(group);
}

/** Ends the link; `success` is a text here, unlike everywhere else (Meta's OpenAPI file). */
function endInvite(sim: Sim, call: Call, group: Group): Refusal | object {
  const renewed = renewInvite(sim, call, group);
  return renewed instanceof Refusal ? renewed : { messaging_product: "whatsapp", success: "true" };
}
