import { connectChannelInput } from "@aparte/core/inputs.ts";
import { z } from "zod";
import { procedure, router } from "../platform/trpc.ts";
import { connectChannel } from "./connect.ts";
import { refreshChannel } from "./refresh.ts";
import { channelView, loadChannels } from "./service.ts";

export const channelsRouter = router({
  list: procedure.meta({ role: "rep", audit: null }).query(async ({ ctx }) => {
    const { workspaceId } = ctx.actor;
    const channels = await ctx.database.inWorkspace(workspaceId, (tx) => loadChannels(tx, workspaceId));
    return channels.map(channelView);
  }),
  connect: procedure
    .meta({ role: "admin", audit: "channel.connected" })
    .input(connectChannelInput)
    .mutation(({ ctx, input }) => connectChannel(ctx, input)),
  refresh: procedure
    .meta({ role: "admin", audit: "channel.refreshed" })
    .input(z.strictObject({ channelId: z.uuid() }))
    .mutation(({ ctx, input }) => refreshChannel(ctx, input.channelId)),
});
