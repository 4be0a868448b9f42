import type { CrmAdapter, CrmSession, CrmTokens } from "@aparte/crm/adapter.ts";
import type { CrmFailure } from "@aparte/crm/outcome.ts";
import { pauseAfter, type RateState } from "@aparte/crm/rate.ts";
import { and, eq, sql } from "drizzle-orm";
import type { Deps } from "../platform/context.ts";
import type { Tx } from "../platform/db.ts";
import { adapterFor, endConnection, toConnection, tokenPlace, type Connection } from "./connections.ts";
import { connections } from "./tables.ts";

/** What a call to the CRM is made with. */
export type Speaker = { readonly adapter: CrmAdapter; readonly session: CrmSession; readonly connection: Connection };

type Row = typeof connections.$inferSelect;

/** The share of its life after which an access token is exchanged (HubSpot asks not to wait for a 401). */
const refreshShare = 0.8;

/** The columns that hold a pair of tokens, each sealed to its place. */
export function tokenColumns(deps: Pick<Deps, "vault">, workspaceId: string, id: string, tokens: CrmTokens) {
  const after = (share: number) => sql`now() + make_interval(secs => ${tokens.expiresInSeconds * share})`;
  return {
    accessToken: deps.vault.seal(tokens.accessToken, tokenPlace("access_token", workspaceId, id)),
    refreshToken: deps.vault.seal(tokens.refreshToken, tokenPlace("refresh_token", workspaceId, id)),
    refreshAt: after(refreshShare),
    accessExpiresAt: after(1),
  };
}

/**
 * Does something with a CRM in the name of a connection, with a token that is fresh. When the CRM says that the customer
 * took the right away, the connection is marked as ended, so that nobody asks again in vain.
 */
export async function withSession<T extends { readonly outcome: string }>(
  deps: Deps,
  workspaceId: string,
  connectionId: string,
  work: (speaker: Speaker) => Promise<T>,
): Promise<T | CrmFailure> {
  const speaker = await openSession(deps, workspaceId, connectionId);
  if ("outcome" in speaker) return speaker;
  let pauseMs = 0;
  const onRate = (rate: RateState) => {
    pauseMs = Math.max(pauseMs, pauseAfter(rate));
  };
  const result = await work({ ...speaker, session: { ...speaker.session, onRate } });
  const hasEnded = "reason" in result && result.reason === "crm.connection_ended";
  if (hasEnded || pauseMs > 0) {
    await deps.database.inWorkspace(workspaceId, async (tx) => {
      if (hasEnded) await endConnection(tx, speaker.connection, "crm.connection_ended");
      if (pauseMs > 0) await pauseConnection(tx, workspaceId, connectionId, pauseMs);
    });
  }
  return result;
}

const ended = {
  outcome: "refused",
  reason: "crm.connection_ended",
  details: null,
  correlationId: null,
} as const satisfies CrmFailure;

async function openSession(deps: Deps, workspaceId: string, connectionId: string): Promise<Speaker | CrmFailure> {
  const mine = and(eq(connections.workspaceId, workspaceId), eq(connections.id, connectionId));
  const freshness = {
    due: sql<boolean>`${connections.refreshAt} <= now()`,
    over: sql<boolean>`${connections.accessExpiresAt} <= now()`,
  };
  const [found] = await deps.database.inWorkspace(workspaceId, (tx) =>
    tx
      .select({ row: connections, ...freshness })
      .from(connections)
      .where(mine),
  );
  const adapter = found && adapterFor(deps.env, toConnection(found.row).crm);
  if (!found || !adapter || found.row.state === "ended") return ended;
  if (!found.due) return speakerOf(deps, adapter, found.row);
  return deps.database.inWorkspace(workspaceId, async (tx) => {
    const query = tx
      .select({ row: connections, ...freshness })
      .from(connections)
      .where(mine);
    // While the old token still serves, whoever finds the exchange under way goes on with it; afterwards all wait.
    const [locked] = await query.for("no key update", found.over ? {} : { skipLocked: true });
    if (!locked) return speakerOf(deps, adapter, found.row);
    if (locked.row.state === "ended") return ended;
    if (!locked.due) return speakerOf(deps, adapter, locked.row);
    return refresh(tx, deps, adapter, locked.row);
  });
}

/**
 * Exchanges the token under the row's lock, so that a hundred calls at once make one exchange. When the process dies
 * before the answer is stored, the next call asks again with the refresh token that is stored: HubSpot keeps it valid.
 */
async function refresh(tx: Tx, deps: Deps, adapter: CrmAdapter, row: Row): Promise<Speaker | CrmFailure> {
  const place = tokenPlace("refresh_token", row.workspaceId, row.id);
  const answer = await adapter.refresh(deps.vault.open(row.refreshToken, place));
  if (answer.outcome !== "done") {
    if (answer.outcome === "refused" && answer.reason === "crm.connection_ended") {
      await endConnection(tx, row, answer.reason);
    }
    return answer;
  }
  const [renewed] = await tx
    .update(connections)
    .set(tokenColumns(deps, row.workspaceId, row.id, answer.tokens))
    .where(and(eq(connections.workspaceId, row.workspaceId), eq(connections.id, row.id)))
    .returning();
  if (!renewed) throw new Error("A locked connection was not found again.");
  return speakerOf(deps, adapter, renewed);
}

function speakerOf(deps: Deps, adapter: CrmAdapter, row: Row): Speaker {
  const accessToken = deps.vault.open(row.accessToken, tokenPlace("access_token", row.workspaceId, row.id));
  return { adapter, connection: toConnection(row), session: { accessToken } };
}

/**
 * Leaves the rest of the CRM's limits to people for this long: background work of all processes waits. It is advice, so
 * it does not wait for a row that somebody is just changing.
 */
async function pauseConnection(tx: Tx, workspaceId: string, connectionId: string, pauseMs: number): Promise<void> {
  await tx.execute(sql`
    update crm_connections set paused_until = now() + make_interval(secs => ${pauseMs / 1000})
    where (workspace_id, id) in (
      select workspace_id, id from crm_connections where workspace_id = ${workspaceId} and id = ${connectionId}
      for no key update skip locked)`);
}
