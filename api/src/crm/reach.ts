import { sql, type SQL } from "drizzle-orm";
import type { Tx } from "../platform/db.ts";

/** What adapters call a CRM that was not reached or stumbled: a network error, silence, or a 5xx. */
const outage = /^(?:http_5\d\d|timeout|connection_lost|[A-Z][A-Z_]+)$/;

type Place = { readonly workspaceId: string; readonly connectionId: string };

/**
 * Notes whether the CRM answered. One that stays away is left alone for a while that grows with the outage, up to half a
 * minute; as soon as it answers, everything that was put off is due, so an outage costs no more than that.
 *
 * @param reason why a write came to nothing; null when it did not.
 */
export async function noteAnswer(tx: Tx, place: Place, reason: string | null): Promise<void> {
  if (reason !== null) {
    if (outage.test(reason)) await change(tx, place, away, sql`true`);
    return;
  }
  await change(
    tx,
    place,
    sql`last_written_at = now()`,
    sql`coalesce(last_written_at < now() - interval '5 seconds', true)`,
  );
  const back = await change(tx, place, sql`unreachable_since = null`, sql`unreachable_since is not null`);
  if (!back) return;
  await tx.execute(sql`
    update crm_logs set next_attempt_at = now()
    where workspace_id = ${place.workspaceId} and connection_id = ${place.connectionId} and state = 'waiting'
      and attempts > 0 and next_attempt_at > now()`);
}

const away = sql`
  unreachable_since = coalesce(unreachable_since, now()),
  background_paused_until = case when unreachable_since < now() - interval '2 seconds'
    then greatest(background_paused_until,
      now() + least(greatest((now() - unreachable_since) / 4, interval '1 second'), interval '30 seconds'))
    else background_paused_until end`;

/** It is advice, so it does not wait for a row that somebody is just changing. */
async function change(tx: Tx, { workspaceId, connectionId }: Place, set: SQL, where: SQL): Promise<boolean> {
  const found = await tx.execute(sql`
    update crm_connections set ${set} where (workspace_id, id) in (
      select workspace_id, id from crm_connections
      where workspace_id = ${workspaceId} and id = ${connectionId} and ${where} for no key update skip locked)
    returning id`);
  return found.length > 0;
}
