import { sql } from "drizzle-orm";
import type { Database, Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import { workspaces } from "./tables.ts";

/** True once the first workspace exists: from then on nobody can set this server up again. */
export async function isSetUp(database: Pick<Database, "system"> | { system: Tx }): Promise<boolean> {
  const [row] = await database.system.execute<{ found: boolean }>(
    sql`select exists (select from ${workspaces}) as found`,
  );
  return row?.found ?? false;
}

export async function createWorkspace(tx: Tx, workspaceId: string, name: string, actor: string): Promise<void> {
  await tx.insert(workspaces).values({ workspaceId, name });
  await emit(tx, [{ name: "workspace.created", workspaceId, actor, payload: { workspaceId } }]);
}
