import { freeContentInput } from "@aparte/core/content-input.ts";
import type { SendMessageInput, SendTemplateInput } from "@aparte/core/inputs.ts";
import { filesOf, type FreeContent, type TemplateContent } from "@aparte/core/message-content.ts";
import { refused, type Refusal } from "@aparte/core/result.ts";
import { renderTemplate } from "@aparte/core/template-render.ts";
import { sql } from "drizzle-orm";
import { requireUploads } from "../media/service.ts";
import { storableText, type Tx } from "../platform/db.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { loadTemplate } from "../templates/service.ts";
import { asFilledIn, fillValues } from "./filled-values.ts";
import { kindsOfFiles } from "./files.ts";
import { mayLeave } from "./may-send.ts";
import { knownMessage, queueOnce, type Sent } from "./queue.ts";
import type { Place } from "./send-facts.ts";

/**
 * Queues anything that needs no template. The id is the client's: sent again it answers with the same message, never with
 * a second one. A reaction answers with the message that it is about.
 */
export function sendMessage(ctx: MemberContext, input: SendMessageInput): Promise<Sent> {
  return ctx.database.inWorkspace(ctx.actor.workspaceId, async (tx) => {
    const content = storableContent(input.content);
    const known = await knownMessage(tx, ctx, { ...input, content });
    if (known) return known;
    const isReaction = content.kind === "reaction";
    const target = await targetOf(tx, ctx, input);
    if (isReaction ? !canBeReactedTo(target, ctx.now()) : input.replyTo !== null && target === null) {
      return refused("messaging.target_missing");
    }
    const reason =
      (await mayLeave(tx, ctx, input, { kind: "free", content })) ?? (await upload(tx, ctx, input, content));
    if (reason) return reason;
    const place = isReaction
      ? { replyTo: null, aboutWamid: target?.wamid ?? null }
      : { replyTo: input.replyTo, aboutWamid: null };
    return queueOnce(tx, ctx, { ...input, content, category: "SERVICE", ...place });
  });
}

/** Queues a template with its values, stored as the bubble that the person will see. */
export function sendTemplate(ctx: MemberContext, input: SendTemplateInput): Promise<Sent> {
  return ctx.database.inWorkspace(ctx.actor.workspaceId, async (tx) => {
    const { workspaceId } = ctx.actor;
    const template = await loadTemplate(tx, workspaceId, input.templateId);
    if (!template) return refused("templates.not_found");
    const { id: templateId, name, language, category, shape } = template;
    const [filled = input] = await fillValues(tx, ctx, { workspaceId, shape }, [input]);
    const { values } = filled;
    const shown = asFilledIn(ctx, template);
    const bubble = renderTemplate(shown.shape, values);
    const content = { kind: "template", templateId, name, language, values, bubble } as const;
    const known = await knownMessage(tx, ctx, { ...input, content });
    if (known) return known;
    const reason =
      (await mayLeave(tx, ctx, input, { kind: "template", template: shown, values })) ??
      (await upload(tx, ctx, input, content));
    if (reason) return reason;
    return queueOnce(tx, ctx, { ...input, content, category, replyTo: null, aboutWamid: null });
  });
}

/** Text as Postgres can keep it, in every field. */
function storableContent(content: FreeContent): FreeContent {
  const json = JSON.stringify(content, (_key, value: unknown) =>
    typeof value === "string" ? storableText(value) : value,
  );
  return freeContentInput.parse(JSON.parse(json));
}

/** Starts the way of the files to Meta; the message waits in the lane until they are there. */
function upload(
  tx: Tx,
  ctx: MemberContext,
  { channelId }: Place,
  content: FreeContent | TemplateContent,
): Promise<Refusal | null> {
  const kinds = kindsOfFiles(content);
  const files = filesOf(content).map((fileId) => ({ fileId, kind: kinds.get(fileId) ?? "document" }));
  return requireUploads(tx, { workspaceId: ctx.actor.workspaceId, channelId }, files);
}

type Target = { readonly wamid: string | null; readonly kind: string; readonly at: string };

/** The message that is quoted or reacted to; null when it is not of this conversation. */
async function targetOf(tx: Tx, ctx: MemberContext, input: SendMessageInput): Promise<Target | null> {
  if (input.replyTo === null) return null;
  const [row] = await tx.execute<Target>(sql`
    select m.wamid, m.content ->> 'kind' as kind, m.at from messaging_messages m
    join messaging_conversations c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
    where m.workspace_id = ${ctx.actor.workspaceId} and m.id = ${input.replyTo} and m.about_wamid is null
      and c.channel_id = ${input.channelId} and c.contact_id = ${input.contactId}`);
  return row ?? null;
}

/** How old a message may be that is reacted to (Meta, "Reaction messages": 30 days). */
const reactableDays = 30;

/** Meta takes no reaction to a message that never reached it, that was deleted, or that is too old. */
function canBeReactedTo(target: Target | null, now: Date): boolean {
  if (target === null || target.wamid === null || target.kind === "deleted") return false;
  return now.getTime() - Date.parse(target.at) < reactableDays * 86_400_000;
}
