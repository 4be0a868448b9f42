import { blockInput } from "@aparte/core/channel-input.ts";
import {
  historyInput,
  liveInput,
  maySendInput,
  resendInput,
  seenInput,
  sendManyInput,
  sendMessageInput,
  sendTemplateInput,
} from "@aparte/core/inputs.ts";
import { appsUsedAlone } from "../channels/service.ts";
import { loadDeliveryProblems } from "../platform/deliveries.ts";
import { procedure, router } from "../platform/trpc.ts";
import { setBlocked } from "./block.ts";
import { liveUpdates } from "./live.ts";
import { maySend } from "./may-send.ts";
import { findConversation, loadPage } from "./read.ts";
import { resend } from "./resend.ts";
import { markSeen } from "./seen.ts";
import { sendMany } from "./send-many.ts";
import { sendMessage, sendTemplate } from "./send.ts";
import { countUnknown } from "./unknown.ts";

export const messagingRouter = router({
  sendMessage: procedure
    .meta({ role: "rep", audit: "message.queued" })
    .input(sendMessageInput)
    .mutation(({ ctx, input }) => sendMessage(ctx, input)),
  sendTemplate: procedure
    .meta({ role: "rep", audit: "message.queued" })
    .input(sendTemplateInput)
    .mutation(({ ctx, input }) => sendTemplate(ctx, input)),
  sendMany: procedure
    .meta({ role: "manager", audit: "message.queued" })
    .input(sendManyInput)
    .mutation(({ ctx, input }) => sendMany(ctx, input)),
  maySend: procedure
    .meta({ role: "rep", audit: null })
    .input(maySendInput)
    .query(({ ctx, input }) => maySend(ctx, input)),
  resend: procedure
    .meta({ role: "rep", audit: "message.queued" })
    .input(resendInput)
    .mutation(({ ctx, input }) => resend(ctx, input.id)),
  seen: procedure
    .meta({ role: "rep", audit: "message.seen" })
    .input(seenInput)
    .mutation(({ ctx, input }) => markSeen(ctx, input)),
  block: procedure
    .meta({ role: "rep", audit: "contact.blocked" })
    .input(blockInput)
    .mutation(({ ctx, input }) => setBlocked(ctx, input, true)),
  unblock: procedure
    .meta({ role: "rep", audit: "contact.blocked" })
    .input(blockInput)
    .mutation(({ ctx, input }) => setBlocked(ctx, input, false)),
  history: procedure
    .meta({ role: "rep", audit: null, reads: "conversation" })
    .input(historyInput)
    .query(({ ctx, input }) =>
      ctx.database.inWorkspace(ctx.actor.workspaceId, async (tx) => {
        const { workspaceId } = ctx.actor;
        const conversationId = await findConversation(tx, workspaceId, input.channelId, input.contactId);
        return conversationId === null
          ? { messages: [], hasOlder: false }
          : loadPage(tx, workspaceId, conversationId, { before: input.before, limit: input.limit });
      }),
    ),
  live: procedure
    .meta({ role: "rep", audit: null, reads: "conversation" })
    .input(liveInput)
    .subscription(({ ctx, input }) => liveUpdates(ctx, input)),
});

/** What came by webhook and was not understood or not acted on, for an admin. */
export const webhooksRouter = router({
  unknown: procedure
    .meta({ role: "admin", audit: null })
    .query(({ ctx }) =>
      ctx.database.inWorkspace(ctx.actor.workspaceId, (tx) => countUnknown(tx, ctx.actor.workspaceId)),
    ),
  problems: procedure.meta({ role: "admin", audit: null }).query(async ({ ctx }) => {
    const { system } = ctx.database;
    return loadDeliveryProblems(system, await appsUsedAlone(system, ctx.actor.workspaceId));
  }),
});
