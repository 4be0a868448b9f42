import type { MessageView } from "@aparte/core/message.ts";

/** One line of the message list. `key` stays the same while the line stands for the same thing. */
export type Row =
  | { readonly kind: "day"; readonly key: string; readonly at: string }
  | { readonly kind: "unread"; readonly key: string; readonly count: number }
  | {
      readonly kind: "message";
      readonly key: string;
      readonly message: MessageView;
      /** First and last of a run by the same side within three minutes: one run, one tail. */
      readonly first: boolean;
      readonly last: boolean;
    };

const runMilliseconds = 3 * 60_000;

/**
 * The lines for messages in their order: a pill before each new day of the reader's clock, one divider before the first
 * message that the person wrote after `seenUntil` (ISO 8601; null draws none), and runs.
 */
export function timeline(messages: readonly MessageView[], seenUntil: string | null): Row[] {
  const rows: Row[] = [];
  const unread = messages.filter((message) => isUnread(message, seenUntil));
  for (const [index, message] of messages.entries()) {
    const before = messages[index - 1];
    const after = messages[index + 1];
    const newDay = !before || !sameDay(before.at, message.at);
    if (newDay) rows.push({ kind: "day", key: `day ${dayOf(message.at)}`, at: message.at });
    if (message === unread[0]) rows.push({ kind: "unread", key: "unread", count: unread.length });
    rows.push({
      kind: "message",
      key: message.id,
      message,
      first: newDay || message === unread[0] || !sameRun(before, message),
      last: !after || after === unread[0] || !sameDay(message.at, after.at) || !sameRun(message, after),
    });
  }
  return rows;
}

function isUnread(message: MessageView, seenUntil: string | null): boolean {
  return seenUntil !== null && message.direction === "in" && Date.parse(message.at) > Date.parse(seenUntil);
}

function sameRun(a: MessageView, b: MessageView): boolean {
  return a.direction === b.direction && a.author === b.author && Date.parse(b.at) - Date.parse(a.at) <= runMilliseconds;
}

function sameDay(a: string, b: string): boolean {
  return dayOf(a) === dayOf(b);
}

function dayOf(at: string): string {
  return new Date(at).toDateString();
}
