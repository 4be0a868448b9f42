import type { Group } from "./model.ts";
import { randomInt } from "node:crypto";
import type { BusinessNumber, State } from "../state.ts";

/** People in a group beside the business (Meta: Groups API). */
export const MOST_PARTICIPANTS = 8;

/** Whether a number can lead groups: official business accounts alone can. */
export function canLeadGroups({ official }: BusinessNumber): boolean {
  return official?.status === "APPROVED";
}

/** A group as it begins: nobody but the business in it. */
export function newGroup(
  number: BusinessNumber,
  { subject, description, joinApprovalMode }: Pick<Group, "subject" | "description" | "joinApprovalMode">,
  now: number,
): Group {
  const digits = `120363${randomInt(10 ** 11, 10 ** 12)}`;
  return {
    id: Buffer.from(`capi_group:${number.digits}:${digits}`).toString("base64url"),
    phoneNumberId: number.id,
    subject,
    description,
    joinApprovalMode,
    createdAt: now,
    inviteLink: newInviteLink(),
    participants: [],
    joinRequests: [],
    suspended: false,
  };
}

/** A link by which people join; a new one ends the one before. */
export function newInviteLink(): string {
  const letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789";
  const code = Array.from({ length: 22 }, () => letters[randomInt(letters.length)]).join("");
  return `https://chat.whatsapp.com/${code}`;
}

/** The groups of a number, oldest first. */
export function groupsOf(state: State, number: BusinessNumber): Group[] {
  return [...state.groups.values()].filter(({ phoneNumberId }) => phoneNumberId === number.id);
}
