import type { MessageContent } from "@aparte/core/message-content.ts";
import { z } from "zod";
import type { MessageFact } from "./facts.ts";
import { detail, idText, maybe, unixTime, waId, word } from "./wire.ts";

const messageHead = z.object({
  id: idText,
  from: maybe(waId),
  from_user_id: maybe(idText),
  timestamp: unixTime,
  type: word,
  group_id: z.null().optional(),
  context: detail(z.object({ id: idText })),
});

const textPart = z.object({ text: z.object({ body: z.string() }) });
const buttonPart = z.object({ button: z.object({ text: z.string(), payload: detail(z.string()) }) });
const reply = z.object({ id: z.string(), title: z.string() });
const interactivePart = z.object({
  interactive: z.discriminatedUnion("type", [
    z.object({ type: z.literal("button_reply"), button_reply: reply }),
    z.object({ type: z.literal("list_reply"), list_reply: reply }),
  ]),
});
const captioned = z.object({ caption: detail(z.string()) });
const captionParts = z.object({ image: detail(captioned), video: detail(captioned), document: detail(captioned) });

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
export function readMessage(item: unknown, origin: Origin, names: ProfileNames): MessageFact | null {
  const head = messageHead.safeParse(item);
  if (!head.success) return null;
  const { id, from, from_user_id: bsuid, timestamp, type, context } = head.data;
  const content = readContent(type, item);
  if (content === null || (from === null && bsuid === null)) return null;
  return {
    kind: "message",
    ...origin,
    wamid: id,
    from,
    bsuid,
    profileName: names.get(bsuid ?? "") ?? names.get(from ?? "") ?? null,
    timestamp,
    content,
    replyToWamid: context?.id ?? null,
  };
}

/** A type that is not known here is still a message of somebody; a known type without its own part is broken. */
function readContent(type: string, item: unknown): MessageContent | null {
  if (type === "text") {
    const text = textPart.safeParse(item);
    return text.success ? { kind: "text", text: text.data.text.body } : null;
  }
  if (type === "button") {
    const tap = buttonPart.safeParse(item);
    if (!tap.success) return null;
    const { text, payload } = tap.data.button;
    return { kind: "button_reply", text, payload: payload ?? text, description: null };
  }
  if (type === "interactive") return readInteractive(item);
  const parts = captionParts.safeParse(item).data;
  const caption = parts?.image?.caption ?? parts?.video?.caption ?? parts?.document?.caption ?? null;
  return { kind: "other", type, caption };
}

function readInteractive(item: unknown): MessageContent {
  const parsed = interactivePart.safeParse(item);
  if (!parsed.success) return { kind: "other", type: "interactive", caption: null };
  const { interactive } = parsed.data;
  const choice = interactive.type === "button_reply" ? interactive.button_reply : interactive.list_reply;
  return { kind: "button_reply", text: choice.title, payload: choice.id, description: null };
}
