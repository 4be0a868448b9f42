import { refused, type Outcome } from "@aparte/core/result.ts";
import type { TakeFromLibraryInput, TemplateLibraryInput } from "@aparte/core/template-input.ts";
import type { LibraryTemplate } from "@aparte/whatsapp/template-library.ts";
import { channelClient } from "../channels/client.ts";
import { loadChannel, type Channel } from "../channels/service.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { templateRefusal } from "./refusal.ts";
import { addTemplate } from "./sync.ts";

/** What Meta offers ready-made: approved at once, with words that cannot be changed. */
export async function searchLibrary(
  ctx: MemberContext,
  { channelId, language, search }: TemplateLibraryInput,
): Promise<Outcome<{ readonly templates: readonly LibraryTemplate[] }>> {
  const channel = await channelOf(ctx, channelId);
  if (!channel) return refused("channels.not_found");
  const answer = await channelClient(ctx, channel).templateLibrary({ language, search });
  return answer.ok ? { ok: true, templates: answer.value } : templateRefusal(answer);
}

/** Makes a template of the library our own, under a name of ours. */
export async function takeFromLibrary(
  ctx: MemberContext,
  { channelId, libraryName, language, name, buttonTargets }: TakeFromLibraryInput,
): Promise<Outcome<{ readonly templateId: string }>> {
  const channel = await channelOf(ctx, channelId);
  if (!channel) return refused("channels.not_found");
  const client = channelClient(ctx, channel);
  const found = await client.templateLibrary({ language, search: libraryName });
  if (!found.ok) return templateRefusal(found);
  const original = found.value.find((one) => one.name === libraryName && one.language === language);
  if (!original) return refused("templates.not_found");
  const { category, shape } = original;
  const order = { name, language, category, libraryName, buttonTargets, buttons: shape.buttons };
  const answer = await client.createFromLibrary(channel.wabaId, order);
  if (!answer.ok) return templateRefusal(answer);
  const { workspaceId, userId } = ctx.actor;
  const listed = { ...answer.value, name, language, shape, rejectedReason: null, unsupported: [], quality: null };
  const templateId = await ctx.database.inWorkspace(workspaceId, (tx) =>
    addTemplate(tx, channel, { ...listed, upcomingCategory: null }, userId),
  );
  return { ok: true, templateId };
}

function channelOf(ctx: MemberContext, channelId: string): Promise<Channel | null> {
  const { workspaceId } = ctx.actor;
  return ctx.database.inWorkspace(workspaceId, (tx) => loadChannel(tx, workspaceId, channelId));
}
