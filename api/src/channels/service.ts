import { isErrorCode, type ErrorCode } from "@aparte/core/errors.ts";
import type { ChannelView } from "@aparte/core/record-view.ts";
import type { MetaPhoneNumber } from "@aparte/whatsapp/phone-number.ts";
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import { channels } from "./tables.ts";

/** A channel as the server works with it: what everyone sees, and what is needed to speak for it. */
export type Channel = ChannelView & {
  readonly workspaceId: string;
  readonly appId: string;
  readonly wabaId: string;
  /** The business portfolio, in which BSUIDs count; the account stands for it until Meta told. */
  readonly portfolioId: string;
  readonly phoneNumberId: string;
  /** Opened only by `channelClient`. */
  readonly sealedToken: Uint8Array;
  /** Messages per second that Meta allows on this number. */
  readonly rate: number;
};

export type ChannelProblem = Extract<ErrorCode, `channels.${string}`>;

/** What is kept when Meta does not tell a number's status: then only sending shows whether it can. */
const untoldStatus = "UNKNOWN";

/** The states of a number in which it can send (Meta, phone number `status`); a flagged one may still recover. */
const sendingStatuses: ReadonlySet<string> = new Set(["CONNECTED", "FLAGGED", untoldStatus]);

const qualityRatings = ["GREEN", "YELLOW", "RED"] as const;

function toChannel(row: typeof channels.$inferSelect): Channel {
  const problem = problemOf(row);
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    appId: row.appId,
    wabaId: row.wabaId,
    portfolioId: row.portfolioId ?? row.wabaId,
    phoneNumberId: row.phoneNumberId,
    sealedToken: row.accessToken,
    rate: row.rate,
    displayPhoneNumber: row.displayPhoneNumber,
    verifiedName: row.verifiedName,
    qualityRating: qualityRatings.find((rating) => rating === row.qualityRating) ?? "UNKNOWN",
    usable: problem === null,
    problem,
  };
}

function problemOf({ problem, status }: Pick<typeof channels.$inferSelect, "problem" | "status">): ErrorCode | null {
  if (problem !== null && isErrorCode(problem)) return problem;
  return sendingStatuses.has(status) ? null : "channels.unusable";
}

/** The columns that hold what Meta says of a number, read just now: a problem noted before is no longer held against it. */
export function numberColumns(number: MetaPhoneNumber) {
  const { displayPhoneNumber, verifiedName, qualityRating, status } = number;
  return {
    displayPhoneNumber,
    verifiedName,
    qualityRating,
    status: status ?? untoldStatus,
    problem: null,
    refreshedAt: sql`now()`,
  };
}

/** Only what everyone who sends may see. */
export function channelView(channel: Channel): ChannelView {
  const { id, displayPhoneNumber, verifiedName, qualityRating, usable, problem } = channel;
  return { id, displayPhoneNumber, verifiedName, qualityRating, usable, problem };
}

/** The channels of a workspace, oldest first. */
export async function loadChannels(tx: Tx, workspaceId: string): Promise<Channel[]> {
  const found = await tx
    .select()
    .from(channels)
    .where(eq(channels.workspaceId, workspaceId))
    .orderBy(asc(channels.createdAt), asc(channels.id));
  return found.map(toChannel);
}

/** One channel of the workspace; null when there is none. */
export async function loadChannel(tx: Tx, workspaceId: string, channelId: string): Promise<Channel | null> {
  const [row] = await tx
    .select()
    .from(channels)
    .where(and(eq(channels.workspaceId, workspaceId), eq(channels.id, channelId)));
  return row ? toChannel(row) : null;
}

/** Where facts about a number belong, and the app through which it was connected. */
export type ChannelPlace = Pick<Channel, "workspaceId" | "id" | "appId" | "wabaId" | "portfolioId" | "phoneNumberId">;

const placeColumns = {
  workspaceId: channels.workspaceId,
  id: channels.id,
  appId: channels.appId,
  wabaId: channels.wabaId,
  portfolioId: sql<string>`coalesce(${channels.portfolioId}, ${channels.wabaId})`,
  phoneNumberId: channels.phoneNumberId,
};

/** The channels of these numbers, whatever workspace they are in. For the system role. */
export async function channelsByPhoneNumber(tx: Tx, phoneNumberIds: readonly string[]): Promise<ChannelPlace[]> {
  return phoneNumberIds.length === 0
    ? []
    : tx
        .select(placeColumns)
        .from(channels)
        .where(inArray(channels.phoneNumberId, [...phoneNumberIds]));
}

/** The channels of these WhatsApp Business accounts, whatever workspace they are in. For the system role. */
export async function channelsByAccount(tx: Tx, wabaIds: readonly string[]): Promise<ChannelPlace[]> {
  return wabaIds.length === 0
    ? []
    : tx
        .select(placeColumns)
        .from(channels)
        .where(inArray(channels.wabaId, [...wabaIds]));
}

/**
 * The apps through which this workspace is connected and no other is. A body that could not be read belongs to an app and to
 * no workspace, so it may only be told of where the app says whose it is. For the system role.
 */
export async function appsUsedAlone(system: Pick<Tx, "execute">, workspaceId: string): Promise<string[]> {
  const found = await system.execute<{ appId: string }>(sql`
    select distinct c.app_id as "appId" from channels c
    where c.workspace_id = ${workspaceId} and not exists (
      select from channels o where o.app_id = c.app_id and o.workspace_id <> c.workspace_id)`);
  return found.map(({ appId }) => appId);
}

/** Notes why Meta refuses to send from a channel, so that nobody is offered it; null when it sends again. */
export async function markChannelProblem(
  tx: Tx,
  workspaceId: string,
  channelId: string,
  problem: ChannelProblem | null,
): Promise<void> {
  const changed = await tx
    .update(channels)
    .set({ problem })
    .where(
      and(
        eq(channels.workspaceId, workspaceId),
        eq(channels.id, channelId),
        sql`${channels.problem} is distinct from ${problem}`,
      ),
    )
    .returning({ channelId: channels.id });
  await emit(
    tx,
    changed.map((payload) => ({ name: "channel.refreshed" as const, workspaceId, payload })),
  );
}
