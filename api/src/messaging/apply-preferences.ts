import type { PreferenceFact } from "@aparte/whatsapp/facts.ts";
import { recordOptOuts } from "../consent/service.ts";
import { ensureContacts, type Identity } from "../contacts/service.ts";
import type { Tx } from "../platform/db.ts";
import { keepUnknown } from "./unknown.ts";
import type { Placed } from "./placed.ts";

/**
 * People who switched marketing off in WhatsApp itself (webhook field `user_preferences`). Switching it on again is
 * kept for an admin and grants nothing: a person who also told us to stop has not told us otherwise.
 */
export async function applyPreferences(tx: Tx, placed: readonly Placed<PreferenceFact>[]): Promise<void> {
  const stops = placed.filter(({ fact }) => fact.preference === "stop");
  const directory = await ensureContacts(tx, stops.map(identityOf));
  await recordOptOuts(
    tx,
    stops.flatMap((item) => {
      const contactId = directory.find(identityOf(item));
      if (contactId === null) return [];
      return [
        {
          workspaceId: item.workspaceId,
          contactId,
          method: "whatsapp_preference" as const,
          occurredAt: item.fact.timestamp,
          wording: "user_preferences: stop",
          evidence: { channelId: item.channelId },
          sourceKey: `preference ${item.channelId} ${contactId} ${item.fact.timestamp}`,
        },
      ];
    }),
  );
  const resumes = placed.filter(({ fact }) => fact.preference === "resume");
  await keepUnknown(
    tx,
    resumes.map(({ workspaceId, fact }) => ({ workspaceId, kind: "user_preferences.resume", payload: fact })),
  );
}

function identityOf({ workspaceId, fact }: Placed<PreferenceFact>): Identity {
  return { workspaceId, bsuid: fact.bsuid, waId: fact.waId, profileName: null };
}
