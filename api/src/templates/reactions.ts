import { loadChannel } from "../channels/service.ts";
import type { Consumer } from "../platform/consumer.ts";
import { scheduleSyncs } from "./schedule.ts";

/** A number that was just connected brings the templates of its account. */
export const connectedAccounts: Consumer<"channel.connected"> = {
  name: "templates",
  about: ["channel.connected"],
  async work(tx, events) {
    for (const { workspaceId, payload } of events) {
      const channel = await loadChannel(tx, workspaceId, payload.channelId);
      if (channel) await scheduleSyncs(tx, [channel]);
    }
  },
};
