import { isErrorCode, type ErrorCode } from "@aparte/core/errors.ts";
import type { ChannelView } from "@aparte/core/record-view.ts";
import { and, asc, eq, sql } from "drizzle-orm";
import { rows, type Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import { channels } from "./tables.ts";

/** A channel as the server works with it: what everyone sees, and what is needed to speak for it. */
export type Channel = ChannelView & {
  readonly workspaceId: string;
  readonly appId: string;
  readonly wabaId: string;
  readonly phoneNumberId: string;
  /** Opened only by `channelClient`. */
  readonly sealedToken: Uint8Array;
  /** Messages per second that Meta allows on this number. */
  readonly rate: number;
};

export type ChannelProblem = Extract<ErrorCode, `channels.${string}`>;

/** The states of a number in which it can send (Meta, phone number `status`); a flagged one may still recover. */
const sendingStatuses: ReadonlySet<string> = new Set(["CONNECTED", "FLAGGED"]);

const qualityRatings = ["GREEN", "YELLOW", "RED"] as const;

function toChannel(row: typeof channels.$inferSelect): Channel {
  const problem = problemOf(row);
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    appId: row.appId,
    wabaId: row.wabaId,
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

/** Where facts about a number belong. */
export type ChannelPlace = {
  readonly workspaceId: string;
  readonly channelId: string;
  readonly wabaId: string;
  readonly phoneNumberId: string;
};

/**
 * The channels of these numbers, across workspaces, among those of the app that signed: an app's signature only speaks
 * for the numbers that were connected through it.
 */
export async function channelsByPhoneNumber(
  tx: Tx,
  phoneNumberIds: readonly string[],
  appId: string,
): Promise<ChannelPlace[]> {
  return tx.execute<ChannelPlace>(sql`
    select workspace_id as "workspaceId", id as "channelId", waba_id as "wabaId", phone_number_id as "phoneNumberId"
    from channels c
    join jsonb_to_recordset(${rows(phoneNumberIds.map((id) => ({ id })))}) as r(id text) on r.id = c.phone_number_id
    where c.app_id = ${appId}`);
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
