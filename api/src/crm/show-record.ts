import type { MatchView } from "@aparte/core/crm-match.ts";
import { sameRecord } from "@aparte/core/crm-record.ts";
import type { RecordView } from "@aparte/core/record-view.ts";
import type { CrmRecord } from "@aparte/crm/record.ts";
import { fingerprints } from "../contacts/fingerprint.ts";
import { contactForNumber } from "../contacts/service.ts";
import type { Tx } from "../platform/db.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { candidatesOf, choose, toNumbers, type Candidate } from "./candidates.ts";
import type { Connection } from "./connections.ts";
import { findElsewhere, headerOf } from "./elsewhere.ts";
import { link, loadLinks, relink } from "./links.ts";
import { askWhoKnows } from "./lookup-queue.ts";
import { loadRecords } from "./records.ts";
import { readSoon } from "./change-queue.ts";
import { conversationWith, unavailable } from "./show-person.ts";
import { applySignals } from "./signals.ts";

export type Shown = {
  readonly connections: readonly Connection[];
  readonly connection: Connection;
  /** As it was just read, and kept by `saveRecord`. */
  readonly record: CrmRecord;
  /** The number that was asked for (E.164); null leaves the choice to us. */
  readonly wanted: string | null;
};

/** The view of a record: whose numbers it has, and the conversation with the person of one of them. */
export async function showRecord(tx: Tx, ctx: MemberContext, shown: Shown): Promise<RecordView> {
  const { connections, connection, record } = shown;
  const refs = [record.ref, ...record.people.map(({ ref }) => ref)];
  const stored = await loadRecords(tx, connection, refs);
  const own = stored.find(({ ref }) => sameRecord(ref, record.ref));
  if (own) await relink(tx, connection, own);
  const links = await loadLinks(tx, connection, refs);
  const candidates = candidatesOf(record, links);
  const numbers = toNumbers(candidates);
  const [header] = headerOf(ctx, connections, { connectionId: connection.id, ...record });
  if (!header) return unavailable("crm.not_configured");
  if (candidates.length === 0) {
    return { state: "no_number", record: header, people: record.people.map(({ ref, name }) => ({ ref, name })) };
  }
  const chosen = choose(candidates, links, shown);
  if (!chosen) return { state: "invalid_number", record: header, numbers };
  const { holder, phone, waId } = chosen;
  const contactId = await contactOf(tx, ctx, chosen);
  await noteOpened(tx, ctx, { ...shown, chosen, contactId });
  for (const one of stored) await applySignals(tx, { connection, record: one, now: ctx.now() });
  const conversation = await conversationWith(tx, ctx, { contactId, name: holder.name, phone });
  if (!conversation) return unavailable("channels.not_found", header);
  return {
    state: "ready",
    record: header,
    numbers,
    match: await matchOf(tx, ctx, { ...shown, chosen, contactId }),
    elsewhere: await findElsewhere(tx, ctx, { connections, contactId, waId, besides: [record.ref, holder.ref] }),
    peopleCount: record.people.length === 0 ? 1 : record.people.length + record.peopleLeftOut,
    conversation: { ...conversation, fields: record.fields },
  };
}

async function contactOf(tx: Tx, ctx: MemberContext, { contactId, holder, waId }: Candidate): Promise<string> {
  if (waId !== null) {
    return contactForNumber(tx, { workspaceId: ctx.actor.workspaceId, waId, name: holder.name }, fingerprints(ctx));
  }
  if (contactId === null) throw new Error("A person was chosen who has neither a number nor a name here.");
  return contactId;
}

type Opened = Shown & { readonly chosen: Candidate; readonly contactId: string };

/**
 * Remembers whose record the number is, and that the person was talked to on this page. A number that is not theirs binds nobody
 * to the record.
 */
async function noteOpened(
  tx: Tx,
  ctx: MemberContext,
  { connection, record, chosen, contactId }: Opened,
): Promise<void> {
  const { holder, label, waId, verdict } = chosen;
  const isOwn = sameRecord(holder.ref, record.ref);
  const place = { connection, contactId, opened: true, actor: ctx.actor.userId };
  if (verdict !== "not_theirs") {
    const reason = waId === null || label === "" ? "whatsapp_id" : "field";
    await link(tx, { ...place, ref: holder.ref, role: "person", reason, field: label === "" ? null : label });
  }
  if (!isOwn) {
    await link(tx, { ...place, ref: record.ref, role: "context", reason: "field", field: null });
    await readSoon(tx, connection, [holder.ref]);
  }
  await askWhoKnows(tx, ctx.actor.workspaceId, contactId);
}

/** Why the person and their record belong together, as it stands now. */
async function matchOf(
  tx: Tx,
  ctx: MemberContext,
  { connections, connection, chosen, contactId }: Opened,
): Promise<MatchView | null> {
  const links = await loadLinks(tx, connection, [chosen.holder.ref]);
  const own = links.find((one) => one.contactId === contactId && one.role === "person" && !one.excluded);
  const [holder] = headerOf(ctx, connections, { connectionId: connection.id, ...chosen.holder });
  return own && holder ? { holder, reason: own.reason, field: own.field, chosenBy: own.chosenBy } : null;
}
