import type { ErrorCode } from "@aparte/core/errors.ts";
import { refused, type Outcome, type Refusal } from "@aparte/core/result.ts";
import type { CallResult } from "@aparte/whatsapp/call.ts";
import type { WhatsAppClient } from "@aparte/whatsapp/client.ts";
import { ourErrorCode } from "@aparte/whatsapp/errors.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { emit } from "../platform/events.ts";
import { channelClient } from "./client.ts";
import { loadChannel, type Channel } from "./service.ts";

export type Question<T> = (client: WhatsAppClient, channel: Channel) => Promise<CallResult<T>>;

/**
 * Asks Meta something in the name of a channel, outside any transaction. What Meta holds is read there each time: a copy
 * would only be a second truth. Meta's own words, where it gives any, come along as the fact `details`.
 */
export async function askMeta<T>(
  ctx: MemberContext,
  channelId: string,
  question: Question<T>,
): Promise<Outcome<{ readonly value: T }>> {
  const { workspaceId } = ctx.actor;
  const channel = await ctx.database.inWorkspace(workspaceId, (tx) => loadChannel(tx, workspaceId, channelId));
  if (!channel) return refused("channels.not_found");
  const answer = await question(channelClient(ctx, channel), channel);
  return answer.ok ? answer : metaRefusal(answer);
}

/** The same for something that changes the channel at Meta; `what` names it in the audit trail. */
export async function changeAtMeta<T>(
  ctx: MemberContext,
  { channelId, what }: { readonly channelId: string; readonly what: string },
  question: Question<T>,
): Promise<Outcome<{ readonly value: T }>> {
  const answer = await askMeta(ctx, channelId, question);
  if (!answer.ok) return answer;
  const { workspaceId, userId: actor } = ctx.actor;
  await ctx.database.inWorkspace(workspaceId, (tx) =>
    emit(tx, [{ name: "channel.changed", workspaceId, actor, payload: { channelId, what } }]),
  );
  return answer;
}

/** Meta's codes for a wrong PIN and for registering too often (133005, 133016). */
const ownWords: ReadonlyMap<number, ErrorCode> = new Map([
  [133_005, "channels.pin_wrong"],
  [133_016, "channels.too_often"],
]);

function metaRefusal(result: Extract<CallResult<unknown>, { ok: false }>): Refusal {
  if (result.error === null) return refused("messaging.connection_failed");
  const { code, details, title } = result.error;
  const ours = ownWords.get(code) ?? ourErrorCode(code);
  // What is refused here is a setting, whatever the same number means for a message.
  const reason = ours.startsWith("channels.") || ours === "messaging.rate_limited" ? ours : "channels.refused";
  return refused(reason, { details: details ?? title });
}
