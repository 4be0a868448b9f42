import { crmNames, type CrmName } from "@aparte/core/crm-record.ts";
import type { ErrorCode } from "@aparte/core/errors.ts";
import { refused, type Outcome } from "@aparte/core/result.ts";
import type { CrmAccount, CrmAdapter, CrmTokens } from "@aparte/crm/adapter.ts";
import type { LogKeyKind } from "@aparte/crm/entry.ts";
import type { CrmFailure } from "@aparte/crm/outcome.ts";
import { codeChallengeOf, newCodeVerifier } from "@aparte/crm/pkce.ts";
import { and, eq, lt, sql } from "drizzle-orm";
import { randomBytes } from "node:crypto";
import { uuidv7 } from "uuidv7";
import type { Deps } from "../platform/context.ts";
import { publicUrl, type Env } from "../platform/env.ts";
import { emit } from "../platform/events.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { adapterFor, endConnection, loadConnection, tokenPlace } from "./connections.ts";
import { tokenColumns } from "./session.ts";
import { connections, oauthStates } from "./tables.ts";

/** How long an admin may take on the CRM's page. */
const stateMinutes = 10;

function verifierPlace(workspaceId: string, state: string): string {
  return `crm_oauth_states.code_verifier:${workspaceId}:${state}`;
}

function redirectUri(env: Env, crm: CrmName): string {
  return `${publicUrl(env)}/oauth/${crm}/callback`;
}

/** Begins a connection: the address of the CRM's page on which an admin says yes. */
export async function connectUrl(ctx: MemberContext, crm: CrmName): Promise<Outcome<{ readonly url: string }>> {
  const adapter = adapterFor(ctx.env, crm);
  if (!adapter) return refused("crm.not_configured");
  const { workspaceId, userId } = ctx.actor;
  const state = randomBytes(32).toString("base64url");
  const verifier = newCodeVerifier();
  await ctx.database.inWorkspace(workspaceId, async (tx) => {
    await tx
      .delete(oauthStates)
      .where(and(eq(oauthStates.workspaceId, workspaceId), lt(oauthStates.expiresAt, sql`now()`)));
    await tx.insert(oauthStates).values({
      workspaceId,
      state,
      crm,
      actor: userId,
      codeVerifier: ctx.vault.seal(verifier, verifierPlace(workspaceId, state)),
      expiresAt: sql`now() + make_interval(mins => ${stateMinutes})`,
    });
  });
  const url = adapter.authorizeUrl({
    redirectUri: redirectUri(ctx.env, crm),
    state,
    codeChallenge: codeChallengeOf(verifier),
  });
  return { ok: true, url };
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
  });
  if (exchanged.outcome !== "done") return refused(reasonOf(exchanged));
  const known = await askAccount(adapter, exchanged.tokens);
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

/** Learns whose account it is and prepares it for our entries, before anything is stored. */
async function askAccount(
  adapter: CrmAdapter,
  { accessToken }: CrmTokens,
): Promise<{ outcome: "done"; account: CrmAccount; logKeyKind: LogKeyKind } | CrmFailure> {
  const session = { accessToken };
  const account = await adapter.account(session);
  if (account.outcome !== "done") return account;
  const prepared = await adapter.prepare(session);
  return prepared.outcome === "done" ? { ...prepared, ...account } : prepared;
}

type Granted = { readonly tokens: CrmTokens; readonly account: CrmAccount; readonly logKeyKind: LogKeyKind };

/** An account that was connected before keeps its row, with its links and logs. */
async function store(
  deps: Deps,
  { workspaceId, crm, actor }: typeof oauthStates.$inferSelect,
  { tokens, account: { account, accountName, uiDomain, timeZone }, logKeyKind }: Granted,
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
      ...tokenColumns(deps, workspaceId, id, tokens),
      accountName,
      uiDomain,
      timeZone,
      logKey: logKeyKind,
      state: "connected" as const,
      problem: null,
      pausedUntil: null,
      connectedAt: sql`now()`,
    };
    await (known
      ? tx.update(connections).set(told).where(mine)
      : tx.insert(connections).values({ workspaceId, id, crm, account, ...told }));
    await emit(tx, [{ name: "crm.connected", workspaceId, actor, payload: { connectionId: id } }]);
    return id;
  });
}

/** A CRM that does not answer is a reason of ours; a refusal brings its own. */
export function reasonOf(failure: CrmFailure): ErrorCode {
  return failure.outcome === "refused" ? failure.reason : "crm.unreachable";
}

/** Gives the right back and forgets the tokens, also when the CRM does not answer: an admin's no counts at once. */
export async function disconnect(ctx: MemberContext, connectionId: string): Promise<Outcome<object>> {
  const { workspaceId, userId } = ctx.actor;
  const mine = and(eq(connections.workspaceId, workspaceId), eq(connections.id, connectionId));
  const sealed = await ctx.database.inWorkspace(workspaceId, async (tx) => {
    const connection = await loadConnection(tx, workspaceId, connectionId);
    if (connection?.state !== "connected") return null;
    const [row] = await tx.select({ token: connections.refreshToken }).from(connections).where(mine).for("update");
    await endConnection(tx, connection, null, userId);
    return row ? { token: row.token, crm: connection.crm } : null;
  });
  if (!sealed) return refused("crm.not_connected");
  const refreshToken = ctx.vault.open(sealed.token, tokenPlace("refresh_token", workspaceId, connectionId));
  const revoked = await adapterFor(ctx.env, sealed.crm)?.revoke(refreshToken);
  if (revoked && revoked.outcome !== "done") {
    ctx.log.warn({ connectionId, reason: revoked.reason }, "the CRM did not take its right back");
  }
  return { ok: true };
}
