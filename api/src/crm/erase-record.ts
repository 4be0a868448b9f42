import type { CrmRecordRef, RecordHeader } from "@aparte/core/crm-record.ts";
import { refused, type Outcome } from "@aparte/core/result.ts";
import { sql } from "drizzle-orm";
import type { Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { loadConnection, loadConnections, type Connection } from "./connections.ts";
import { headerOf } from "./elsewhere.ts";
import { loadLinks } from "./links.ts";
import { findRecords } from "./records.ts";

type Place = Pick<Connection, "workspaceId" | "id">;

/**
 * A record's person is to be forgotten: what we keep of the record goes at once, and whoever holds more of the person learns of it
 * by the event `contact.erasure_asked`.
 */
export async function eraseRecord(
  tx: Tx,
  { workspaceId, id: connectionId }: Place,
  ref: CrmRecordRef,
  actor: string | null = null,
): Promise<void> {
  const links = await loadLinks(tx, { workspaceId, id: connectionId }, [ref]);
  await tx.execute(sql`
    update crm_records set state = 'erased', name = '', phones = '[]', wa_ids = '{}', bsuids = '{}', owner_id = null,
      people = '[]', related = '[]', signals = '[]', time_zone = null, around = '{}'
    where workspace_id = ${workspaceId} and connection_id = ${connectionId} and record_type = ${ref.type}
      and record_id = ${ref.id}`);
  await tx.execute(sql`
    update crm_records set around = array_remove(around, ${`${ref.type}/${ref.id}`}), people = coalesce((
      select jsonb_agg(p) from jsonb_array_elements(people) p
      where p -> 'ref' ->> 'type' <> ${ref.type} or p -> 'ref' ->> 'id' <> ${ref.id}), '[]')
    where workspace_id = ${workspaceId} and connection_id = ${connectionId}
      and around @> array[${`${ref.type}/${ref.id}`}::text]`);
  await emit(
    tx,
    links
      .filter(({ role, excluded }) => role === "person" && !excluded)
      .map(({ contactId }) => ({
        name: "contact.erasure_asked" as const,
        workspaceId,
        actor,
        payload: { contactId, connectionId },
      })),
  );
}

/** A record whose field says that its person wants to be forgotten, and that waits for an administrator to agree. */
export type ErasureView = {
  readonly connectionId: string;
  readonly record: RecordHeader;
  /** Label of the field that says so. */
  readonly field: string;
  /** ISO 8601: when it was seen first. */
  readonly since: string;
};

const asking = JSON.stringify([{ kind: "erase" }]);

/** All wishes to be forgotten that wait, in every living connection. */
export async function erasuresAsked(ctx: MemberContext): Promise<ErasureView[]> {
  const { workspaceId } = ctx.actor;
  return ctx.database.inWorkspace(workspaceId, async (tx) => {
    const connections = await loadConnections(tx, workspaceId);
    const found = await findRecords(
      tx,
      workspaceId,
      sql`c.state = 'connected' and rec.state = 'live' and rec.signals @> ${asking}::text::jsonb`,
    );
    return found.flatMap((stored) => {
      const signal = stored.signals.find(({ kind }) => kind === "erase");
      if (!signal) return [];
      const { field, since } = signal;
      return headerOf(ctx, connections, stored).map((record) => ({
        connectionId: stored.connectionId,
        record,
        field,
        since,
      }));
    });
  });
}

/** An administrator agrees that the person of a record is forgotten. It cannot be taken back. */
export function confirmErasure(
  ctx: MemberContext,
  { connectionId, ref }: { readonly connectionId: string; readonly ref: CrmRecordRef },
): Promise<Outcome<object>> {
  const { workspaceId, userId } = ctx.actor;
  return ctx.database.inWorkspace(workspaceId, async (tx) => {
    const connection = await loadConnection(tx, workspaceId, connectionId);
    if (!connection || connection.state === "ended") return refused("crm.not_connected");
    const [stored] = await findRecords(
      tx,
      workspaceId,
      sql`rec.connection_id = ${connectionId} and rec.record_type = ${ref.type} and rec.record_id = ${ref.id}
        and rec.state = 'live' and rec.signals @> ${asking}::text::jsonb`,
    );
    if (!stored) return refused("crm.record_not_found");
    await eraseRecord(tx, connection, ref, userId);
    return { ok: true };
  });
}
