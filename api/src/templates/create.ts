import { refused, type Outcome } from "@aparte/core/result.ts";
import type { TemplateDefinition } from "@aparte/core/template-definition.ts";
import type { CreateTemplateInput } from "@aparte/core/template-input.ts";
import type { TemplateReceipt } from "@aparte/whatsapp/template-admin.ts";
import { readTemplate, type MetaTemplate } from "@aparte/whatsapp/template.ts";
import { templateBody } from "@aparte/whatsapp/template-wire.ts";
import { loadChannel } from "../channels/service.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { earlierAnswer, handIn } from "./hand-in.ts";
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
    context: { others, changes: null },
    send: (client, withHandles) => client.createTemplate(channel.wabaId, withHandles),
    taken: (tx, receipt) => addTemplate(tx, channel, asListed(definition, receipt), ctx.actor.userId),
  });
}

/** The new template as Meta will list it; the ids of our sample files are nothing that others could open. */
function asListed(definition: TemplateDefinition, { metaId, ...receipt }: TemplateReceipt): MetaTemplate {
  const listed = readTemplate({ ...templateBody(definition), ...receipt, id: metaId });
  if (listed === null) throw new Error("A definition that was handed in cannot be read back");
  return listed;
}
