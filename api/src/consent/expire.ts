import { sql } from "drizzle-orm";
import type { Deps } from "../platform/context.ts";
import { appendEntries, type NewEntry } from "./append.ts";

/** Consents that are written down as over in one transaction. */
const batch = 500;

type Over = Pick<NewEntry, "workspaceId" | "contactId" | "purpose" | "channelId"> & {
  readonly entryId: string;
  readonly overAt: string;
};

/**
 * Writes into the ledger that consents have run out. Nothing waits for it: whoever asks what a person allows compares with the
 * clock. It is there so that the ledger tells it, and CRMs and lists with it.
 * @returns whether there may be more.
 */
export function expireConsents({ database, now }: Deps): Promise<boolean> {
  return database.system.transaction(async (tx) => {
    const over = await tx.execute<Over>(sql`
      select workspace_id as "workspaceId", contact_id as "contactId", purpose, channel_id as "channelId", entry_id as "entryId",
        greatest(expires_at, since) as "overAt"
      from consent_states where state = 'opted_in' and expires_at <= ${now().toISOString()}
      order by workspace_id, contact_id limit ${batch}`);
    await appendEntries(
      tx,
      over.map(({ entryId, overAt, ...place }) => ({
        ...place,
        action: "expired",
        method: "expiry",
        occurredAt: new Date(overAt).toISOString(),
        expiresAt: null,
        wording: "",
        language: null,
        evidence: { entryId },
        actor: null,
        annuls: null,
        sourceKey: `expiry ${entryId}`,
      })),
    );
    return over.length === batch;
  });
}
