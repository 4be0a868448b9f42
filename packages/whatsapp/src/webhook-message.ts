import { z } from "zod";
import type { IdentityFact, MessageFact, Person } from "./facts.ts";
import { readAround } from "./webhook-context.ts";
import { readContent } from "./webhook-content.ts";
import { readSystem } from "./webhook-system.ts";
import { anyObject, idText, maybe, unixTime, waId, word } from "./wire.ts";

const saidHead = z.object({ id: idText, timestamp: unixTime, type: word, group_id: z.null().optional() });
const messageHead = saidHead.extend({ from: maybe(waId), from_user_id: maybe(idText) });

const contact = z.object({
  wa_id: maybe(waId),
  user_id: maybe(idText),
  profile: z.object({ name: z.string().min(1) }),
});

/** Profile names of one webhook value, by phone number and by BSUID. */
export type ProfileNames = ReadonlyMap<string, string>;

/** Reads `contacts[]`. A contact that cannot be read only costs its name. */
export function readProfileNames(contacts: readonly unknown[]): ProfileNames {
  const names = new Map<string, string>();
  for (const item of contacts) {
    const parsed = contact.safeParse(item);
    if (!parsed.success) continue;
    const { wa_id, user_id, profile } = parsed.data;
    if (wa_id !== null) names.set(wa_id, profile.name);
    if (user_id !== null) names.set(user_id, profile.name);
  }
  return names;
}

type Origin = Pick<MessageFact, "wabaId" | "phoneNumberId">;

/**
 * Reads one element of `messages[]` (Meta, "messages" webhook); null when it cannot be read, or belongs to no one
 * person: no identifier at all, or a group.
 */
export function readMessage(
  item: unknown,
  origin: Origin,
  names: ProfileNames,
): readonly (MessageFact | IdentityFact)[] | null {
  const head = messageHead.safeParse(item);
  if (!head.success) return null;
  const { id: wamid, from, from_user_id: bsuid, timestamp, type } = head.data;
  const writer = { waId: from, bsuid };
  if (type === "system") return readSystem(anyObject.parse(item)["system"], { ...origin, wamid, timestamp, writer });
  const said = readSaid(item);
  if (said === null || (from === null && bsuid === null)) return null;
  const profileName = names.get(bsuid ?? "") ?? names.get(from ?? "") ?? null;
  return [{ ...origin, ...writer, ...said, direction: "in", source: "live", state: null, profileName }];
}

/** A message without its side: what the live, the echoed and the handed-over ones have in common. */
type Said = Omit<MessageFact, keyof Origin | keyof Person | "direction" | "source" | "state" | "profileName">;

/** Reads what was said and when, whoever said it; null when it cannot be read, or was said in a group. */
export function readSaid(item: unknown): Said | null {
  const head = saidHead.safeParse(item);
  if (!head.success) return null;
  const { id, timestamp, type } = head.data;
  const read = readContent(type, anyObject.parse(item));
  return read === null ? null : { kind: "message", wamid: id, timestamp, ...read, ...readAround(item) };
}
