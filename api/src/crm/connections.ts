import { isErrorCode, type ErrorCode } from "@aparte/core/errors.ts";
import { crmNames, type CrmName } from "@aparte/core/crm-record.ts";
import { readCrmSettings, type CrmSettings } from "@aparte/core/crm-settings.ts";
import type { CrmAdapter } from "@aparte/crm/adapter.ts";
import { crmAdapter } from "@aparte/crm/registry.ts";
import { and, asc, eq } from "drizzle-orm";
import { isoTime } from "../platform/columns.ts";
import type { Tx } from "../platform/db.ts";
import type { Env } from "../platform/env.ts";
import { emit } from "../platform/events.ts";
import { connections } from "./tables.ts";

/** A connection as the console and the panel show it. */
export type CrmConnectionView = {
  readonly id: string;
  readonly crm: CrmName;
  readonly account: string;
  readonly accountName: string;
  readonly uiDomain: string;
  /** Where the customer signs in when that is not the CRM's usual host; null otherwise. */
  readonly loginUrl: string | null;
  readonly state: "connected" | "ended";
  /** ISO 8601. */
  readonly connectedAt: string;
  /** Why it ended by itself; null while it lives and after an admin ended it. */
  readonly problem: ErrorCode | null;
  /** Whether the CRM itself refuses a second entry for a session, or we look before writing again. */
  readonly logMode: "unique" | "read_back";
};

/** A connection as the server works with it. */
export type Connection = CrmConnectionView & {
  readonly workspaceId: string;
  readonly timeZone: string;
  readonly settings: CrmSettings;
};

type Row = typeof connections.$inferSelect;

export function toConnection(row: Row): Connection {
  const crm = crmNames.find((name) => name === row.crm);
  if (!crm) throw new Error(`A stored connection names the unknown CRM ${row.crm}.`);
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    crm,
    account: row.account,
    accountName: row.accountName,
    uiDomain: row.uiDomain,
    loginUrl: row.loginUrl,
    timeZone: row.timeZone,
    state: row.state,
    connectedAt: isoTime(row.connectedAt),
    problem: row.problem !== null && isErrorCode(row.problem) ? row.problem : null,
    logMode: row.logKey,
    settings: readCrmSettings(row.settings),
  };
}

export function connectionView(connection: Connection): CrmConnectionView {
  const { workspaceId: _workspace, timeZone: _zone, settings: _settings, ...view } = connection;
  return view;
}

/** The connections of a workspace, oldest first, also those that ended. */
export async function loadConnections(tx: Tx, workspaceId: string): Promise<Connection[]> {
  const found = await tx
    .select()
    .from(connections)
    .where(eq(connections.workspaceId, workspaceId))
    .orderBy(asc(connections.connectedAt), asc(connections.id));
  return found.map(toConnection);
}

export async function loadConnection(tx: Tx, workspaceId: string, connectionId: string): Promise<Connection | null> {
  const [row] = await tx
    .select()
    .from(connections)
    .where(and(eq(connections.workspaceId, workspaceId), eq(connections.id, connectionId)));
  return row ? toConnection(row) : null;
}

/** How to speak to a CRM; null when this server has no app registered there. */
export function adapterFor(env: Env, crm: CrmName): CrmAdapter | null {
  const { baseUrl, clientId, clientSecret } = appOf[crm](env);
  if (clientId === undefined || clientSecret === undefined) return null;
  return crmAdapter(crm, { baseUrl, clientId, clientSecret });
}

type AppSettings = { baseUrl: string; clientId: string | undefined; clientSecret: string | undefined };

const appOf: Readonly<Record<CrmName, (env: Env) => AppSettings>> = {
  hubspot: (env) => ({
    baseUrl: env.HUBSPOT_API_URL,
    clientId: env.HUBSPOT_CLIENT_ID,
    clientSecret: env.HUBSPOT_CLIENT_SECRET,
  }),
  salesforce: (env) => ({
    baseUrl: env.SALESFORCE_LOGIN_URL,
    clientId: env.SALESFORCE_CLIENT_ID,
    clientSecret: env.SALESFORCE_CLIENT_SECRET,
  }),
};

/** Binds a sealed token to its row and column. */
export function tokenPlace(
  column: "access_token" | "refresh_token",
  workspaceId: string,
  connectionId: string,
): string {
  return `crm_connections.${column}:${workspaceId}:${connectionId}`;
}

/**
 * Ends a connection and forgets its tokens. Links and logs stay, so that connecting the account again goes on where it
 * stopped.
 *
 * @param problem why it ended by itself; null when an admin ended it.
 */
export async function endConnection(
  tx: Tx,
  { workspaceId, id: connectionId }: Pick<Connection, "workspaceId" | "id">,
  problem: Extract<ErrorCode, `crm.${string}`> | null,
  actor: string | null = null,
): Promise<void> {
  const nothing = new Uint8Array();
  await tx
    .update(connections)
    .set({ state: "ended", problem, accessToken: nothing, refreshToken: nothing })
    .where(and(eq(connections.workspaceId, workspaceId), eq(connections.id, connectionId)));
  await emit(tx, [{ name: "crm.disconnected", workspaceId, actor, payload: { connectionId } }]);
}
