import type { LiveInput } from "@aparte/core/inputs.ts";
import type { LiveUpdate } from "@aparte/core/record-view.ts";
import { tracked } from "@trpc/server";
import { loadChannel } from "../channels/service.ts";
import { loadConsent } from "../consent/entries.ts";
import type { Tx } from "../platform/db.ts";
import {
  formatCursor,
  hiddenNewsMs,
  parseCursor,
  personOf,
  readEvents,
  type Cursor,
  type EventRow,
} from "../platform/events.ts";
import type { MemberContext } from "../platform/trpc.ts";
import type { Notice } from "../platform/wake.ts";
import { listTemplates } from "../templates/service.ts";
import { loadBlocked } from "./block.ts";
import { loadWindow } from "./read-window.ts";
import { findConversation, loadMessages, loadMessagesWithFiles } from "./read.ts";
import { tellsGate } from "./look-again.ts";
import { loadGateFacts } from "./send-facts.ts";

/** What the CRM knows is asked of `crm`: here it is only said that it changed. */
type LiveStep = LiveUpdate & { readonly syncChanged?: true; readonly recordChanged?: true };

const safetyPollMs = 5_000;

/**
 * What happens to one person, from a cursor on and without end. Listening starts before the first read and each step
 * reads the log, so nothing falls between; ids of steps are cursors, so any process can go on after a reconnection.
 */
export async function* liveUpdates(ctx: MemberContext, input: LiveInput) {
  const wake = createWaker(ctx, input.contactId);
  let cursor = parseCursor(input.lastEventId ?? "") ?? parseCursor(input.cursor) ?? { xid: "0", id: "0" };
  try {
    while (!ctx.signal?.aborted) {
      const step = await readStep(ctx, input, cursor);
      cursor = step.cursor;
      if (step.update) yield tracked(formatCursor(cursor), step.update);
      if (!step.update) await wake.next(step.more ? hiddenNewsMs : safetyPollMs);
    }
  } finally {
    wake.stop();
  }
}

/** Remembers a wake-up that comes while a step is being read. */
function createWaker(ctx: MemberContext, contactId: string) {
  let woken = false;
  let wakeUp: (() => void) | null = null;
  const wake = () => {
    woken = true;
    wakeUp?.();
  };
  const { workspaceId } = ctx.actor;
  const isMine = (notice: Notice) => notice.workspaceId === workspaceId && concerns(notice, contactId);
  const stopListening = ctx.wake.onNews(isMine, wake);
  ctx.signal?.addEventListener("abort", wake);
  return {
    async next(ms: number): Promise<void> {
      if (!woken) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          wakeUp = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      woken = false;
    },
    stop() {
      stopListening();
      ctx.signal?.removeEventListener("abort", wake);
    },
  };
}

async function readStep(ctx: MemberContext, input: LiveInput, from: Cursor) {
  const { workspaceId } = ctx.actor;
  return ctx.database.inWorkspace(workspaceId, async (tx) => {
    const page = await readEvents(tx, from, workspaceId);
    const mine = page.events.filter((event) =>
      concerns({ ...event, contactId: personOf(event.payload) }, input.contactId),
    );
    const update = mine.length === 0 ? null : await describe(tx, ctx, input, mine);
    return { cursor: page.cursor, more: page.more, update };
  });
}

/** News of the person, and news that may be about anybody. */
function concerns(news: Pick<Notice, "name" | "contactId">, contactId: string): boolean {
  if (news.contactId !== null) return news.contactId === contactId;
  return news.name.startsWith("template") || news.name === "file.changed" || news.name === "policy.changed";
}

async function describe(tx: Tx, ctx: MemberContext, input: LiveInput, events: readonly EventRow[]): Promise<LiveStep> {
  const { workspaceId } = ctx.actor;
  const has = (prefix: string) => events.some((event) => event.name.startsWith(prefix));
  const ids = new Set(events.flatMap((event) => ("messageId" in event.payload ? [event.payload.messageId] : [])));
  const conversationId = await findConversation(tx, workspaceId, input.channelId, input.contactId);
  const files = events.flatMap((event) => (event.name === "file.changed" ? [event.payload.fileId] : []));
  const messages = [
    ...(await loadMessages(tx, workspaceId, [...ids])),
    ...(conversationId === null || files.length === 0
      ? []
      : await loadMessagesWithFiles(tx, workspaceId, conversationId, files)),
  ];
  const window = await loadWindow(tx, workspaceId, conversationId, ctx.now());
  const channel = has("template") ? await loadChannel(tx, workspaceId, input.channelId) : null;
  return {
    messages: messages.filter((message) => message.conversationId === conversationId),
    ...(has("consent.") ? { consent: await loadConsent(tx, { ...input, workspaceId }, ctx.now()) } : {}),
    ...(has("message.received") ? { window } : {}),
    ...(has("message.") || events.some(tellsGate)
      ? { gate: await loadGateFacts(tx, { ...input, workspaceId, conversationId, window }, ctx.now()) }
      : {}),
    ...(has("contact.blocked") ? { blocked: await loadBlocked(tx, workspaceId, conversationId) } : {}),
    ...(channel ? { templates: await listTemplates(tx, workspaceId, channel.wabaId) } : {}),
    ...(has("crm.log") ? { syncChanged: true as const } : {}),
    ...(has("crm.record") ? { recordChanged: true as const } : {}),
  };
}
