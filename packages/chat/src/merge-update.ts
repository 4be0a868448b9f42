import type { ConsentView } from "@aparte/core/consent.ts";
import type { FileView } from "@aparte/core/media.ts";
import { isAboutAnother } from "@aparte/core/message-content.ts";
import { stateRank, type MessageView } from "@aparte/core/message.ts";
import { lastInboundOf } from "@aparte/core/panel-state.ts";
import type { ConversationSnapshot, LiveUpdate } from "@aparte/core/record-view.ts";
import type { WindowView } from "@aparte/core/window.ts";

/**
 * Takes one step of the live stream into a conversation. Messages, consent and window end the same in whatever order and
 * however often the steps arrive, because a reconnected stream repeats itself. Reactions, what the gate
 * asks besides, templates and what the CRM knows carry no order of their own: the last to arrive counts.
 */
export function mergeUpdate(snapshot: ConversationSnapshot, update: LiveUpdate): ConversationSnapshot {
  return {
    ...snapshot,
    messages: mergeMessages(snapshot, update.messages),
    consent: update.consent ? laterConsent(snapshot.consent, update.consent) : snapshot.consent,
    window: update.window ? laterWindow(snapshot.window, update.window) : snapshot.window,
    blocked: update.blocked ?? snapshot.blocked,
    gate: update.gate ?? snapshot.gate,
    templates: update.templates ?? snapshot.templates,
    sync: update.sync ?? snapshot.sync,
    signals: update.signals ?? snapshot.signals,
  };
}

/** Puts a page of older messages in front. */
export function mergeOlder(
  snapshot: ConversationSnapshot,
  page: { readonly messages: readonly MessageView[]; readonly hasOlder: boolean },
): ConversationSnapshot {
  const messages = mergeMessages({ ...snapshot, hasOlder: false }, page.messages);
  return { ...snapshot, messages, hasOlder: page.hasOlder };
}

/** News about a message on a page that is not loaded is left out: it would stand alone before a gap. */
function mergeMessages(snapshot: ConversationSnapshot, news: readonly MessageView[]): readonly MessageView[] {
  if (news.length === 0) return snapshot.messages;
  const byId = new Map(snapshot.messages.map((message) => [message.id, message]));
  const oldest = snapshot.messages[0];
  for (const message of news) {
    // A reaction or an edit by itself is part of another message, whose own news brings it.
    if (isAboutAnother(message.content)) continue;
    const known = byId.get(message.id);
    if (known) byId.set(message.id, laterMessage(known, message));
    else if (!(snapshot.hasOlder && oldest && inOrder(message, oldest) < 0)) byId.set(message.id, message);
  }
  return [...byId.values()].toSorted(inOrder);
}

function inOrder(a: MessageView, b: MessageView): number {
  return Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : Number(a.id > b.id));
}

/** A later attempt beats an earlier one; within an attempt the state only climbs, so ticks never go backwards. */
function laterMessage(a: MessageView, b: MessageView): MessageView {
  const difference = Date.parse(b.at) - Date.parse(a.at) || stateRank(b.state) - stateRank(a.state);
  const [later, earlier] = difference >= 0 ? [b, a] : [a, b];
  return {
    ...later,
    ...laterWords(earlier, later),
    files: later.files.map((file) => furtherFile(file, earlier.files)),
    deliveredAt: later.deliveredAt ?? earlier.deliveredAt,
    readAt: later.readAt ?? earlier.readAt,
  };
}

/** An edit changes what was said, a deletion ends it: neither is undone by an older view that arrives late. */
function laterWords(earlier: MessageView, later: MessageView): Pick<MessageView, "content" | "editedAt"> {
  const rank = ({ content, editedAt }: MessageView): number =>
    content.kind === "deleted" ? Number.POSITIVE_INFINITY : editedAt === null ? 0 : Date.parse(editedAt);
  const { content, editedAt } = rank(earlier) > rank(later) ? earlier : later;
  return { content, editedAt };
}

/** A file only ever gets further: from waiting to its end, whatever arrives late. */
function furtherFile(file: FileView, earlier: readonly FileView[]): FileView {
  const known = earlier.find(({ id }) => id === file.id);
  return known && file.state === "waiting" ? known : file;
}

/** The ledger only grows, so the view that was folded from more of it is the later. */
function laterConsent(a: ConsentView, b: ConsentView): ConsentView {
  return b.entries >= a.entries ? b : a;
}

/** Only what the person writes moves the window; of two views of the same moment the closed one is the later. */
function laterWindow(a: WindowView, b: WindowView): WindowView {
  const difference = Date.parse(lastInboundOf(b) ?? "1970-01-01") - Date.parse(lastInboundOf(a) ?? "1970-01-01");
  if (difference !== 0) return difference > 0 ? b : a;
  return a.state === "closed" ? a : b;
}
