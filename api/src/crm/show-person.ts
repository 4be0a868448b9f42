import type { ErrorCode } from "@aparte/core/errors.ts";
import type { RecordHeader } from "@aparte/core/crm-record.ts";
import type { ConversationSnapshot, PersonView, RecordView } from "@aparte/core/record-view.ts";
import { channelView, loadChannels } from "../channels/service.ts";
import { loadToldZones } from "../contacts/calendar.ts";
import type { PhoneNumber } from "../contacts/phone.ts";
import { conversationSnapshot } from "../messaging/snapshot.ts";
import type { Tx } from "../platform/db.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { loadSignals } from "./signals.ts";
import { syncState } from "./sync.ts";

export function unavailable(reason: ErrorCode, record: RecordHeader | null = null): RecordView {
  return { state: "unavailable", reason, record };
}

export type ShownPerson = {
  readonly contactId: string;
  readonly name: string;
  /** Null for a person who hides their number. */
  readonly phone: PhoneNumber | null;
};

/** The conversation with a person on the number that messages leave from; null while there is no such number. */
export async function conversationWith(
  tx: Tx,
  ctx: MemberContext,
  { contactId, name, phone }: ShownPerson,
): Promise<Omit<ConversationSnapshot, "fields"> | null> {
  const { workspaceId } = ctx.actor;
  const channels = await loadChannels(tx, workspaceId);
  const channel = channels.find(({ usable }) => usable) ?? channels[0];
  if (!channel) return null;
  const { e164 = "", display = "", timeZones = [], country = null } = phone ?? {};
  const told = await loadToldZones(tx, workspaceId, contactId);
  const timeZone = only(told.length > 0 ? told : timeZones);
  const person: PersonView = { contactId, name, e164, display, timeZone };
  const place = { workspaceId, contactId, channelId: channel.id, wabaId: channel.wabaId, country };
  return {
    ...(await conversationSnapshot(tx, place, ctx.now())),
    person,
    channel: channelView(channel),
    sync: await syncState(tx, workspaceId, contactId),
    signals: await loadSignals(tx, workspaceId, contactId),
  };
}

/** The only one of a list; null when there are several. */
function only(list: readonly string[]): string | null {
  return list.length === 1 ? (list[0] ?? null) : null;
}
