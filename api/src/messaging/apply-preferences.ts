import type { PreferenceFact } from "@aparte/whatsapp/facts.ts";
import { appendEntries } from "../consent/append.ts";
import type { Tx } from "../platform/db.ts";
import type { Personal } from "./placed.ts";

/**
 * People who switched marketing off in WhatsApp itself, or on again (webhook field `user_preferences`). Switching it on lifts what
 * was switched off there, on the same number, and grants nothing: a person who also told us to stop has not told us otherwise.
 */
export async function applyPreferences(tx: Tx, told: readonly Personal<PreferenceFact>[]): Promise<void> {
  await appendEntries(
    tx,
    told.map(({ workspaceId, channelId, contactId, fact: { preference, timestamp } }) => ({
      workspaceId,
      contactId,
      channelId,
      purpose: "marketing" as const,
      action: preference === "stop" ? ("withdrawn" as const) : ("resumed" as const),
      method: "whatsapp_preference" as const,
      occurredAt: timestamp,
      expiresAt: null,
      wording: `user_preferences: ${preference}`,
      language: null,
      actor: null,
      evidence: {},
      annuls: null,
      sourceKey: `preference ${preference} ${channelId} ${contactId} ${timestamp}`,
    })),
  );
}
