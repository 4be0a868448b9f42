import { estimatePrice, freeServiceMessages, type PriceCategory, type PriceView } from "@aparte/core/price.ts";
import type { WindowView } from "@aparte/core/window.ts";
import { sql } from "drizzle-orm";
import type { Tx } from "../platform/db.ts";
import { ratesOf } from "../pricing/service.ts";
import { loadFreeEntry } from "./read-window.ts";

export type PricePlace = {
  readonly workspaceId: string;
  readonly channelId: string;
  readonly conversationId: string | null;
  /** ISO 3166 alpha-2; null when unknown. */
  readonly country: string | null;
  readonly window: WindowView;
};

/** What the next message of each category will probably cost at `now`. */
export async function loadPrices(
  tx: Tx,
  at: PricePlace,
  now: Date,
): Promise<Readonly<Record<PriceCategory, PriceView>>> {
  const rates = await ratesOf(tx, at.workspaceId, at.country);
  const freeEntry = (await loadFreeEntry(tx, at.workspaceId, at.conversationId, now)) !== null;
  const serviceUsed = await countService(tx, at, now);
  const estimate = (category: PriceCategory): PriceView =>
    estimatePrice({ category, windowOpen: at.window.state === "open", freeEntry, serviceUsed }, at.country, rates, now);
  return {
    SERVICE: estimate("SERVICE"),
    UTILITY: estimate("UTILITY"),
    AUTHENTICATION: estimate("AUTHENTICATION"),
    MARKETING: estimate("MARKETING"),
  };
}

/**
 * Service messages of this number that were delivered in this calendar month (UTC), counted no further than those that are
 * free. A forecast: Meta's own count decides.
 */
async function countService(tx: Tx, { workspaceId, channelId }: PricePlace, now: Date): Promise<number> {
  const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1)).toISOString();
  const [row] = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from (
      select from messaging_messages m
      join messaging_conversations c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
      where m.workspace_id = ${workspaceId} and m.category = 'SERVICE' and m.delivered_at >= ${month}
        and c.channel_id = ${channelId}
      limit ${freeServiceMessages}) used`);
  return row?.count ?? 0;
}
