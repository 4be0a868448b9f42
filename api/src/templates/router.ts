import { z } from "zod";
import { loadChannel } from "../channels/service.ts";
import { procedure, router } from "../platform/trpc.ts";
import { listTemplates } from "./service.ts";
import { syncTemplates } from "./sync.ts";

const ofChannel = z.strictObject({ channelId: z.uuid() });

export const templatesRouter = router({
  list: procedure
    .meta({ role: "rep", audit: null })
    .input(ofChannel)
    .query(({ ctx, input }) =>
      ctx.database.inWorkspace(ctx.actor.workspaceId, async (tx) => {
        const channel = await loadChannel(tx, ctx.actor.workspaceId, input.channelId);
        return channel ? listTemplates(tx, ctx.actor.workspaceId, channel.wabaId) : [];
      }),
    ),
  sync: procedure
    .meta({ role: "admin", audit: "templates.synced" })
    .input(ofChannel)
    .mutation(({ ctx, input }) => syncTemplates(ctx, ctx.actor.workspaceId, input.channelId, ctx.actor.userId)),
});
