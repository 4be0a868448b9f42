import { channelInput, displayNameInput, pinInput } from "@aparte/core/channel-input.ts";
import { connectChannelInput } from "@aparte/core/inputs.ts";
import { procedure, router } from "../platform/trpc.ts";
import { connectChannel } from "./connect.ts";
import { channelDetail } from "./health.ts";
import { refreshChannel } from "./refresh.ts";
import { changePin, registerNumber, requestDisplayName, subscribeWebhooks } from "./registration.ts";
import { channelView, loadChannels } from "./service.ts";

const changes = procedure.meta({ role: "admin", audit: "channel.changed" });

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
  detail: procedure
    .meta({ role: "manager", audit: null })
    .input(channelInput)
    .query(({ ctx, input }) => channelDetail(ctx, input.channelId)),
  register: changes.input(pinInput).mutation(({ ctx, input }) => registerNumber(ctx, input)),
  changePin: changes.input(pinInput).mutation(({ ctx, input }) => changePin(ctx, input)),
  requestName: changes.input(displayNameInput).mutation(({ ctx, input }) => requestDisplayName(ctx, input)),
  subscribe: changes.input(channelInput).mutation(({ ctx, input }) => subscribeWebhooks(ctx, input.channelId)),
  refresh: procedure
    .meta({ role: "admin", audit: "channel.refreshed" })
    .input(channelInput)
    .mutation(({ ctx, input }) => refreshChannel(ctx, input.channelId)),
});
