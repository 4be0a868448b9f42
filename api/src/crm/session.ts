import type { CrmAdapter, CrmSession, CrmTokens } from "@aparte/crm/adapter.ts";
import type { CrmExpired, CrmLater, CrmRefusal } from "@aparte/crm/outcome.ts";
import type { Urgency } from "@aparte/crm/rate.ts";
import { and, eq, sql } from "drizzle-orm";
import type { Deps } from "../platform/context.ts";
import type { Tx } from "../platform/db.ts";
import { adapterFor, endConnection, toConnection, tokenPlace, type Connection } from "./connections.ts";
import { limitReached, pacerFor, restAsAsked, type Pacer } from "./pace.ts";
import { connections } from "./tables.ts";

/** What a call to the CRM is made with. */
export type Speaker = { readonly adapter: CrmAdapter; readonly session: CrmSession; readonly connection: Connection };

/** Why a call came to nothing. A token that ended is none of the reasons: it is exchanged and the call made again. */
export type SessionFailure = CrmRefusal | CrmLater;

type Row = typeof connections.$inferSelect;

/** The share of its life after which an access token is exchanged (HubSpot asks not to wait for a 401). */
const refreshShare = 0.8;

/** The columns that hold what a grant brought, each secret sealed to its place. */
export function grantColumns(deps: Pick<Deps, "vault">, workspaceId: string, id: string, tokens: CrmTokens) {
  const { accessToken, refreshToken, expiresInSeconds, apiUrl } = tokens;
  const after = (share: number) =>
    expiresInSeconds === null ? null : sql`now() + make_interval(secs => ${expiresInSeconds * share})`;
  const seal = (column: "access_token" | "refresh_token", token: string) =>
    deps.vault.seal(token, tokenPlace(column, workspaceId, id));
  return {
    accessToken: seal("access_token", accessToken),
    refreshToken: seal("refresh_token", refreshToken ?? ""),
    apiUrl,
    refreshAt: after(refreshShare),
    accessExpiresAt: after(1),
  };
}

type Work<T> = (speaker: Speaker) => Promise<T | CrmExpired>;

/**
 * Does something with a CRM in the name of a connection, for a person who waits. When the CRM no longer takes the access
 * token, it is exchanged and the work done once more; when the customer took the right away, the connection is marked as
 * ended, so that nobody asks again in vain.
 */
export function withSession<T extends { readonly outcome: string }>(
  deps: Deps,
  workspaceId: string,
  connectionId: string,
  work: Work<T>,
): Promise<T | SessionFailure> {
  return speak(deps, { workspaceId, connectionId, urgency: "people" }, work);
}

/** The same for work that nobody waits for: it leaves a share of the CRM's limits to people. */
export function inBackground<T extends { readonly outcome: string }>(
  deps: Deps,
  workspaceId: string,
  connectionId: string,
  work: Work<T>,
): Promise<T | SessionFailure> {
  return speak(deps, { workspaceId, connectionId, urgency: "background" }, work);
}

type Place = { readonly workspaceId: string; readonly connectionId: string; readonly urgency: Urgency };

async function speak<T extends { readonly outcome: string }>(
  deps: Deps,
  place: Place,
  work: Work<T>,
): Promise<T | SessionFailure> {
  const { workspaceId, connectionId } = place;
  const pacer = pacerFor(deps, place);
  const opened = await openSession(deps, place, null);
  if ("outcome" in opened) return opened;
  let speaker = opened;
  let result = await work(paced(speaker, pacer));
  if (isExpired(result)) {
    const renewed = await openSession(deps, place, opened.session.accessToken);
    if ("outcome" in renewed) return renewed;
    speaker = renewed;
    result = await work(paced(speaker, pacer));
  }
  await pacer.finish();
  // A token that was refused as soon as it was given: the grant is worth nothing any more.
  const settled: T | SessionFailure = isExpired(result) ? ended : result;
  const hasEnded = "reason" in settled && settled.reason === ended.reason;
  if (hasEnded) return endUnlessReplaced(deps, speaker);
  const waitMs = isRateLimited(settled) ? settled.retryAfterMs : 0;
  if (waitMs > 0) {
    await deps.database.inWorkspace(workspaceId, (tx) => restAsAsked(tx, workspaceId, connectionId, waitMs));
  }
  return settled;
}

/**
 * The CRM takes the token no more: that ends the connection, unless somebody connected anew or exchanged the token while the
 * call was under way. Then it is to be made again.
 */
async function endUnlessReplaced(deps: Deps, { adapter, connection, session }: Speaker): Promise<SessionFailure> {
  const { workspaceId, id } = connection;
  return deps.database.inWorkspace(workspaceId, async (tx) => {
    const mine = and(eq(connections.workspaceId, workspaceId), eq(connections.id, id));
    const [row] = await tx.select().from(connections).where(mine).for("no key update");
    if (!row || row.state === "ended") return ended;
    const isSame = speakerOf(deps, adapter, row).session.accessToken === session.accessToken;
    return isSame ? endNow(tx, row) : { outcome: "later", retryAfterMs: 0, reason: "token_replaced" };
  });
}

