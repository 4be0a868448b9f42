import type { MaySendInput } from "@aparte/core/inputs.ts";
import { isFreeContent, type FreeContent, type TemplateContent } from "@aparte/core/message-content.ts";
import { refused, type Outcome, type Refusal } from "@aparte/core/result.ts";
import { decideSend, sendRefusal, type SendDecision, type SendIntent } from "@aparte/core/send-decision.ts";
import type { TemplateView } from "@aparte/core/template.ts";
import { loadChannel } from "../channels/service.ts";
import { loadContact } from "../contacts/service.ts";
import type { Tx } from "../platform/db.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { loadTemplate } from "../templates/service.ts";
import { asFilledIn } from "./filled-values.ts";
import { loadSendFacts, type Place } from "./send-facts.ts";

/** An intent with all its words. */
export type WrittenIntent =
  | { readonly kind: "free"; readonly content: FreeContent }
  | { readonly kind: "template"; readonly template: TemplateView; readonly values: TemplateContent["values"] };

/** What a stored content is to the gate. */
export async function intentOf(
  tx: Tx,
  workspaceId: string,
  content: FreeContent | TemplateContent,
): Promise<WrittenIntent> {
  if (isFreeContent(content)) return { kind: "free", content };
  const template = await loadTemplate(tx, workspaceId, content.templateId);
  if (!template) throw new Error("A queued message has lost its template.");
  return { kind: "template", template, values: content.values };
}

/** Why a person at work may not send this now, with every reason; null when they may. */
export async function mayLeave(tx: Tx, ctx: MemberContext, place: Place, intent: SendIntent): Promise<Refusal | null> {
  const asked = await decide(tx, ctx, place, intent);
  return asked.ok ? sendRefusal(asked.decision) : asked;
}

/** The gate's whole answer before anything is written or filled in: what a person at work may send to somebody now, and why not. */
export function maySend(ctx: MemberContext, input: MaySendInput): Promise<Outcome<{ decision: SendDecision }>> {
  const { workspaceId } = ctx.actor;
  return ctx.database.inWorkspace(workspaceId, async (tx) => {
    if (input.intent.kind === "free") return decide(tx, ctx, input, { kind: "free", content: null });
    const { templateId, values } = input.intent;
    const template = await loadTemplate(tx, workspaceId, templateId);
    if (!template) return refused("templates.not_found");
    return decide(tx, ctx, input, { kind: "template", template: asFilledIn(ctx, template), values });
  });
}

async function decide(
  tx: Tx,
  ctx: MemberContext,
  { contactId, channelId }: Place,
  intent: SendIntent,
): Promise<Outcome<{ decision: SendDecision }>> {
  const { workspaceId } = ctx.actor;
  const channel = await loadChannel(tx, workspaceId, channelId);
  if (!channel) return refused("channels.not_found");
  if (!(await loadContact(tx, workspaceId, contactId))) return refused("contacts.not_found");
  const facts = await loadSendFacts(tx, { workspaceId, contactId, channel, origin: "person" }, ctx.now());
  return { ok: true, decision: decideSend(intent, facts) };
}
