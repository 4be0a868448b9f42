import { sql } from "drizzle-orm";
import { rows, type Tx } from "../platform/db.ts";

/** The templates of one account, as one workspace knows them. */
export type TemplateAccount = { readonly workspaceId: string; readonly wabaId: string };

/** A sync that was taken and not ended by then belongs to a worker that died: another one takes it. */
const leaseSeconds = 120;
/** Meta tells most changes by webhook; reading everything again finds what was missed. */
const intervalSeconds = 3600;
/** After a failure: one minute, then twice as long each time, up to the interval. */
const firstRetrySeconds = 60;

/** Has the templates of these accounts read again when a worker is free, not before so many seconds have passed. */
export async function scheduleSyncs(tx: Tx, accounts: readonly TemplateAccount[], afterSeconds = 0): Promise<void> {
  if (accounts.length === 0) return;
  const ids = accounts.map(({ workspaceId, wabaId }) => ({ workspaceId, wabaId }));
  await tx.execute(sql`
    insert into templates_syncs as s (workspace_id, waba_id, next_at)
    select distinct r."workspaceId", r."wabaId", now() + make_interval(secs => ${afterSeconds})
    from jsonb_to_recordset(${rows(ids)}) as r("workspaceId" uuid, "wabaId" text)
    on conflict (workspace_id, waba_id) do update set next_at = least(s.next_at, excluded.next_at)`);
}

/** Takes the account that has been due longest, of any workspace; null when none is due. */
export async function claimSync(tx: Tx): Promise<TemplateAccount | null> {
  const [account] = await tx.execute<TemplateAccount>(sql`
    update templates_syncs s set next_at = now() + make_interval(secs => ${leaseSeconds})
    from (
      select workspace_id, waba_id from templates_syncs where next_at <= now()
      order by next_at limit 1 for update skip locked
    ) due
    where s.workspace_id = due.workspace_id and s.waba_id = due.waba_id
    returning s.workspace_id as "workspaceId", s.waba_id as "wabaId"`);
  return account ?? null;
}

/** Says when the account is due again. One that was scheduled anew in the meantime stays due. */
export async function finishSync(tx: Tx, { workspaceId, wabaId }: TemplateAccount, succeeded: boolean): Promise<void> {
  await tx.execute(sql`
    update templates_syncs set
      failures = case when ${succeeded} then 0 else failures + 1 end,
      next_at = now() + make_interval(secs => case when ${succeeded} then ${intervalSeconds}
        else least(${firstRetrySeconds} * power(2, least(failures, 10)), ${intervalSeconds}) end)
    where workspace_id = ${workspaceId} and waba_id = ${wabaId} and next_at > now()`);
}
