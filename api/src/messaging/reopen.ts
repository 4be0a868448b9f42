import { begunByUs, foldConsent } from "@aparte/core/consent.ts";
import { plainText, type MessageContent } from "@aparte/core/message-content.ts";
import { sql } from "drizzle-orm";
import { appendEntries } from "../consent/append.ts";
import { loadEntries } from "../consent/entries.ts";
import { loadExpiry } from "../consent/expiry.ts";
import { rows, type Tx } from "../platform/db.ts";
import { confirmationId } from "./confirmation.ts";

export type Return = {
  readonly workspaceId: string;
  readonly contactId: string;
  readonly messageId: string;
  readonly wamid: string;
  /** ISO 8601: when it was said. */
  readonly at: string;
  readonly now: Date;
  /** What the person wrote. */
  readonly wording: string;
};

/**
 * Somebody who said stop here says START: what that stop ended is given anew, if we had told this person so; the proof is
 * what we told and what the person wrote. Whatever was ended otherwise (Meta's switch, a colleague, the CRM, a form) stays as it is.
 */
export async function reopen(
  tx: Tx,
  { workspaceId, contactId, messageId, wamid, at, now, wording }: Return,
): Promise<void> {
  const entries = await loadEntries(tx, workspaceId, contactId);
  const said = at < now.toISOString() ? at : now.toISOString();
  const states = foldConsent(entries, { now, channelId: null });
  const ended = begunByUs.filter((purpose) => {
    const state = states[purpose];
    return state.state === "opted_out" && ["keyword", "button"].includes(state.by.method);
  });
  const told =
    ended.length === 0 ? null : await loadTold(tx, workspaceId, [...new Set(entries.map(({ actId }) => actId))]);
  if (told === null) return;
  const expiryOf = await loadExpiry(tx, { workspaceId, contactId });
  await appendEntries(
    tx,
    ended.map((purpose) => ({
      workspaceId,
      contactId,
      purpose,
      channelId: null,
      action: "given" as const,
      method: "keyword" as const,
      occurredAt: said,
      expiresAt: expiryOf(purpose, said),
      wording,
      language: null,
      actor: null,
      evidence: { messageId, wamid, toldBy: told.id, told: plainText(told.content) },
      annuls: null,
      sourceKey: `message ${messageId} ${purpose}`,
    })),
  );
}

type Told = { readonly id: string; readonly content: MessageContent };

/** The last confirmation of a stop that reached the person. */
async function loadTold(tx: Tx, workspaceId: string, acts: readonly string[]): Promise<Told | null> {
  const ids = acts.map((act) => ({ id: confirmationId(act) }));
  const [row] = await tx.execute<Told>(sql`
    select m.id, m.content from jsonb_to_recordset(${rows(ids)}) as r(id uuid)
    join messaging_messages m on m.workspace_id = ${workspaceId} and m.id = r.id
    where m.state in ('accepted', 'sent', 'delivered', 'read') order by m.at desc limit 1`);
  return row ?? null;
}
