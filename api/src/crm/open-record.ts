import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import type { ErrorCode } from "@aparte/core/errors.ts";
import type { PersonView, RecordHeader, RecordNumber, RecordView } from "@aparte/core/record-view.ts";
import type { CrmRecord } from "@aparte/crm/record.ts";
import { sql } from "drizzle-orm";
import { channelView, loadChannels } from "../channels/service.ts";
import { parsePhone, type PhoneNumber } from "../contacts/phone.ts";
import { contactForNumber } from "../contacts/service.ts";
import { canonicalWaId } from "../contacts/wa-id.ts";
import { conversationSnapshot } from "../messaging/snapshot.ts";
import type { Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { reasonOf } from "./connect.ts";
import { loadConnections, type Connection } from "./connections.ts";
import { fieldsOf } from "./fields.ts";
import { withSession } from "./session.ts";
import { syncState } from "./sync.ts";

export type OpenRecordInput = {
  readonly ref: CrmRecordRef;
  /** The number to talk to, in E.164; null leaves the choice to us. */
  readonly number?: string | null | undefined;
};

/** Everything that the panel needs for the record that is open in the CRM, or the plain reason why there is nothing. */
export async function openRecord(ctx: MemberContext, { ref, number }: OpenRecordInput): Promise<RecordView> {
  const { workspaceId } = ctx.actor;
  const connections = await ctx.database.inWorkspace(workspaceId, (tx) => loadConnections(tx, workspaceId));
  const connection = chooseConnection(connections, ref);
  if (typeof connection === "string") return unavailable(connection);
  const answer = await withSession(ctx, workspaceId, connection.id, async (speaker) => {
    const fields = await fieldsOf(ctx, speaker, ref.type);
    if (fields.outcome !== "done") return fields;
    const read = await speaker.adapter.readRecord(speaker.session, ref, fields.fields);
    if (read.outcome !== "done") return read;
    return { ...read, url: speaker.adapter.recordUrl(connection.uiDomain, read.record.ref) };
  });
  if (answer.outcome === "not_found") return unavailable("crm.record_not_found");
  if (answer.outcome !== "done") return unavailable(reasonOf(answer));
  return showRecord(ctx, connection, answer, number ?? null);
}

function unavailable(reason: ErrorCode, record: RecordHeader | null = null): RecordView {
  return { state: "unavailable", reason, record };
}

/** The living connection to the record's account, or why there is none. */
function chooseConnection(connections: readonly Connection[], ref: CrmRecordRef): Connection | ErrorCode {
  const ofCrm = connections.filter(({ crm }) => crm === ref.crm);
  const ofAccount = ofCrm.find(({ account }) => account === ref.account);
  if (ofAccount?.state === "connected") return ofAccount;
  if (ofAccount?.problem === "crm.connection_ended") return ofAccount.problem;
  return ofCrm.some(({ state }) => state === "connected") ? "crm.other_portal" : "crm.not_connected";
}

type Answer = { readonly record: CrmRecord; readonly url: string };
type Valid = { readonly e164: string; readonly phone: PhoneNumber };

async function showRecord(
  ctx: MemberContext,
  connection: Connection,
  { record, url }: Answer,
  wanted: string | null,
): Promise<RecordView> {
  const header: RecordHeader = { ref: record.ref, name: record.name, url };
  if (record.phones.length === 0) return { state: "no_number", record: header };
  const { numbers, valid } = readNumbers(record);
  const [first] = valid;
  if (!first) return { state: "invalid_number", record: header, numbers };
  const { workspaceId } = ctx.actor;
  return ctx.database.inWorkspace(workspaceId, async (tx): Promise<RecordView> => {
    const channels = await loadChannels(tx, workspaceId);
    const channel = channels.find(({ usable }) => usable) ?? channels[0];
    if (!channel) return unavailable("channels.not_found", header);
    const last = await lastNumber(tx, connection, record.ref);
    const { phone } =
      valid.find(({ e164 }) => e164 === wanted) ??
      valid.find(({ phone: { waId } }) => canonicalWaId(waId) === last) ??
      first;
    const contactId = await contactForNumber(tx, workspaceId, phone.waId, record.name);
    await link(tx, ctx, { connection, ref: record.ref, contactId });
    const { e164, display, timeZone, country } = phone;
    const person: PersonView = { contactId, name: record.name, e164, display, timeZone };
    const place = { workspaceId, contactId, channelId: channel.id, wabaId: channel.wabaId, country };
    return {
      state: "ready",
      record: header,
      numbers,
      conversation: {
        ...(await conversationSnapshot(tx, place, ctx.now())),
        person,
        channel: channelView(channel),
        fields: record.fields,
        sync: await syncState(tx, workspaceId, contactId),
      },
    };
  });
}

/** The record's numbers in its order, each once however often it stands there. */
function readNumbers(record: CrmRecord): {
  readonly numbers: readonly RecordNumber[];
  readonly valid: readonly Valid[];
} {
  const read = record.phones.map(({ label, raw, region }) => ({ label, raw, phone: parsePhone(raw, region) }));
  const once = read.filter(
    ({ phone }, index) => !phone || read.findIndex((other) => other.phone?.e164 === phone.e164) === index,
  );
  return {
    numbers: once.map(({ label, raw, phone }) => ({
      label,
      raw,
      e164: phone?.e164 ?? null,
      display: phone?.display ?? raw,
    })),
    valid: once.flatMap(({ phone }) => (phone ? [{ e164: phone.e164, phone }] : [])),
  };
}

/** The number of the person whom this record was opened with last; null when it never was. */
async function lastNumber(tx: Tx, connection: Connection, ref: CrmRecordRef): Promise<string | null> {
  const [found] = await tx.execute<{ waId: string | null }>(sql`
    select c.wa_id as "waId" from crm_links l
    join contacts c on c.workspace_id = l.workspace_id and c.id = l.contact_id
    where l.workspace_id = ${connection.workspaceId} and l.connection_id = ${connection.id}
      and l.record_type = ${ref.type} and l.record_id = ${ref.id}
    order by l.linked_at desc limit 1`);
  return found?.waId ?? null;
}

type NewLink = { readonly connection: Connection; readonly ref: CrmRecordRef; readonly contactId: string };

/** Remembers that the record is about this person; from then on their conversations are logged on it. */
async function link(tx: Tx, ctx: MemberContext, { connection, ref, contactId }: NewLink): Promise<void> {
  const { workspaceId, id: connectionId } = connection;
  const [row] = await tx.execute<{ isNew: boolean }>(sql`
    insert into crm_links (workspace_id, connection_id, record_type, record_id, contact_id)
    values (${workspaceId}, ${connectionId}, ${ref.type}, ${ref.id}, ${contactId})
    on conflict (workspace_id, connection_id, record_type, record_id, contact_id) do update set linked_at = now()
    returning xmax = 0 as "isNew"`);
  if (!row?.isNew) return;
  const payload = { contactId, connectionId };
  await emit(tx, [{ name: "crm.record_linked", workspaceId, actor: ctx.actor.userId, payload }]);
}
