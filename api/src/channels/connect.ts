import type { ConnectChannelInput } from "@aparte/core/inputs.ts";
import type { ChannelView } from "@aparte/core/record-view.ts";
import { refused, type Outcome, type Refusal } from "@aparte/core/result.ts";
import type { WhatsAppClient } from "@aparte/whatsapp/client.ts";
import type { MetaPhoneNumber } from "@aparte/whatsapp/phone-number.ts";
import { and, eq, ne, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { Deps } from "../platform/context.ts";
import type { Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { accountRefusal, clientFor, tokenPlace } from "./client.ts";
import { channelView, loadChannel, numberColumns } from "./service.ts";
import { subscribeHere } from "./subscribe.ts";
import { channels } from "./tables.ts";

type Connected = Outcome<{ readonly channel: ChannelView }>;

/** What a token can consist of; a pasted line break is no reason to ask Meta. */
const tokenCharacters = /^[\x21-\x7E]+$/;

/**
 * Connects a number, or gives a connected one another token: the token must see the number in its account, Meta must
 * reach our webhook, and no other workspace of this server may have the number. Only then anything is stored.
 */
export async function connectChannel(ctx: MemberContext, input: ConnectChannelInput): Promise<Connected> {
  if (!tokenCharacters.test(input.accessToken)) return refused("channels.token_invalid");
  const client = clientFor(ctx, input.accessToken);
  const found = await findNumber(client, input);
  if (!found.ok) return found;
  const { workspaceId } = ctx.actor;
  if (await isTaken(ctx.database.system, workspaceId, input.phoneNumberId)) return refused("channels.number_taken");
  const account = await client.account(input.wabaId);
  if (!account.ok) return refused(accountRefusal(account));
  const subscribed = await subscribeHere(ctx, client, input.wabaId);
  if (!subscribed.ok) return refused(subscriptionRefusal(subscribed));
  return ctx.database.system.transaction(async (tx) => {
    // Two workspaces that connect one number at the same moment wait here for one another.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${input.phoneNumberId}, 1))`);
    if (await isTaken(tx, workspaceId, input.phoneNumberId)) return refused("channels.number_taken");
    const { portfolioId } = account.value;
    const channelId = await store(tx, ctx, { ...input, portfolioId }, found.number);
    await emit(tx, [{ name: "channel.connected", workspaceId, actor: ctx.actor.userId, payload: { channelId } }]);
    const channel = await loadChannel(tx, workspaceId, channelId);
    if (!channel) throw new Error("A channel was stored and not found again.");
    return { ok: true, channel: channelView(channel) };
  });
}

async function findNumber(
  client: WhatsAppClient,
  { wabaId, phoneNumberId }: ConnectChannelInput,
): Promise<{ readonly ok: true; readonly number: MetaPhoneNumber } | Refusal> {
  const answer = await client.accountPhoneNumbers(wabaId);
  if (!answer.ok) return refused(accountRefusal(answer));
  const number = answer.value.find((candidate) => candidate.phoneNumberId === phoneNumberId);
  return number ? { ok: true, number } : refused("channels.number_not_in_account");
}

/** Meta's code for a callback that did not answer its challenge. */
const callbackFailed = 2200;

function subscriptionRefusal(result: Parameters<typeof accountRefusal>[0]) {
  return result.error?.code === callbackFailed ? "channels.webhook_unreachable" : accountRefusal(result);
}

async function isTaken(tx: Pick<Tx, "select">, workspaceId: string, phoneNumberId: string): Promise<boolean> {
  const others = await tx
    .select({ id: channels.id })
    .from(channels)
    .where(and(eq(channels.phoneNumberId, phoneNumberId), ne(channels.workspaceId, workspaceId)))
    .limit(1);
  return others.length > 0;
}

/** A number that is connected already keeps its id, so that its conversations go on. */
async function store(
  tx: Tx,
  { actor, env, vault }: Pick<Deps, "env" | "vault"> & Pick<MemberContext, "actor">,
  { wabaId, phoneNumberId, accessToken, portfolioId }: ConnectChannelInput & { readonly portfolioId: string | null },
  number: MetaPhoneNumber,
): Promise<string> {
  const { workspaceId } = actor;
  const mine = and(eq(channels.workspaceId, workspaceId), eq(channels.phoneNumberId, phoneNumberId));
  const [known] = await tx.select({ id: channels.id }).from(channels).where(mine);
  const id = known?.id ?? uuidv7();
  const told = {
    ...numberColumns(number),
    appId: env.META_APP_ID,
    wabaId,
    portfolioId,
    accessToken: vault.seal(accessToken, tokenPlace(workspaceId, id)),
  };
  await (known
    ? tx.update(channels).set(told).where(mine)
    : tx.insert(channels).values({ workspaceId, id, phoneNumberId, ...told }));
  return id;
}
