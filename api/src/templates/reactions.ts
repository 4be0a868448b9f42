import { loadChannel } from "../channels/service.ts";
import type { Tx } from "../platform/db.ts";
import type { EventRow } from "../platform/events.ts";
import { scheduleSyncs } from "./schedule.ts";

/** A number that was just connected brings the templates of its account. */
export async function syncConnectedAccounts(tx: Tx, events: readonly EventRow[]): Promise<void> {
  for (const event of events) {
    if (event.name !== "channel.connected") continue;
    const channel = await loadChannel(tx, event.workspaceId, event.payload.channelId);
    if (channel) await scheduleSyncs(tx, [channel]);
  }
}
