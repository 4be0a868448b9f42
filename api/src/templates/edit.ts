import { refused, type Outcome } from "@aparte/core/result.ts";
import { editAllowance } from "@aparte/core/template-edits.ts";
import type { EditTemplateInput } from "@aparte/core/template-input.ts";
import type { EditableTemplate } from "@aparte/core/template-version.ts";
import type { MetaTemplate } from "@aparte/whatsapp/template.ts";
import { and, eq, sql } from "drizzle-orm";
import { channelClient } from "../channels/client.ts";
import type { Channel } from "../channels/service.ts";
import { rows, type Tx } from "../platform/db.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { channelOfAccount } from "./account.ts";
import { earlierAnswer, handIn } from "./hand-in.ts";
import { templateRefusal } from "./refusal.ts";
import { asListed } from "./listed.ts";
import { ownPreferencePage } from "../consent/preference-link.ts";
import { listTemplates, loadTemplate, type StoredTemplate } from "./service.ts";
import { moveStatus } from "./move-status.ts";
import { templates } from "./tables.ts";
import { editTimes } from "./versions.ts";

/**
 * Hands new words for a template in for review. It is not offered until Meta has looked at it: sends of a template under
 * review are refused.
 */
export async function editTemplate(
  ctx: MemberContext,
  { id, templateId, definition }: EditTemplateInput,
): Promise<Outcome<{ readonly templateId: string }>> {
  const { workspaceId } = ctx.actor;
  const earlier = await earlierAnswer(ctx, id);
  if (earlier) return earlier;
  const found = await findEditable(ctx, templateId);
  if (!found.ok) return found;
  const { template, channel, allowance } = found;
  if (allowance.can === "never") return refused("templates.not_editable", { status: template.status });
  if (allowance.can === "later") return refused("templates.edit_limit", { from: allowance.from });
  const others = await ctx.database.inWorkspace(workspaceId, (tx) => listTemplates(tx, workspaceId, template.wabaId));
  return handIn(ctx, {
    channel,
    version: { id, templateId, definition },
    context: { others, changes: template, preferencePage: ownPreferencePage(ctx) },
    before: (tx) => moveStatus(tx, ctx, template, { from: template.status, to: "PENDING" }),
    undo: (tx) => moveStatus(tx, ctx, template, { from: "PENDING", to: template.status }),
    send: (client, withHandles) => client.editTemplate(template.metaId, withHandles),
    taken: async (tx) => {
      await writeWords(
        tx,
        workspaceId,
        templateId,
        asListed(definition, { ...template, category: definition.category }),
      );
      return templateId;
    },
  });
}

/** A template as Meta has it now, with what is known about whether it can be changed. */
export async function editableTemplate(ctx: MemberContext, templateId: string): Promise<Outcome<EditableTemplate>> {
  const found = await findEditable(ctx, templateId);
  if (!found.ok) return found;
  const answer = await channelClient(ctx, found.channel).templateDefinition(found.template.metaId);
  if (!answer.ok) return templateRefusal(answer);
  const { definition } = answer.value;
  if (definition === null) return refused("templates.unsupported", { parts: found.template.unsupported.join(", ") });
  return { ok: true, definition, allowance: found.allowance };
}

type Found = {
  readonly template: StoredTemplate;
  readonly channel: Channel;
  readonly allowance: EditableTemplate["allowance"];
};

async function findEditable(ctx: MemberContext, templateId: string): Promise<Outcome<Found>> {
  const { workspaceId } = ctx.actor;
  const known = await ctx.database.inWorkspace(workspaceId, async (tx) => {
    const template = await loadTemplate(tx, workspaceId, templateId);
    return template && { template, edits: await editTimes(tx, workspaceId, templateId) };
  });
  if (!known) return refused("templates.not_found");
  const { template, edits } = known;
  const channel = await channelOfAccount(ctx, workspaceId, template.wabaId);
  if (!channel) return refused("channels.not_found");
  return { ok: true, template, channel, allowance: editAllowance(template.status, edits, ctx.now()) };
}

/** From here on these are its words: the review decides whether they may be sent. */
async function writeWords(tx: Tx, workspaceId: string, templateId: string, listed: MetaTemplate): Promise<void> {
  const { shape, unsupported, category } = listed;
  await tx
    .update(templates)
    .set({ shape: sql`${rows([shape])} -> 0`, unsupported: [...unsupported], category, syncedAt: sql`now()` })
    .where(and(eq(templates.workspaceId, workspaceId), eq(templates.id, templateId)));
}
