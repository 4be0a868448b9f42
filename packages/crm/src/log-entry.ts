import { createHash } from "node:crypto";
import type { RecordType } from "@aparte/core/crm-record.ts";
import { plainText } from "@aparte/core/message-content.ts";
import type { MessageState, MessageView } from "@aparte/core/message.ts";
import { textAsHtml } from "./html.ts";

/** A stretch of a conversation that becomes one entry in the CRM. Never empty; oldest message first. */
export type LogSession<M> = { readonly startedAt: string; readonly endedAt: string; readonly messages: readonly M[] };

/** What the words of an entry are, in the language of the workspace. */
export type LogWords = {
  /** BCP 47 tag for dates and times. */
  readonly locale: string;
  /** "WhatsApp with Ada Example: 7 messages, the last one received". */
  title(facts: { readonly contact: string; readonly count: number; readonly last: MessageView["direction"] }): string;
  /** Marks behind a message that did not arrive, or may not have. */
  readonly notDelivered: string;
  readonly unconfirmed: string;
  /** The sentence in place of what does not fit into one entry. */
  earlierLeftOut(facts: { readonly count: number }): string;
};

export type LogContent = {
  readonly contactName: string;
  /** Who speaks when no colleague wrote: the business's name on WhatsApp. */
  readonly businessName: string;
  readonly messages: readonly MessageView[];
  /** IANA zone of the CRM account, so that all who read an entry read the same times. */
  readonly timeZone: string;
  readonly words: LogWords;
};

/** The longest body we write, in UTF-16 units: HubSpot documents 65,536 for notes, and we stay clear of it. */
export const maxLogLength = 60_000;

/** The longest single message: one cannot push all others out of the entry. */
const maxMessageHtml = 20_000;
const maxNameHtml = 300;
const maxSentenceHtml = 600;

/**
 * Groups messages into sessions: one begins when more than `gapHours` passed since the message before. One entry per
 * message would drown the record's timeline. The key of a session that was already logged keeps its first start even
 * when a message from before it arrives late.
 */
export function sessionsOf<M extends { readonly at: string }>(messages: readonly M[], gapHours = 24): LogSession<M>[] {
  const sessions: { startedAt: string; endedAt: string; messages: M[] }[] = [];
  for (const message of messages.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))) {
    const open = sessions.at(-1);
    if (open && Date.parse(message.at) - Date.parse(open.endedAt) <= gapHours * 3_600_000) {
      open.messages.push(message);
      open.endedAt = message.at;
    } else {
      sessions.push({ startedAt: message.at, endedAt: message.at, messages: [message] });
    }
  }
  return sessions;
}

/**
 * The name by which the CRM knows a session: always the same for the same session, without anything personal in it.
 * 32 characters of lower-case base32 (RFC 4648 letters), because some CRMs compare keys without regard to case and put
 * them into paths. `k1_` names this recipe.
 */
export function logKey(session: {
  readonly workspaceId: string;
  readonly channelId: string;
  readonly contactId: string;
  /** A person may have several records in one CRM, each with an entry of its own. */
  readonly record: { readonly type: RecordType; readonly id: string };
  /** ISO 8601. */
  readonly sessionStart: string;
}): string {
  const { workspaceId, channelId, contactId, record } = session;
  const start = new Date(session.sessionStart).toISOString();
  const parts = JSON.stringify([workspaceId, channelId, contactId, record.type, record.id, start]);
  return `k1_${base32(createHash("sha256").update(parts).digest()).slice(0, 29)}`;
}

function base32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{5}/g) ?? [])
    .map((five) => "abcdefghijklmnopqrstuvwxyz234567"[Number.parseInt(five, 2)])
    .join("");
}

/** Tells whether a body differs from the one that the CRM has, without keeping that one. */
export function contentHash(html: string): string {
  return createHash("sha256").update(html).digest("hex");
}

/**
 * The body of an entry in the few tags that HubSpot keeps (p, b, br): a title, then a line per message under its day.
 * Names and texts come from strangers and are shown as text, whatever they contain. What does not fit into
 * `maxLogLength` is left out from the oldest on and a sentence says so, because the news is at the end.
 */
export function renderLog(content: LogContent): string {
  const { messages, words } = content;
  const last = messages.at(-1)?.direction ?? "in";
  const title = words.title({ contact: content.contactName, count: messages.length, last });
  const head = `<p><b>${textAsHtml(title, maxSentenceHtml)}</b></p>`;
  const paragraphs = messages.map(paragraphWriter(content));
  const shown = newestThatFit(paragraphs, maxLogLength - head.length - maxSentenceHtml);
  const leftOut = messages.length - shown.length;
  const notice =
    leftOut === 0 ? "" : `<p>${textAsHtml(words.earlierLeftOut({ count: leftOut }), maxSentenceHtml - 7)}</p>`;
  const lines = shown.map(({ day, line }, index) => (day === shown[index - 1]?.day ? line : day + line));
  return head + notice + lines.join("");
}

/** A message as HTML, and the day under which it stands. */
type Paragraph = { readonly day: string; readonly line: string };

function newestThatFit(paragraphs: readonly Paragraph[], room: number): readonly Paragraph[] {
  let used = 0;
  let below: Paragraph | null = null;
  for (const [index, paragraph] of [...paragraphs.entries()].toReversed()) {
    used += paragraph.line.length + (paragraph.day === below?.day ? 0 : paragraph.day.length);
    if (used > room) return paragraphs.slice(index + 1);
    below = paragraph;
  }
  return paragraphs;
}

function paragraphWriter(content: LogContent): (message: MessageView) => Paragraph {
  const { locale } = content.words;
  const days = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeZone: content.timeZone });
  const times = new Intl.DateTimeFormat(locale, { timeStyle: "short", timeZone: content.timeZone });
  return (message) => {
    const at = Date.parse(message.at);
    const sender = message.direction === "in" ? content.contactName : (message.author ?? content.businessName);
    const text = textAsHtml(plainText(message.content), maxMessageHtml);
    return {
      day: `<p><b>${textAsHtml(days.format(at), maxNameHtml)}</b></p>`,
      line: `<p>${textAsHtml(times.format(at), maxNameHtml)} <b>${textAsHtml(sender, maxNameHtml)}</b>: ${text}${markOf(message, content.words)}</p>`,
    };
  };
}

function markOf(message: MessageView, words: LogWords): string {
  const marks: Partial<Record<MessageState, string>> = { failed: words.notDelivered, unconfirmed: words.unconfirmed };
  const mark = marks[message.state];
  return mark === undefined ? "" : ` <b>(${textAsHtml(mark, maxNameHtml)})</b>`;
}
