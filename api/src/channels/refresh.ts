import type { ChannelView } from "@aparte/core/record-view.ts";
import { refused, type Outcome } from "@aparte/core/result.ts";
import { and, eq } from "drizzle-orm";
import { emit } from "../platform/events.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { accountRefusal, channelClient } from "./client.ts";
import { channelView, loadChannel, markChannelProblem, numberColumns } from "./service.ts";
import { channels } from "./tables.ts";

/**
 * Reads the number's name, status and quality from Meta. A noted problem is lifted, because an admin asks after mending
 * it; if it is still there, the next send notes it again. A token that Meta refuses is noted at once.
 */
export async function refreshChannel(
  ctx: MemberContext,
  channelId: string,
): Promise<Outcome<{ readonly channel: ChannelView }>> {
  const { workspaceId, userId } = ctx.actor;
  const channel = await ctx.database.inWorkspace(workspaceId, (tx) => loadChannel(tx, workspaceId, channelId));
  if (!channel) return refused("channels.not_found");
  const answer = await channelClient(ctx, channel).phoneNumber(channel.phoneNumberId);
  if (!answer.ok) {
    const reason = accountRefusal(answer);
    if (reason === "channels.token_invalid") {
      await ctx.database.inWorkspace(workspaceId, (tx) => markChannelProblem(tx, workspaceId, channelId, reason));
    }
    return refused(reason);
  }
  return ctx.database.inWorkspace(workspaceId, async (tx) => {
    await tx
      .update(channels)
      .set(numberColumns(answer.value))
      .where(and(eq(channels.workspaceId, workspaceId), eq(channels.id, channelId)));
    await emit(tx, [{ name: "channel.refreshed", workspaceId, actor: userId, payload: { channelId } }]);
    const refreshed = await loadChannel(tx, workspaceId, channelId);
    if (!refreshed) throw new Error("A channel was stored and not found again.");
    return { ok: true, channel: channelView(refreshed) };
  });
}
