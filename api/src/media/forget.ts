import { sql } from "drizzle-orm";
import type { Deps } from "../platform/context.ts";
import { rows, type Tx } from "../platform/db.ts";

export type FileRef = { readonly workspaceId: string; readonly id: string };

/** Gives files up: from now on nobody can open them, and a worker removes their bytes. */
export async function forgetFiles(tx: Tx, files: readonly FileRef[]): Promise<void> {
  if (files.length === 0) return;
  const given = sql`jsonb_to_recordset(${rows(files)}) as r("workspaceId" uuid, id text)`;
  await tx.execute(sql`
    update media_files f set state = 'gone', problem = null, size = null, sha256 = null, file_name = null
    from ${given} where f.workspace_id = r."workspaceId" and f.id = r.id`);
  await tx.execute(sql`
    update media_transfers t set state = 'failed'
    from ${given} where t.workspace_id = r."workspaceId" and t.file_id = r.id and t.state = 'waiting'`);
}

/** So many are removed in one step. */
const batch = 20;

/** Removes the bytes of files that were given up; killed in between, it removes them again. Whether there may be more. */
export function removeForgotten({ database, files }: Pick<Deps, "database" | "files">): Promise<boolean> {
  return database.system.transaction(async (tx) => {
    const found = await tx.execute<FileRef & { readonly storeKey: string }>(sql`
      select workspace_id as "workspaceId", id, store_key as "storeKey" from media_files
      where state = 'gone' and store_key is not null
      order by workspace_id, id limit ${batch} for update skip locked`);
    await Promise.all(found.map(({ storeKey }) => files.delete(storeKey)));
    await tx.execute(sql`
      update media_files f set store_key = null
      from jsonb_to_recordset(${rows(found)}) as r("workspaceId" uuid, id text)
      where f.workspace_id = r."workspaceId" and f.id = r.id`);
    return found.length === batch;
  });
}
