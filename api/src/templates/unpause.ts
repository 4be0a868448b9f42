import { refused, type Outcome } from "@aparte/core/result.ts";
import { channelClient } from "../channels/client.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { channelOfAccount } from "./account.ts";
import { moveStatus } from "./move-status.ts";
import { templateRefusal } from "./refusal.ts";
import { loadTemplate } from "./service.ts";

/** Asks Meta to let a paused template be sent again before its pause is over. Its webhook tells it too. */
export async function unpauseTemplate(ctx: MemberContext, templateId: string): Promise<Outcome<object>> {
  const { workspaceId } = ctx.actor;
  const template = await ctx.database.inWorkspace(workspaceId, (tx) => loadTemplate(tx, workspaceId, templateId));
  if (!template) return refused("templates.not_found");
  const channel = await channelOfAccount(ctx, workspaceId, template.wabaId);
  if (!channel) return refused("channels.not_found");
  const answer = await channelClient(ctx, channel).unpauseTemplate(template.metaId);
  if (!answer.ok) return templateRefusal(answer);
  const move = { from: template.status, to: "APPROVED" } as const;
  await ctx.database.inWorkspace(workspaceId, (tx) => moveStatus(tx, ctx, template, move));
  return { ok: true };
}
