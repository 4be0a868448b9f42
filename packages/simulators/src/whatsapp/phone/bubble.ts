import type { Message } from "../messages/message.ts";
import { personOf } from "../people/directory.ts";
import type { Sim } from "../sim.ts";
import type { Content, ShowMedia } from "./content.ts";
import { interactiveContent } from "./interactive-content.ts";
import { messageContent } from "./message-content.ts";
import { field, words } from "./read.ts";
import { templateContent } from "./template-content.ts";

/** A message as the customer's phone shows it. */
export type Bubble = Content & {
  id: string;
  fromMe: boolean;
  at: string;
  status: Message["status"];
  /** The kind of message, by Meta's name for it. */
  type: string;
  /** The message answered to. */
  quotes?: string;
  forwarded: boolean;
  /** The emoji that the person and the business put on it. */
  reactions: string[];
  edited: boolean;
  /** Taken back: nothing of it is shown. */
  deleted: boolean;
};

/** Messages that change another one instead of standing for themselves, and how each names it. */
const TARGETS: Record<string, string> = {
  reaction: "message_id",
  edit: "original_message_id",
  revoke: "original_message_id",
};

/** The message that a reaction, an edit or a deletion is about; undefined for every other kind. */
export function targetOf(message: Message): string | undefined {
  const key = TARGETS[message.type];
  return key === undefined ? undefined : words(message.body, message.type, key);
}

/**
 * How a message looks on the phone, with the `changes` to it (reactions, edits, deletions, in their order); undefined
 * for one that has not got there or never will, and for a change itself.
 */
export function bubbleOf(sim: Sim, message: Message, changes: readonly Message[]): Bubble | undefined {
  const fromMe = message.direction === "inbound";
  const isHere = fromMe || ["delivered", "read", "played"].includes(message.status);
  if (!isHere || targetOf(message) !== undefined) return undefined;
  const edit = changes.findLast(({ type }) => type === "edit");
  const deleted = changes.some(({ type }) => type === "revoke");
  // What a template answers to is not shown.
  const isTemplate = message.outbound?.template !== undefined;
  const quotes = isTemplate ? "" : words(message.body, "context", fromMe ? "id" : "message_id");
  const context = field(message.body, "context");
  return {
    id: message.wamid,
    fromMe,
    at: new Date(message.at).toISOString(),
    status: message.status,
    type: message.type,
    ...(deleted ? { body: "", buttons: [] } : contentOf(sim, message, edit)),
    ...(quotes === "" ? {} : { quotes }),
    forwarded: field(context, "forwarded") === true || field(context, "frequently_forwarded") === true,
    reactions: reactionsOf(changes),
    edited: edit !== undefined,
    deleted,
  };
}

function contentOf(sim: Sim, message: Message, edit: Message | undefined): Content {
  const { type, body, outbound } = message;
  const changed = field(edit?.body, "edit", "message") ?? body;
  const content = field(changed, type);
  const asked = { id: message.wamid, person: personOf(sim.state, message.waId), now: sim.clock.now() };
  const show = showMediaOf(sim, message, field(body, type));
  if (outbound?.template !== undefined) return templateContent(outbound.template, content, asked, show);
  return type === "interactive" ? interactiveContent(content, asked, show) : messageContent(type, content, show);
}

/** The last reaction of each side; one without an emoji takes it away. */
function reactionsOf(changes: readonly Message[]): string[] {
  const bySide = new Map<string, string>();
  for (const { type, direction, body } of changes) {
    if (type === "reaction") bySide.set(direction, words(body, "reaction", "emoji"));
  }
  return [...bySide.values()].filter((emoji) => emoji !== "");
}

/** Shows the files of a message under a path of this server. An edited caption keeps the file of the message. */
function showMediaOf({ state }: Sim, message: Message, original: unknown): ShowMedia {
  return (kind, media) => {
    const facts = words(media, "id") || words(media, "link") ? media : original;
    const name = words(facts, "id") || words(facts, "link");
    const file = message.files?.get(name) ?? state.media.get(name);
    const filename = words(facts, "filename");
    return {
      kind,
      url: `/_sim/phone/media?${new URLSearchParams({ message: message.wamid, name }).toString()}`,
      mimeType: file?.mimeType ?? "",
      ...(filename === "" ? {} : { filename }),
      size: file?.bytes.length ?? 0,
      ...(field(facts, "voice") === true ? { voice: true } : {}),
    };
  };
}
