import type { ExportView } from "@aparte/core/privacy.ts";
import { refused, type Outcome } from "@aparte/core/result.ts";
import { sql, type SQL } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { holdContact } from "../contacts/service.ts";
import { isoTime } from "../platform/columns.ts";
import type { Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { noteAct } from "./acts.ts";

type Person = { readonly workspaceId: string; readonly contactId: string };

/**
 * An administrator asks for a copy of all that is known of a person (GDPR Art. 15 and 20); a worker makes it. One that is being
 * made for the same person and colleague already is the answer.
 */
export function askExport(
  ctx: MemberContext,
  { contactId }: { readonly contactId: string },
): Promise<Outcome<{ readonly exportId: string }>> {
  const { workspaceId, userId: actor } = ctx.actor;
  return ctx.database.inWorkspace(workspaceId, async (tx) => {
    if (!(await holdContact(tx, workspaceId, contactId))) return refused("contacts.not_found");
    const [waiting] = await tx.execute<{ id: string }>(sql`
      select id from privacy_exports where workspace_id = ${workspaceId} and contact_id = ${contactId}
        and actor = ${actor} and state = 'waiting'`);
    if (waiting) return { ok: true, exportId: waiting.id };
    const exportId = uuidv7();
    const at = ctx.now();
    await tx.execute(sql`
      insert into privacy_exports (workspace_id, id, contact_id, actor, asked_at, due_at)
      values (${workspaceId}, ${exportId}, ${contactId}, ${actor}, ${at.toISOString()}, ${at.toISOString()})`);
    await noteAct(tx, { workspaceId, contactId, kind: "exported", actor, reason: "", at });
    await emit(tx, [{ name: "privacy.export_asked", workspaceId, actor, payload: { contactId, exportId } }]);
    return { ok: true, exportId };
  });
}

/** The copies that were made of a person, newest first; `actor` is a user id. */
export async function listExports(tx: Tx, { workspaceId, contactId }: Person, userId: string): Promise<ExportView[]> {
  const found = await tx.execute<ExportView>(sql`
    select id, state, actor, actor = ${userId} as "isMine", asked_at as "askedAt", ends_at as "endsAt", size::float8 as size
    from privacy_exports where workspace_id = ${workspaceId} and contact_id = ${contactId} order by asked_at desc limit 20`);
  return found.map((row) => ({ ...row, askedAt: isoTime(row.askedAt), endsAt: row.endsAt && isoTime(row.endsAt) }));
}

/** Copies of a person who is forgotten are nobody's any more; a worker removes their bytes. */
export async function giveUpExports(tx: Tx, { workspaceId, contactId }: Person): Promise<void> {
  await tx.execute(sql`
    update privacy_exports set state = 'ended', due_at = now()
    where workspace_id = ${workspaceId} and contact_id = ${contactId}
      and state in ('waiting', 'ready', 'taken')`);
}

export type ClaimedExport = Person & {
  readonly id: string;
  readonly state: "waiting" | "ready" | "taken" | "ended" | "failed";
  readonly attempts: number;
  readonly storeKey: string | null;
};

/** A copy of ten thousand messages and their files is made in minutes; a worker that takes longer has died. */
const leaseMinutes = 30;
const mostAttempts = 5;

/** Takes the copy that is due: to be made, or to be removed; null when none is. */
export async function claimExport(tx: Tx, now: Date): Promise<ClaimedExport | null> {
  const [found] = await tx.execute<ClaimedExport>(sql`
    update privacy_exports x set due_at = ${now.toISOString()}::timestamptz + make_interval(mins => ${leaseMinutes}),
      attempts = x.attempts + 1
    from (
      select workspace_id, id from privacy_exports where due_at <= ${now.toISOString()}
      order by due_at limit 1 for update skip locked) d
    where x.workspace_id = d.workspace_id and x.id = d.id
    returning x.workspace_id as "workspaceId", x.id, x.contact_id as "contactId", x.state, x.attempts,
      x.store_key as "storeKey"`);
  return found ?? null;
}

/** Where its bytes will stand, written down before they do: a worker that dies in between leaves nothing that nobody finds. */
export async function placeExport(tx: Tx, claimed: ClaimedExport, storeKey: string): Promise<void> {
  await tx.execute(sql`update privacy_exports set store_key = ${storeKey} where ${mine(claimed)}`);
}

/** It is made and waits to be fetched until `endsAt` (ISO 8601), unless it was given up meanwhile: then its bytes go. */
export async function settleReady(
  tx: Tx,
  claimed: ClaimedExport,
  { size, readyAt, endsAt }: { readonly size: number; readonly readyAt: string; readonly endsAt: string },
): Promise<void> {
  await tx.execute(sql`
    update privacy_exports set state = 'ready', size = ${size}, ready_at = ${readyAt}, ends_at = ${endsAt},
      due_at = ${endsAt}, attempts = 0
    where ${mine(claimed)} and state = 'waiting'`);
}

/** It could not be made: later again, or never when that has happened too often. */
export async function settleBroken(tx: Tx, claimed: ClaimedExport, now: Date): Promise<void> {
  const isOver = claimed.attempts >= mostAttempts;
  const due = new Date(now.getTime() + 60_000 * 2 ** claimed.attempts).toISOString();
  await tx.execute(sql`
    update privacy_exports set state = case when ${isOver} and state = 'waiting' then 'failed' else state end, due_at = ${due}
    where ${mine(claimed)}`);
}

/** Its bytes are gone; one that nobody fetched in time ended. */
export async function settleRemoved(tx: Tx, claimed: ClaimedExport): Promise<void> {
  await tx.execute(sql`
    update privacy_exports set state = case when state in ('waiting', 'ready') then 'ended' else state end, store_key = null, due_at = null
    where ${mine(claimed)}`);
}

function mine({ workspaceId, id, attempts }: ClaimedExport): SQL {
  return sql`workspace_id = ${workspaceId} and id = ${id} and attempts = ${attempts}`;
}
