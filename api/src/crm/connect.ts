import { crmNames, type CrmName } from "@aparte/core/crm-record.ts";
import type { ErrorCode } from "@aparte/core/errors.ts";
import { refused, type Outcome } from "@aparte/core/result.ts";
import type { CrmAccount, CrmAdapter, CrmTokens } from "@aparte/crm/adapter.ts";
import type { LogKeyKind } from "@aparte/crm/entry.ts";
import type { CrmFailure } from "@aparte/crm/outcome.ts";
import { codeChallengeOf, newCodeVerifier } from "@aparte/crm/pkce.ts";
import { learnPace, unknownPace, type Pace, type RateState } from "@aparte/crm/rate.ts";
import { and, eq, lt, sql } from "drizzle-orm";
import { randomBytes } from "node:crypto";
import { uuidv7 } from "uuidv7";
import type { Deps } from "../platform/context.ts";
import { publicUrl, type Env } from "../platform/env.ts";
import { emit } from "../platform/events.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { adapterFor, endConnection, toConnection } from "./connections.ts";
import { limitReached } from "./pace.ts";
import { grantColumns, grantOf } from "./session.ts";
import { connections, oauthStates, paces } from "./tables.ts";

/** How long an admin may take on the CRM's page. */
const stateMinutes = 10;

function verifierPlace(workspaceId: string, state: string): string {
  return `crm_oauth_states.code_verifier:${workspaceId}:${state}`;
}

function redirectUri(env: Env, crm: CrmName): string {
  return `${publicUrl(env)}/oauth/${crm}/callback`;
}

export type ConnectInput = {
  readonly crm: CrmName;
  /** Where the customer signs in when that is not the CRM's usual host: a sandbox, a My Domain. */
  readonly loginUrl?: string | null | undefined;
};

/** Begins a connection: the address of the CRM's page on which an admin says yes. */
export async function connectUrl(
  ctx: MemberContext,
  { crm, loginUrl = null }: ConnectInput,
): Promise<Outcome<{ readonly url: string }>> {
  const adapter = adapterFor(ctx.env, crm);
  if (!adapter) return refused("crm.not_configured");
  const { workspaceId, userId } = ctx.actor;
  const state = randomBytes(32).toString("base64url");
  const verifier = newCodeVerifier();
  const codeChallenge = codeChallengeOf(verifier);
  const page = adapter.authorizeUrl({ redirectUri: redirectUri(ctx.env, crm), state, codeChallenge, loginUrl });
  if (page.outcome !== "done") return refused(reasonOf(page));
  await ctx.database.inWorkspace(workspaceId, async (tx) => {
    await tx
      .delete(oauthStates)
      .where(and(eq(oauthStates.workspaceId, workspaceId), lt(oauthStates.expiresAt, sql`now()`)));
    await tx.insert(oauthStates).values({
      workspaceId,
      state,
      crm,
      loginUrl,
      actor: userId,
      codeVerifier: ctx.vault.seal(verifier, verifierPlace(workspaceId, state)),
      expiresAt: sql`now() + make_interval(mins => ${stateMinutes})`,
    });
  });
  return { ok: true, url: page.url };
}

/** With what the CRM's page sent the browser back. */
export type Callback = {
  readonly crm: string;
  readonly state: string;
  readonly code: string;
  /** The person who is signed in in that browser; null for nobody. */
  readonly userId: string | null;
};

/**
 * Ends the way back from the CRM. A state serves once, for its own CRM, until it is too old, and only in the browser of
 * the person who began: otherwise somebody could have a stranger's CRM connected to their own workspace
 * (RFC 6749, 10.12).
 */
export async function finishConnection(
  deps: Deps,
  callback: Callback,
): Promise<Outcome<{ readonly connectionId: string }>> {
  const crm = crmNames.find((name) => name === callback.crm);
  const adapter = crm && adapterFor(deps.env, crm);
  const begun = await takeState(deps, callback.state);
  if (!crm || !adapter || !begun || begun.crm !== crm || begun.actor !== callback.userId) {
    return refused("crm.oauth_failed");
  }
  const exchanged = await adapter.exchangeCode({
    code: callback.code,
    redirectUri: redirectUri(deps.env, crm),
    codeVerifier: deps.vault.open(begun.codeVerifier, verifierPlace(begun.workspaceId, begun.state)),
    loginUrl: begun.loginUrl,
  });
  if (exchanged.outcome !== "done") return refused(reasonOf(exchanged));
  const known = await askAccount(adapter, exchanged.tokens, deps.now());
  if (known.outcome !== "done") return refused(reasonOf(known));
  return { ok: true, connectionId: await store(deps, begun, { ...exchanged, ...known }) };
}

