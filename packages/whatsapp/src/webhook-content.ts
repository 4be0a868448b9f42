import { mediaKinds, type MessageContent } from "@aparte/core/message-content.ts";
import { z } from "zod";
import type { ReceivedFile } from "./facts.ts";
import { readContactCards } from "./webhook-contacts.ts";
import { readMedia } from "./webhook-media.ts";
import { readButtonTap, readInteractive } from "./webhook-replies.ts";
import { anyObject, detail, idText, word } from "./wire.ts";

/** What a message says, the files that it needs for that, and the message that it is about. */
export type ReadContent = {
  readonly content: MessageContent;
  readonly files: readonly ReceivedFile[];
  readonly aboutWamid: string | null;
};

/** A message of the wire: `type`, and an object of that name. */
type WireMessage = Readonly<Record<string, unknown>>;
type Reader = (part: unknown) => ReadContent | null;

/** One reader per `type` of Meta's messages (Meta, "messages" webhook). Null: the part that the type needs is broken. */
const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["text", alone(readText)],
  ...mediaKinds.map((kind): [string, Reader] => [kind, (part) => withFile(readMedia(kind, part))]),
  ["location", alone(readLocation)],
  ["contacts", alone(readContacts)],
  ["button", alone(readButtonTap)],
  ["interactive", alone(readInteractive)],
  ["order", alone(readOrder)],
  ["reaction", readReaction],
  ["edit", readEdit],
  ["revoke", readRevoke],
  ["unsupported", alone(readUnsupported)],
]);

/** Kinds that change another message: one of them cannot be the new content of a message. */
const aboutOthers: ReadonlySet<string> = new Set(["reaction", "edit", "revoke", "system"]);

/** A type that is not known here is still a message of somebody; a known type without its own part is broken (null). */
export function readContent(type: string, message: WireMessage): ReadContent | null {
  const read = readers.get(type);
  return read ? read(message[type]) : bare({ kind: "other", type, caption: null });
}

function bare(content: MessageContent): ReadContent {
  return { content, files: [], aboutWamid: null };
}

function withFile(read: Omit<ReadContent, "aboutWamid"> | null): ReadContent | null {
  return read && { ...read, aboutWamid: null };
}

function alone(read: (part: unknown) => MessageContent | null): Reader {
  return (part) => {
    const content = read(part);
    return content === null ? null : bare(content);
  };
}

const textPart = z.object({ body: z.string() });

function readText(part: unknown): MessageContent | null {
  const text = textPart.safeParse(part);
  return text.success ? { kind: "text", text: text.data.body } : null;
}

const coordinate = (limit: number) =>
  z.union([z.number(), z.string().regex(/^-?\d/).transform(Number)]).pipe(z.number().min(-limit).max(limit));
const locationPart = z.object({
  latitude: coordinate(90),
  longitude: coordinate(180),
  name: detail(z.string().min(1)),
  address: detail(z.string().min(1)),
});

function readLocation(part: unknown): MessageContent | null {
  const location = locationPart.safeParse(part);
  return location.success ? { kind: "location", ...location.data } : null;
}

function readContacts(part: unknown): MessageContent | null {
  const cards = readContactCards(part);
  return cards === null ? null : { kind: "contacts", cards };
}

const amount = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d+(\.\d+)?$/)
      .transform(Number),
  ])
  .pipe(z.number().nonnegative());
const orderPart = z.object({
  text: detail(z.string().min(1)),
  catalog_id: idText,
  product_items: z.array(
    z.object({ product_retailer_id: idText, quantity: amount, item_price: amount, currency: word }),
  ),
});

function readOrder(part: unknown): MessageContent | null {
  const order = orderPart.safeParse(part);
  if (!order.success) return null;
  const { text, catalog_id, product_items } = order.data;
  const items = product_items.map(({ product_retailer_id, quantity, item_price, currency }) => ({
    productId: product_retailer_id,
    quantity,
    price: item_price,
    currency,
  }));
  return { kind: "order", text, catalogId: catalog_id, items };
}

const unsupportedPart = z.object({ type: word });

/** A kind that the API cannot carry: Meta names it, or says only that there was one. */
function readUnsupported(part: unknown): MessageContent {
  return { kind: "other", type: unsupportedPart.safeParse(part).data?.type ?? "unsupported", caption: null };
}

const reactionPart = z.object({ message_id: idText, emoji: detail(z.string().min(1).max(64)) });

/** Without an emoji (absent, or empty in older bodies) the person took the reaction back. */
function readReaction(part: unknown): ReadContent | null {
  const reaction = reactionPart.safeParse(part);
  if (!reaction.success) return null;
  const { message_id, emoji } = reaction.data;
  return { content: { kind: "reaction", emoji }, files: [], aboutWamid: message_id };
}

const editPart = z.object({ original_message_id: idText, message: anyObject });
const typed = z.object({ type: word.refine((type) => !aboutOthers.has(type)) });

function readEdit(part: unknown): ReadContent | null {
  const edit = editPart.safeParse(part);
  const type = typed.safeParse(edit.data?.message).data?.type;
  if (!edit.success || type === undefined) return null;
  const inside = readContent(type, edit.data.message);
  if (inside === null) return null;
  return {
    content: { kind: "edit", content: inside.content },
    files: inside.files,
    aboutWamid: edit.data.original_message_id,
  };
}

const revokePart = z.object({ original_message_id: idText });

function readRevoke(part: unknown): ReadContent | null {
  const revoke = revokePart.safeParse(part);
  return revoke.success
    ? { content: { kind: "deleted" }, files: [], aboutWamid: revoke.data.original_message_id }
    : null;
}
