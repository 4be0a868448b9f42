import type { PrivacyAct, PrivacyActKind } from "@aparte/core/privacy.ts";
import { sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { isoTime } from "../platform/columns.ts";
import { rows, type Tx } from "../platform/db.ts";

/** Something that was done for a person's rights, by whom (user id) and why. */
export type NewAct = {
  readonly workspaceId: string;
  readonly contactId: string;
  readonly kind: PrivacyActKind;
  readonly actor: string;
  readonly reason: string;
  /** Keyed digests of what was corrected: they tell that it changed, not what it was. */
  readonly digests?: Readonly<Record<string, string>>;
  readonly at: Date;
};

/** Writes an act into the register. */
export async function noteAct(tx: Tx, act: NewAct): Promise<void> {
  const row = { ...act, id: uuidv7(), digests: act.digests ?? {}, at: act.at.toISOString() };
  await tx.execute(sql`
    insert into privacy_acts (workspace_id, id, contact_id, kind, actor, reason, digests, at)
    select r."workspaceId", r.id, r."contactId", r.kind, r.actor, r.reason, r.digests, r.at
    from jsonb_to_recordset(${rows([row])}) as r("workspaceId" uuid, id uuid, "contactId" uuid, kind text, actor text,
      reason text, digests jsonb, at timestamptz)`);
}

/** The acts about a person, newest first; `actor` is a user id. */
export async function listActs(tx: Tx, workspaceId: string, contactId: string): Promise<PrivacyAct[]> {
  const found = await tx.execute<PrivacyAct>(sql`
    select id, kind, actor, reason, at from privacy_acts
    where workspace_id = ${workspaceId} and contact_id = ${contactId} order by at desc, id desc limit 200`);
  return found.map((row) => ({ ...row, at: isoTime(row.at) }));
}

/** Takes away why things were done for a person: the words may name them. That they were done, when and by whom, stays. */
export async function forgetReasons(
  tx: Tx,
  { workspaceId, contactId }: { readonly workspaceId: string; readonly contactId: string },
): Promise<void> {
  await tx.execute(sql`
    update privacy_acts set reason = '', digests = '{}'
    where workspace_id = ${workspaceId} and contact_id = ${contactId}`);
}
