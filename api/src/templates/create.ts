import { refused, type Outcome } from "@aparte/core/result.ts";
import type { CreateTemplateInput } from "@aparte/core/template-input.ts";
import { loadChannel } from "../channels/service.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { earlierAnswer, handIn } from "./hand-in.ts";
import { asListed } from "./listed.ts";
import { ownPreferencePage } from "../consent/preference-link.ts";
import { listTemplates } from "./service.ts";
import { addTemplate } from "./sync.ts";

/**
 * Hands a new template, or another language of a known one, in for review. Meta may take it under another category than
 * was asked for: its answer counts.
 */
export async function createTemplate(
  ctx: MemberContext,
  { id, channelId, definition }: CreateTemplateInput,
): Promise<Outcome<{ readonly templateId: string }>> {
  const { workspaceId } = ctx.actor;
  const earlier = await earlierAnswer(ctx, id);
  if (earlier) return earlier;
  const known = await ctx.database.inWorkspace(workspaceId, async (tx) => {
    const channel = await loadChannel(tx, workspaceId, channelId);
    return channel && { channel, others: await listTemplates(tx, workspaceId, channel.wabaId) };
  });
  if (!known) return refused("channels.not_found");
  const { channel, others } = known;
  return handIn(ctx, {
    channel,
    version: { id, templateId: null, definition },
    context: { others, changes: null, preferencePage: ownPreferencePage(ctx) },
    send: (client, withHandles) => client.createTemplate(channel.wabaId, withHandles),
    taken: (tx, receipt) => addTemplate(tx, channel, asListed(definition, receipt), ctx.actor.userId),
  });
}
