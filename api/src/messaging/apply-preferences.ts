import type { PreferenceFact } from "@aparte/whatsapp/facts.ts";
import { recordOptOuts } from "../consent/service.ts";
import type { Tx } from "../platform/db.ts";
import type { Personal } from "./placed.ts";
import { keepUnknown } from "./unknown.ts";

/**
 * People who switched marketing off in WhatsApp itself (webhook field `user_preferences`). Switching it on again is
 * kept for an admin and grants nothing: a person who also told us to stop has not told us otherwise.
 */
export async function applyPreferences(tx: Tx, told: readonly Personal<PreferenceFact>[]): Promise<void> {
  await recordOptOuts(
    tx,
    told
      .filter(({ fact }) => fact.preference === "stop")
      .map(({ workspaceId, channelId, contactId, fact: { timestamp } }) => ({
        workspaceId,
        contactId,
        method: "whatsapp_preference" as const,
        scope: "marketing" as const,
        occurredAt: timestamp,
        wording: "user_preferences: stop",
        channelId,
        language: null,
        evidence: {},
        sourceKey: `preference ${channelId} ${contactId} ${timestamp}`,
      })),
  );
  const resumes = told.filter(({ fact }) => fact.preference === "resume");
  await keepUnknown(
    tx,
    resumes.map(({ workspaceId, fact }) => ({ workspaceId, kind: "user_preferences.resume", payload: fact })),
  );
}
