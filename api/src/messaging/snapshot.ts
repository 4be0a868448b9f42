import type { ConversationSnapshot } from "@aparte/core/record-view.ts";
import { loadConsent } from "../consent/entries.ts";
import type { Tx } from "../platform/db.ts";
import { endOfLog, formatCursor } from "../platform/events.ts";
import { listTemplates } from "../templates/service.ts";
import { loadBlocked } from "./block.ts";
import { loadPrices } from "./prices.ts";
import { loadWindow } from "./read-window.ts";
import { findConversation, loadPage } from "./read.ts";
import { loadGateFacts } from "./send-facts.ts";

export const pageSize = 50;

export type SnapshotPlace = {
  readonly workspaceId: string;
  readonly contactId: string;
  readonly channelId: string;
  readonly wabaId: string;
  /** Of the person, ISO 3166 alpha-2; null when unknown. */
  readonly country: string | null;
};

/** What messaging knows of one person: the last page, consent, window, templates, and where the live stream goes on. */
export async function conversationSnapshot(
  tx: Tx,
  { workspaceId, contactId, channelId, wabaId, country }: SnapshotPlace,
  now: Date,
): Promise<
  Pick<
    ConversationSnapshot,
    "consent" | "window" | "gate" | "blocked" | "prices" | "messages" | "hasOlder" | "templates" | "cursor"
  >
> {
  // The cursor comes first: what is written while the rest is read is then told twice rather than not at all.
  const cursor = formatCursor(await endOfLog(tx));
  const conversationId = await findConversation(tx, workspaceId, channelId, contactId);
  const page =
    conversationId === null
      ? { messages: [], hasOlder: false }
      : await loadPage(tx, workspaceId, conversationId, { before: null, limit: pageSize });
  const window = await loadWindow(tx, workspaceId, conversationId, now);
  return {
    ...page,
    cursor,
    window,
    gate: await loadGateFacts(tx, { workspaceId, contactId, channelId, conversationId, window }, now),
    blocked: await loadBlocked(tx, workspaceId, conversationId),
    prices: await loadPrices(tx, { workspaceId, channelId, conversationId, country, window }, now),
    consent: await loadConsent(tx, { workspaceId, contactId, channelId }, now),
    templates: await listTemplates(tx, workspaceId, wabaId),
  };
}
