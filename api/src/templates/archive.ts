import { refused, type Outcome } from "@aparte/core/result.ts";
import { channelClient } from "../channels/client.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { channelOfAccount } from "./account.ts";
import { moveStatus } from "./move-status.ts";
import { templateRefusal } from "./refusal.ts";
import { loadTemplate } from "./service.ts";

/**
 * Puts a template away or brings it back. Meta archives what nobody used for a year, and deletes what stays archived for 28
 * days. Its webhook tells the new status too.
 */
export async function archiveTemplate(
  ctx: MemberContext,
  { templateId, archived }: { readonly templateId: string; readonly archived: boolean },
): Promise<Outcome<object>> {
  const { workspaceId } = ctx.actor;
  const template = await ctx.database.inWorkspace(workspaceId, (tx) => loadTemplate(tx, workspaceId, templateId));
  if (!template) return refused("templates.not_found");
  const channel = await channelOfAccount(ctx, workspaceId, template.wabaId);
  if (!channel) return refused("channels.not_found");
  const answer = await channelClient(ctx, channel).archiveTemplate(template.wabaId, template.metaId, archived);
  if (!answer.ok) return templateRefusal(answer);
  const move = { from: template.status, to: archived ? "ARCHIVED" : "APPROVED" } as const;
  await ctx.database.inWorkspace(workspaceId, (tx) => moveStatus(tx, ctx, template, move));
  return { ok: true };
}
