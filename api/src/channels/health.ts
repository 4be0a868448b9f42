import { judgeHealth, type HealthFacts, type HealthView } from "@aparte/core/channel-health.ts";
import type { Outcome } from "@aparte/core/result.ts";
import { refused } from "@aparte/core/result.ts";
import type { AccountFacts } from "@aparte/whatsapp/account-facts.ts";
import type { SubscribedApp } from "@aparte/whatsapp/account-calls.ts";
import { versionNews, type VersionNews } from "@aparte/whatsapp/graph-versions.ts";
import type { NumberFacts } from "@aparte/whatsapp/number-facts.ts";
import type { TokenFacts } from "@aparte/whatsapp/token-facts.ts";
import { publicUrl } from "../platform/env.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { channelClient } from "./client.ts";
import { loadNews, type AccountNews } from "./facts.ts";
import { loadChannel, type Channel } from "./service.ts";

/** Everything that an admin sees of a number. */
export type ChannelDetail = {
  /** What names the number at Meta. */
  readonly ids: Pick<Channel, "wabaId" | "phoneNumberId">;
  readonly health: readonly HealthView[];
  /** Meta's words; null where it tells none. */
  readonly number: Pick<NumberFacts, "status" | "nameStatus" | "newName" | "newNameStatus" | "throughput" | "official">;
  /** People to whom may be written first in 24 hours: TIER_2K … */
  readonly messagingLimit: string | null;
  readonly account: Pick<AccountFacts, "name" | "reviewStatus" | "businessVerification" | "currency">;
  readonly news: readonly AccountNews[];
  readonly version: { readonly inUse: string; readonly news: VersionNews | null };
};

const nothing = null;

/**
 * Reads how a number stands at Meta and judges it by the six checks. A call that fails leaves its facts unknown: the token
 * check then says why, instead of an error that hides the rest.
 */
export async function channelDetail(
  ctx: MemberContext,
  channelId: string,
): Promise<Outcome<{ readonly detail: ChannelDetail }>> {
  const { workspaceId } = ctx.actor;
  const known = await ctx.database.inWorkspace(workspaceId, async (tx) => {
    const channel = await loadChannel(tx, workspaceId, channelId);
    return channel && { channel, news: await loadNews(tx, workspaceId, channel.wabaId) };
  });
  if (!known) return refused("channels.not_found");
  const { channel, news } = known;
  const client = channelClient(ctx, channel);
  const { META_APP_ID: appId, META_APP_SECRET: appSecret, META_GRAPH_VERSION: inUse } = ctx.env;
  const [token, apps, number, account] = await Promise.all([
    client.debugToken({ appId, appSecret }),
    client.subscribedApps(channel.wabaId),
    client.numberFacts(channel.phoneNumberId),
    client.account(channel.wabaId),
  ]);
  if ([token, apps, number, account].every((answer) => !answer.ok && answer.error === null)) {
    return refused("messaging.connection_failed");
  }
  const told = {
    token: token.ok ? token.value : nothing,
    apps: apps.ok ? apps.value : nothing,
    number: number.ok ? number.value : nothing,
    account: account.ok ? account.value : nothing,
  };
  return {
    ok: true,
    detail: {
      ids: { wabaId: channel.wabaId, phoneNumberId: channel.phoneNumberId },
      health: judgeHealth(healthFacts(ctx, channel, told), ctx.now()),
      number: {
        status: told.number?.status ?? null,
        nameStatus: told.number?.nameStatus ?? null,
        newName: told.number?.newName ?? null,
        newNameStatus: told.number?.newNameStatus ?? null,
        throughput: told.number?.throughput ?? null,
        official: told.number?.official ?? null,
      },
      messagingLimit: told.number?.messagingLimit ?? told.account?.messagingLimit ?? null,
      account: {
        name: told.account?.name ?? null,
        reviewStatus: told.account?.reviewStatus ?? null,
        businessVerification: told.account?.businessVerification ?? null,
        currency: told.account?.currency ?? null,
      },
      news,
      version: { inUse, news: versionNews(inUse, ctx.now()) },
    },
  };
}

type Told = {
  readonly token: TokenFacts | null;
  readonly apps: readonly SubscribedApp[] | null;
  readonly number: NumberFacts | null;
  readonly account: AccountFacts | null;
};

function healthFacts(ctx: MemberContext, channel: Channel, { token, apps, number, account }: Told): HealthFacts {
  const parts = [...(number?.health?.parts ?? []), ...(account?.health?.parts ?? [])];
  return {
    token: { valid: token?.valid ?? false, scopes: token?.scopes ?? [], expiresAt: token?.expiresAt ?? null },
    webhooks: webhooksOf(ctx, channel, apps, number),
    number: {
      status: number?.status ?? null,
      nameStatus: number?.nameStatus ?? null,
      qualityRating: number?.qualityRating ?? "UNKNOWN",
      messagingLimit: number?.messagingLimit ?? null,
      isPinEnabled: number?.pinEnabled ?? null,
    },
    account: {
      reviewStatus: account?.reviewStatus ?? null,
      verificationStatus: account?.businessVerification ?? null,
      canPay: account === null ? null : account.fundingId !== null,
      blocked: parts
        .filter(({ canSend }) => canSend === "BLOCKED")
        .flatMap(({ type: entity, problems }) =>
          problems.map(({ description, solution }) => ({ entity, description, solution })),
        ),
    },
  };
}

/** The most special address wins at Meta: the number's, then the account's for our app, then the app's own. */
function webhooksOf(
  ctx: MemberContext,
  channel: Channel,
  apps: readonly SubscribedApp[] | null,
  number: NumberFacts | null,
): HealthFacts["webhooks"] {
  const ours = apps?.find((app) => app.appId === channel.appId);
  if (!ours) return "none";
  const callback = number?.callbacks.number ?? ours.callbackUrl ?? number?.callbacks.app ?? null;
  return callback === null || callback === `${publicUrl(ctx.env)}/webhooks/whatsapp` ? "ours" : "elsewhere";
}
