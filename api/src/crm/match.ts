import type { MatchVerdict, NumberHolder } from "@aparte/core/crm-match.ts";
import { sameRecord, type CrmRecordRef } from "@aparte/core/crm-record.ts";
import type { RecordView } from "@aparte/core/record-view.ts";
import type { CrmRecord } from "@aparte/crm/record.ts";
import { sql } from "drizzle-orm";
import { fingerprints } from "../contacts/fingerprint.ts";
import { parsePhone } from "../contacts/phone.ts";
import { contactForNumber } from "../contacts/service.ts";
import { canonicalWaId } from "../contacts/wa-id.ts";
import { inSpiteOfOthers, type Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { readSoon } from "./change-queue.ts";
import type { Connection } from "./connections.ts";
import { numbersOf } from "./numbers.ts";
import { readOpened, type OpenedRecord } from "./open-record.ts";
import { holdsNumbers } from "./records.ts";
import { showRecord } from "./show-record.ts";
import { unavailable } from "./show-person.ts";

export type MatchInput = {
  /** The record that is open. */
  readonly ref: CrmRecordRef;
  /** E.164. */
  readonly number: string;
  readonly verdict: MatchVerdict;
  /** Whose the number is or is not, where the open record has people; null leaves it to where the number stands. */
  readonly holder?: CrmRecordRef | null | undefined;
};

/**
 * Writes down whose a number is, or takes that back: what somebody here says counts more than any field, until they say
 * otherwise. Nothing is written to the CRM.
 */
export async function correctMatch(ctx: MemberContext, input: MatchInput): Promise<RecordView> {
  const phone = parsePhone(input.number, null);
  if (!phone) return unavailable("contacts.number_invalid");
  const opened = await readOpened(ctx, input.ref);
  if ("state" in opened) return opened;
  const waId = canonicalWaId(phone.waId);
  const holder = holderOf(opened.record, waId, input.holder ?? null);
  if (!holder) return unavailable("crm.record_not_found");
  const { workspaceId } = ctx.actor;
  const isTheirs = input.verdict === "theirs";
  return inSpiteOfOthers(() =>
    ctx.database.inWorkspace(workspaceId, async (tx) => {
      await opened.keep(tx);
      const named = { workspaceId, waId, name: isTheirs ? holder.name : null };
      const contactId = await contactForNumber(tx, named, fingerprints(ctx));
      await note(tx, ctx, { ...opened, holder: holder.ref, contactId, verdict: input.verdict });
      return showRecord(tx, ctx, { ...opened, wanted: input.verdict === "not_theirs" ? null : phone.e164 });
    }),
  );
}

/** The one who was named; else whose field the number stands in; else the record itself, or its primary person. */
function holderOf(record: CrmRecord, waId: string, named: CrmRecordRef | null): NumberHolder | null {
  const all: readonly NumberHolder[] = [record, ...record.people];
  if (named) return all.find(({ ref }) => sameRecord(ref, named)) ?? null;
  const held = numbersOf(record).find((number) => number.waId === waId);
  if (held) return held.holder;
  return holdsNumbers(record.ref) ? record : (record.people[0] ?? null);
}

type Said = OpenedRecord & {
  readonly holder: CrmRecordRef;
  readonly contactId: string;
  readonly verdict: MatchVerdict;
};

async function note(tx: Tx, ctx: MemberContext, { connection, holder, contactId, verdict }: Said): Promise<void> {
  const { workspaceId, userId, name } = ctx.actor;
  const place = sql`workspace_id = ${workspaceId} and connection_id = ${connection.id} and record_type = ${holder.type}
    and record_id = ${holder.id} and contact_id = ${contactId}`;
  await (verdict === "as_found"
    ? tx.execute(sql`delete from crm_links where ${place} and (reason = 'chosen' or excluded)`)
    : say(tx, connection, { holder, contactId, excluded: verdict === "not_theirs", name }));
  await readSoon(tx, connection, [holder]);
  const payload = { contactId, connectionId: connection.id };
  const news = verdict === "theirs" ? ("crm.record_linked" as const) : ("crm.record_unlinked" as const);
  await emit(tx, [
    { name: "crm.match_corrected", workspaceId, actor: userId, payload: { ...payload, verdict } },
    { name: news, workspaceId, actor: userId, payload },
  ]);
}

type Word = {
  readonly holder: CrmRecordRef;
  readonly contactId: string;
  readonly excluded: boolean;
  /** Of the colleague who says so. */
  readonly name: string;
};

async function say(tx: Tx, connection: Connection, { holder, contactId, excluded, name }: Word): Promise<void> {
  await tx.execute(sql`
    insert into crm_links as l (workspace_id, connection_id, record_type, record_id, contact_id, role, reason, chosen_by,
      excluded)
    values (${connection.workspaceId}, ${connection.id}, ${holder.type}, ${holder.id}, ${contactId}, 'person',
      ${excluded ? "field" : "chosen"}, ${name}, ${excluded})
    on conflict (workspace_id, connection_id, record_type, record_id, contact_id) do update set role = 'person',
      reason = excluded.reason, chosen_by = excluded.chosen_by, excluded = excluded.excluded`);
}
