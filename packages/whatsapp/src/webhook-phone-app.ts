import type { MessageState } from "@aparte/core/message.ts";
import { z } from "zod";
import type { AccountFact, ContactNameFact, Fact, MessageFact, Person } from "./facts.ts";
import { readSaid } from "./webhook-message.ts";
import { detail, idText, maybe, unixTime, waId } from "./wire.ts";

/** What a number says that is also used in the WhatsApp Business app on a phone (Meta, "Coexistence"). */

type Origin = Pick<MessageFact, "wabaId" | "phoneNumberId">;

const recipient = z
  .object({ to: maybe(waId), to_user_id: maybe(idText) })
  .transform(({ to, to_user_id }): Person => ({ waId: to, bsuid: to_user_id }))
  .refine(isSomebody);

/** Reads one element of `message_echoes[]`: the owner of the number typed it on the phone. Null when it cannot be read. */
export function readEcho(item: unknown, origin: Origin): MessageFact | null {
  const said = readSaid(item);
  const person = recipient.safeParse(item).data;
  if (said === null || person === undefined) return null;
  return { ...origin, ...person, ...said, direction: "out", source: "phone_app", state: null, profileName: null };
}

const chunk = z.object({ threads: detail(z.array(z.unknown())), errors: detail(z.array(z.object({ code: z.int() }))) });
const thread = z.object({ id: idText, messages: z.array(z.unknown()) });
const sides = z.object({
  from: maybe(waId),
  from_user_id: maybe(idText),
  to: maybe(waId),
  to_user_id: maybe(idText),
  history_context: detail(z.object({ status: z.string().transform((text) => text.toUpperCase()) })),
});

/** How far an outgoing message of the history had come, in Meta's words. */
const historyStates: ReadonlyMap<string, MessageState> = new Map([
  ["PENDING", "accepted"],
  ["SENT", "sent"],
  ["DELIVERED", "delivered"],
  ["READ", "read"],
  ["PLAYED", "played"],
  ["ERROR", "failed"],
]);

type HistoryAround = {
  readonly origin: Origin;
  /** The business number, digits only: what it wrote went out. */
  readonly ownNumber: string;
  readonly unread: (type: string, payload: unknown) => Fact;
};

/**
 * Reads one element of `history[]`: a chunk of threads, or the news that the owner of the number keeps the history to
 * himself. Null when it cannot be read; a thread or message that cannot be read costs only itself (`unread`).
 */
export function readHistoryChunk(item: unknown, around: HistoryAround): Fact[] | null {
  const parsed = chunk.safeParse(item);
  if (!parsed.success) return null;
  const { threads, errors } = parsed.data;
  if (threads === null) return errors === null ? null : [historyNews(item, errors[0]?.code ?? null, around)];
  // The last chunk may hold nothing but the progress.
  if (threads.length === 0) return [historyNews(item, null, around)];
  return threads.flatMap((one) => {
    const read = thread.safeParse(one);
    if (!read.success) return [around.unread("thread", one)];
    const { id, messages } = read.data;
    return messages.map((message) => readHistoryMessage(message, around, id) ?? around.unread("message", message));
  });
}

function historyNews(payload: unknown, code: number | null, { origin: { wabaId } }: HistoryAround): AccountFact {
  const event = code === null ? null : String(code);
  return { kind: "account", wabaId, phoneNumberId: null, timestamp: null, field: "history", event, payload };
}

/** Reads one message of the history. Its person is the one that the thread is named after, or else the other side. */
export function readHistoryMessage(
  item: unknown,
  { origin, ownNumber }: Pick<HistoryAround, "origin" | "ownNumber">,
  threadId: string | null,
): MessageFact | null {
  const said = readSaid(item);
  const parsed = sides.safeParse(item);
  if (said === null || !parsed.success) return null;
  const { from, from_user_id, to, to_user_id, history_context } = parsed.data;
  const direction = from === ownNumber ? "out" : "in";
  const named = threadId === null ? { waId: null, bsuid: null } : personNamed(threadId);
  const other = direction === "in" ? { waId: from, bsuid: from_user_id } : { waId: to, bsuid: to_user_id };
  const person = { waId: named.waId ?? other.waId, bsuid: named.bsuid ?? other.bsuid };
  if (!isSomebody(person)) return null;
  const state = direction === "in" ? null : (historyStates.get(history_context?.status ?? "") ?? null);
  return { ...origin, ...person, ...said, direction, source: "history", state, profileName: null };
}

/** A thread is named by the phone number of the person, or by the BSUID of one who hides it. */
function personNamed(threadId: string): Person {
  const phone = waId.safeParse(threadId);
  return phone.success ? { waId: phone.data, bsuid: null } : { waId: null, bsuid: threadId };
}

const contactNews = z
  .object({
    type: z.literal("contact"),
    action: z.enum(["add", "remove"]),
    contact: z.object({
      full_name: detail(z.string().min(1)),
      first_name: detail(z.string().min(1)),
      phone_number: maybe(waId),
      user_id: maybe(idText).catch(null),
    }),
    metadata: z.object({ timestamp: unixTime }),
  })
  .refine(({ action, contact }) => action === "remove" || contact.full_name !== null || contact.first_name !== null);

/** Reads one element of `state_sync[]`; null when it cannot be read. */
export function readContactName(item: unknown, origin: Origin): ContactNameFact | null {
  const parsed = contactNews.safeParse(item);
  if (!parsed.success) return null;
  const { action, contact, metadata } = parsed.data;
  const person = { waId: contact.phone_number, bsuid: contact.user_id };
  if (!isSomebody(person)) return null;
  const name = contact.full_name ?? contact.first_name;
  return { kind: "contact_name", ...origin, ...person, action, name, timestamp: metadata.timestamp };
}

function isSomebody({ waId: phone, bsuid }: Person): boolean {
  return phone !== null || bsuid !== null;
}
