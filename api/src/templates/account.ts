import { loadChannels, type Channel } from "../channels/service.ts";
import type { Deps } from "../platform/context.ts";

/** A number to speak for an account with: any will do, one that works is asked first. Null without one. */
export async function channelOfAccount(
  { database }: Pick<Deps, "database">,
  workspaceId: string,
  wabaId: string,
): Promise<Channel | null> {
  const channels = await database.inWorkspace(workspaceId, (tx) => loadChannels(tx, workspaceId));
  const ofAccount = channels.filter((channel) => channel.wabaId === wabaId);
  return ofAccount.find(({ usable }) => usable) ?? ofAccount[0] ?? null;
}
