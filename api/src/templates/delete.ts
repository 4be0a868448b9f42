import { refused, type Outcome } from "@aparte/core/result.ts";
import type { DeleteTemplateInput } from "@aparte/core/template-input.ts";
import { sql } from "drizzle-orm";
import { channelClient } from "../channels/client.ts";
import { loadChannel } from "../channels/service.ts";
import { emit } from "../platform/events.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { templateRefusal } from "./refusal.ts";
import { scheduleSyncs } from "./schedule.ts";
import { listAccountTemplates, loadTemplate } from "./service.ts";

/**
 * Deletes a template at Meta, in one language or in all. Messages that are on their way still arrive; the name of one that
 * was approved cannot be used again for 30 days. Meta deletes no template that it switched off.
 */
export async function deleteTemplate(
  ctx: MemberContext,
  { channelId, name, templateId }: DeleteTemplateInput,
): Promise<Outcome<object>> {
  const { workspaceId, userId: actor } = ctx.actor;
  const known = await ctx.database.inWorkspace(workspaceId, async (tx) => {
    const channel = await loadChannel(tx, workspaceId, channelId);
    if (!channel) return null;
    const ofName = (await listAccountTemplates(tx, workspaceId, channel.wabaId)).filter((one) => one.name === name);
    const template = templateId === null ? null : await loadTemplate(tx, workspaceId, templateId);
    return { channel, doomed: templateId === null ? ofName : ofName.filter(({ id }) => id === templateId), template };
  });
  if (!known) return refused("channels.not_found");
  const { channel, doomed, template } = known;
  if (doomed.length === 0) return refused("templates.not_found");
  if (doomed.some(({ status }) => status === "DISABLED")) return refused("templates.not_deletable");
  const answer = await channelClient(ctx, channel).deleteTemplate(channel.wabaId, name, template?.metaId ?? null);
  return ctx.database.inWorkspace(workspaceId, async (tx) => {
    if (!answer.ok) {
      // Whatever Meta did, the next reading of the list tells.
      await scheduleSyncs(tx, [channel]);
      return templateRefusal(answer);
    }
    for (const { id } of doomed) {
      await tx.execute(sql`
        update templates set status = 'DELETED', synced_at = now() where workspace_id = ${workspaceId} and id = ${id}`);
    }
    const payloads = doomed.map(({ id }) => ({ templateId: id, status: "DELETED" }));
    await emit(
      tx,
      payloads.map((payload) => ({ name: "template.changed" as const, workspaceId, actor, payload })),
    );
    return { ok: true };
  });
}