/** Takes a state out of the table, whatever workspace it is of: the callback does not say. */
async function takeState(deps: Deps, state: string): Promise<typeof oauthStates.$inferSelect | null> {
  const [taken] = await deps.database.system
    .delete(oauthStates)
    .where(and(eq(oauthStates.state, state), sql`${oauthStates.expiresAt} > now()`))
    .returning();
  return taken ?? null;
}

type Known = { readonly account: CrmAccount; readonly logKeyKind: LogKeyKind; readonly pace: Pace };

/** Learns whose account it is and prepares it for our entries, before anything is stored. */
async function askAccount(
  adapter: CrmAdapter,
  { accessToken, apiUrl }: CrmTokens,
  now: Date,
): Promise<({ readonly outcome: "done" } & Known) | CrmFailure> {
  let pace = unknownPace;
  const onRate = (rate: RateState) => {
    pace = learnPace(pace, rate, now.getTime());
  };
  const session = { accessToken, apiUrl, onRate };
  const account = await adapter.account(session);
  if (account.outcome !== "done") return account;
  const prepared = await adapter.prepare(session);
  return prepared.outcome === "done" ? { ...prepared, ...account, pace } : prepared;
}

type Granted = Known & { readonly tokens: CrmTokens };

/** An account that was connected before keeps its row, with its links and logs. */
async function store(
  deps: Deps,
  { workspaceId, crm, actor, loginUrl }: typeof oauthStates.$inferSelect,
  { tokens, account: { account, accountName, uiDomain, timeZone }, logKeyKind, pace }: Granted,
): Promise<string> {
  return deps.database.inWorkspace(workspaceId, async (tx) => {
    const mine = and(
      eq(connections.workspaceId, workspaceId),
      eq(connections.crm, crm),
      eq(connections.account, account),
    );
    const [known] = await tx.select({ id: connections.id }).from(connections).where(mine).for("update");
    const id = known?.id ?? uuidv7();
    const told = {
      ...grantColumns(deps, workspaceId, id, tokens),
      loginUrl,
      accountName,
      uiDomain,
      timeZone,
      logKey: logKeyKind,
      state: "connected" as const,
      problem: null,
      pausedUntil: null,
      backgroundPausedUntil: null,
      unreachableSince: null,
      connectedAt: sql`now()`,
    };
    await (known
      ? tx.update(connections).set(told).where(mine)
      : tx.insert(connections).values({ workspaceId, id, crm, account, ...told }));
    await tx
      .insert(paces)
      .values({ workspaceId, connectionId: id, pace })
      .onConflictDoUpdate({ target: [paces.workspaceId, paces.connectionId], set: { pace } });
    await emit(tx, [{ name: "crm.connected", workspaceId, actor, payload: { connectionId: id } }]);
    return id;
  });
}

/** Why a call to a CRM came to nothing, in our words: it refused, it did not answer, or we may not ask it more now. */
export function reasonOf(failure: CrmFailure): ErrorCode {
  if (failure.outcome === "expired") return "crm.connection_ended";
  if (failure.outcome === "refused") return failure.reason;
  return failure.reason === limitReached ? "crm.limit_reached" : "crm.unreachable";
}

/** Gives the right back and forgets the tokens, also when the CRM does not answer: an admin's no counts at once. */
export async function disconnect(ctx: MemberContext, connectionId: string): Promise<Outcome<object>> {
  const { workspaceId, userId } = ctx.actor;
  const mine = and(eq(connections.workspaceId, workspaceId), eq(connections.id, connectionId));
  const had = await ctx.database.inWorkspace(workspaceId, async (tx) => {
    const [row] = await tx.select().from(connections).where(mine).for("update");
    if (row?.state !== "connected") return null;
    await endConnection(tx, row, null, userId);
    return { crm: toConnection(row).crm, grant: grantOf(ctx, row) };
  });
  if (!had) return refused("crm.not_connected");
  const revoked = await adapterFor(ctx.env, had.crm)?.revoke(had.grant);
  if (revoked && revoked.outcome !== "done") {
    const reason = reasonOf(revoked);
    ctx.log.warn({ connectionId, reason }, "the CRM did not take its right back");
  }
  return { ok: true };
}