function isExpired(result: { readonly outcome: string }): result is CrmExpired {
  return result.outcome === "expired";
}

function isRateLimited(result: { readonly outcome: string }): result is CrmLater {
  return result.outcome === "later" && "reason" in result && result.reason === "rate_limited";
}

function paced(speaker: Speaker, { beforeRequest, onRate }: Pacer): Speaker {
  return { ...speaker, session: { ...speaker.session, beforeRequest, onRate } };
}

const ended = {
  outcome: "refused",
  reason: "crm.connection_ended",
  details: null,
  correlationId: null,
} as const satisfies SessionFailure;

/**
 * A token to speak with, exchanged when its time has come or when it is the one that the CRM has just refused.
 * @param refusedToken null when none was refused.
 */
async function openSession(
  deps: Deps,
  { workspaceId, connectionId, urgency }: Place,
  refusedToken: string | null,
): Promise<Speaker | SessionFailure> {
  const mine = and(eq(connections.workspaceId, workspaceId), eq(connections.id, connectionId));
  const rest = urgency === "people" ? connections.pausedUntil : sql`greatest(paused_until, background_paused_until)`;
  const state = {
    row: connections,
    due: sql<boolean>`coalesce(${connections.refreshAt} <= now(), false)`,
    over: sql<boolean>`coalesce(${connections.accessExpiresAt} <= now(), false)`,
    restMs: sql<number>`greatest(extract(epoch from ${rest} - now()) * 1000, 0)::float8`,
  };
  const [found] = await deps.database.inWorkspace(workspaceId, (tx) => tx.select(state).from(connections).where(mine));
  const adapter = found && adapterFor(deps.env, toConnection(found.row).crm);
  if (!found || !adapter || found.row.state === "ended") return ended;
  if (found.restMs > 0) return { outcome: "later", retryAfterMs: found.restMs, reason: limitReached };
  const known = speakerOf(deps, adapter, found.row);
  // Somebody else may have exchanged the refused one already.
  if (!found.due && known.session.accessToken !== refusedToken) return known;
  return deps.database.inWorkspace(workspaceId, async (tx) => {
    // While the old token still serves, whoever finds the exchange under way goes on with it; afterwards all wait.
    const mayGoOn = !found.over && refusedToken === null;
    const query = tx.select(state).from(connections).where(mine);
    const [locked] = await query.for("no key update", mayGoOn ? { skipLocked: true } : {});
    if (!locked) return known;
    if (locked.row.state === "ended") return ended;
    const stored = speakerOf(deps, adapter, locked.row);
    if (!locked.due && stored.session.accessToken !== refusedToken) return stored;
    return refresh(tx, deps, adapter, locked.row);
  });
}

/**
 * Exchanges the token under the row's lock, so that a hundred calls at once make one exchange, and stores the whole answer
 * before the lock is given back: with it may have come another refresh token, and then the old one is dead. When the process
 * dies before that, the next call asks again with the one that is stored; what a CRM offers in that case, its adapter knows.
 */
async function refresh(tx: Tx, deps: Deps, adapter: CrmAdapter, row: Row): Promise<Speaker | SessionFailure> {
  const answer = await adapter.refresh(grantOf(deps, row));
  if (answer.outcome === "expired") return endNow(tx, row);
  if (answer.outcome !== "done") {
    return answer.outcome === "refused" && answer.reason === ended.reason ? endNow(tx, row) : answer;
  }
  const { refreshToken, ...rest } = grantColumns(deps, row.workspaceId, row.id, answer.tokens);
  const [renewed] = await tx
    .update(connections)
    .set(answer.tokens.refreshToken === null ? rest : { ...rest, refreshToken })
    .where(and(eq(connections.workspaceId, row.workspaceId), eq(connections.id, row.id)))
    .returning();
  if (!renewed) throw new Error("A locked connection was not found again.");
  return speakerOf(deps, adapter, renewed);
}

async function endNow(tx: Tx, row: Row): Promise<SessionFailure> {
  await endConnection(tx, row, ended.reason);
  return ended;
}

/** What renews or ends a stored connection. */
export function grantOf({ vault }: Pick<Deps, "vault">, row: Row) {
  const refreshToken = vault.open(row.refreshToken, tokenPlace("refresh_token", row.workspaceId, row.id));
  return { refreshToken, apiUrl: row.apiUrl };
}

function speakerOf(deps: Deps, adapter: CrmAdapter, row: Row): Speaker {
  const accessToken = deps.vault.open(row.accessToken, tokenPlace("access_token", row.workspaceId, row.id));
  return { adapter, connection: toConnection(row), session: { accessToken, apiUrl: row.apiUrl } };
}
