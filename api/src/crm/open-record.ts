import { sameRecord, type CrmRecordRef } from "@aparte/core/crm-record.ts";
import type { ErrorCode } from "@aparte/core/errors.ts";
import type { RecordView } from "@aparte/core/record-view.ts";
import type { CrmRecord } from "@aparte/crm/record.ts";
import { inSpiteOfOthers, type Tx } from "../platform/db.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { reasonOf } from "./connect.ts";
import { loadConnections, type Connection } from "./connections.ts";
import { followRecord } from "./follow.ts";
import { readWhole } from "./read-record.ts";
import { loadRecords, resolveRef, saveRecord } from "./records.ts";
import { withSession } from "./session.ts";
import { unavailable } from "./show-person.ts";
import { showRecord } from "./show-record.ts";

export type OpenRecordInput = {
  readonly ref: CrmRecordRef;
  /** The number to talk to, in E.164; null leaves the choice to us. */
  readonly number?: string | null | undefined;
};

/** A record that was read for a person who looks at it; `keep` stores what was read. */
export type OpenedRecord = {
  readonly connections: readonly Connection[];
  readonly connection: Connection;
  readonly record: CrmRecord;
  readonly keep: (tx: Tx) => Promise<void>;
};

/** Everything that the panel needs for the record that is open in the CRM, or the plain reason why there is nothing. */
export async function openRecord(ctx: MemberContext, { ref, number }: OpenRecordInput): Promise<RecordView> {
  const opened = await readOpened(ctx, ref);
  if ("state" in opened) return opened;
  const view = await inSpiteOfOthers(() =>
    ctx.database.inWorkspace(ctx.actor.workspaceId, async (tx) => {
      await opened.keep(tx);
      return showRecord(tx, ctx, { ...opened, wanted: number ?? null });
    }),
  );
  return withOwnFields(ctx, opened, view);
}

/**
 * On a deal, ticket or company the person's own fields come first: a template greets them by their first name and goes on
 * with the deal's. They are a convenience, so the conversation opens without them when the CRM does not answer.
 */
async function withOwnFields(
  ctx: MemberContext,
  { connection, record }: OpenedRecord,
  view: RecordView,
): Promise<RecordView> {
  if (view.state !== "ready" || !view.match || sameRecord(view.match.holder.ref, record.ref)) return view;
  const { ref } = view.match.holder;
  const answer = await withSession(ctx, connection.workspaceId, connection.id, (speaker) =>
    readWhole(ctx, speaker, ref),
  );
  if (answer.outcome !== "done") return view;
  const own = answer.record.fields;
  const taken = new Set(own.map(({ name }) => name));
  const fields = [...own, ...record.fields.filter(({ name }) => !taken.has(name))];
  return { ...view, conversation: { ...view.conversation, fields } };
}

/** Reads the record that is open, under the name that it has today. */
export async function readOpened(ctx: MemberContext, ref: CrmRecordRef): Promise<OpenedRecord | RecordView> {
  const { workspaceId } = ctx.actor;
  const place = await ctx.database.inWorkspace(workspaceId, async (tx) => {
    const connections = await loadConnections(tx, workspaceId);
    const connection = chooseConnection(connections, ref);
    if (typeof connection === "string") return connection;
    const current = await resolveRef(tx, connection, ref);
    const [stored] = await loadRecords(tx, connection, [current]);
    return stored?.state === "erased" ? "crm.record_erased" : { connections, connection, current };
  });
  if (typeof place === "string") return unavailable(place);
  const { connection, connections, current } = place;
  const answer = await withSession(ctx, workspaceId, connection.id, (speaker) => readWhole(ctx, speaker, current));
  if (answer.outcome === "not_found") {
    return unavailable(answer.state === "deleted" ? "crm.record_deleted" : "crm.record_not_found");
  }
  if (answer.outcome !== "done") return unavailable(reasonOf(answer));
  const { record } = answer;
  const keep = async (tx: Tx) => {
    if (!sameRecord(record.ref, ref)) await followRecord(tx, connection, { from: ref, into: record.ref });
    await saveRecord(tx, connection, record, ctx.now());
  };
  return { connections, connection, record, keep };
}

/** The living connection to the record's account, or why there is none. */
export function chooseConnection(connections: readonly Connection[], ref: CrmRecordRef): Connection | ErrorCode {
  const ofCrm = connections.filter(({ crm }) => crm === ref.crm);
  const ofAccount = ofCrm.find(({ account }) => account === ref.account);
  if (ofAccount?.state === "connected") return ofAccount;
  if (ofAccount?.problem === "crm.connection_ended") return ofAccount.problem;
  return ofCrm.some(({ state }) => state === "connected") ? "crm.other_portal" : "crm.not_connected";
}
