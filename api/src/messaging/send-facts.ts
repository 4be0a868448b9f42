import { marketingRestHours, type SendFacts } from "@aparte/core/send-policy.ts";
import { sql } from "drizzle-orm";
import { loadConsent } from "../consent/service.ts";
import type { Tx } from "../platform/db.ts";
import { loadWindow } from "./read-window.ts";
import { findConversation } from "./read.ts";

/** Who writes to whom. */
export type Place = { readonly contactId: string; readonly channelId: string };

/** The facts that the policy asks for, as they are now. */
export async function loadSendFacts(
  tx: Tx,
  place: Place & { readonly workspaceId: string; readonly channelUsable: boolean },
  now: Date,
): Promise<SendFacts> {
  const conversationId = await findConversation(tx, place.workspaceId, place.channelId, place.contactId);
  return {
    channelUsable: place.channelUsable,
    consent: await loadConsent(tx, place.workspaceId, place.contactId),
    window: await loadWindow(tx, place.workspaceId, conversationId, now),
    marketingRestsUntil: await loadRest(tx, place.workspaceId, conversationId, now),
  };
}

/** Meta's error for marketing that it held back from a person ("healthy ecosystem engagement"). */
const heldBack = "131049";

/** Until when marketing to this person rests, because Meta held a message back. */
async function loadRest(tx: Tx, workspaceId: string, conversationId: string | null, now: Date): Promise<string | null> {
  if (conversationId === null) return null;
  const [row] = await tx.execute<{ at: string }>(sql`
    select s.at from messaging_messages m
    join messaging_statuses s on s.workspace_id = m.workspace_id and s.wamid = m.wamid and s.state = 'failed'
    where m.workspace_id = ${workspaceId} and m.conversation_id = ${conversationId} and m.category = 'MARKETING'
      and s.error ->> 'code' = ${heldBack}
    order by m.at desc limit 1`);
  if (!row) return null;
  const until = Date.parse(row.at) + marketingRestHours * 3_600_000;
  return until > now.getTime() ? new Date(until).toISOString() : null;
}
