import type { InHealth } from "@aparte/core/crm-health.ts";
import { isErrorCode } from "@aparte/core/errors.ts";
import { sql } from "drizzle-orm";
import { isoTime } from "../platform/columns.ts";
import type { Tx } from "../platform/db.ts";

type Row = {
  readonly changes: number;
  readonly failures: number;
  readonly mirrors: boolean;
  readonly mirrorsWaiting: number;
  readonly problem: string | null;
  readonly writtenAt: string | null;
  readonly erasures: number;
};

const most = 10_000;

/** How the way from the CRM to us stands. */
export async function inHealth(tx: Tx, workspaceId: string, connectionId: string): Promise<InHealth> {
  const mine = sql`workspace_id = ${workspaceId} and connection_id = ${connectionId}`;
  const count = (rest: ReturnType<typeof sql>) =>
    sql`(select count(*)::int from (select 1 ${rest} limit ${most}) counted)`;
  const [row] = await tx.execute<Row>(sql`
    select ${count(sql`from crm_changes where ${mine}`)} as changes,
      coalesce((select failures from crm_cursors where ${mine}), 0) as failures, c.mirrors,
      ${count(sql`from crm_mirrors where ${mine} and due_at is not null`)} as "mirrorsWaiting",
      (select problem from crm_mirrors where ${mine} and problem is not null limit 1) as problem,
      (select max(written_at) from crm_mirrors where ${mine}) as "writtenAt",
      ${count(sql`from crm_records where ${mine} and state = 'live' and signals <> '[]' and signals @> '[{"kind": "erase"}]'`)}
        as erasures
    from crm_connections c where c.workspace_id = ${workspaceId} and c.id = ${connectionId}`);
  return {
    changesWaiting: row?.changes ?? 0,
    pollFailures: row?.failures ?? 0,
    mirror: {
      on: row?.mirrors ?? false,
      waiting: row?.mirrorsWaiting ?? 0,
      problem: row?.problem != null && isErrorCode(row.problem) ? row.problem : null,
      lastWrittenAt: row?.writtenAt ? isoTime(row.writtenAt) : null,
    },
    erasuresAsked: row?.erasures ?? 0,
  };
}
