import type { MatchView } from "@aparte/core/crm-match.ts";
import type { RecordView } from "@aparte/core/record-view.ts";
import { fingerprints } from "../contacts/fingerprint.ts";
import { parsePhone, type PhoneNumber } from "../contacts/phone.ts";
import { contactForNumber, loadContact } from "../contacts/service.ts";
import { canonicalWaId } from "../contacts/wa-id.ts";
import { inSpiteOfOthers, type Tx } from "../platform/db.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { loadConnections, type Connection } from "./connections.ts";
import { headerOf, recordsOf } from "./elsewhere.ts";
import { loadLinks, type Link } from "./links.ts";
import { askWhoKnows } from "./lookup-queue.ts";
import type { StoredRecord } from "./records.ts";
import { conversationWith, unavailable } from "./show-person.ts";

/** The conversation with a number (E.164) without a record, with the records that are known to be this person's. */
export async function openNumber(ctx: MemberContext, e164: string): Promise<RecordView> {
  const phone = parsePhone(e164, null);
  if (!phone) {
    const number = { ...unheld(e164), e164: null, display: e164 };
    return { state: "invalid_number", record: null, numbers: [number] };
  }
  return inSpiteOfOthers(() =>
    ctx.database.inWorkspace(ctx.actor.workspaceId, (tx) => showNumber(tx, ctx, { raw: e164, phone })),
  );
}

function unheld(raw: string) {
  return { label: "", raw, holder: null, verdict: "field" } as const;
}

async function showNumber(
  tx: Tx,
  ctx: MemberContext,
  { raw, phone }: { readonly raw: string; readonly phone: PhoneNumber },
): Promise<RecordView> {
  const { workspaceId } = ctx.actor;
  const waId = canonicalWaId(phone.waId);
  const contactId = await contactForNumber(tx, { workspaceId, waId, name: null }, fingerprints(ctx));
  const contact = await loadContact(tx, workspaceId, contactId);
  await askWhoKnows(tx, workspaceId, contactId);
  const connections = await loadConnections(tx, workspaceId);
  const records = await recordsOf(tx, workspaceId, { contactId, waId });
  const own = await ownRecord(tx, connections, records, contactId);
  const name = own?.record.name ?? contact?.name ?? phone.display;
  const conversation = await conversationWith(tx, ctx, { contactId, name, phone });
  if (!conversation) return unavailable("channels.not_found");
  const match = own ? matchOf(ctx, connections, own) : null;
  return {
    state: "ready",
    record: null,
    numbers: [{ ...unheld(raw), holder: match?.holder ?? null, e164: phone.e164, display: phone.display }],
    match,
    elsewhere: records.filter((record) => record !== own?.record).flatMap((one) => headerOf(ctx, connections, one)),
    peopleCount: 1,
    conversation: { ...conversation, fields: [] },
  };
}

type Own = { readonly record: StoredRecord; readonly link: Link };

/** Of a person's records the one that is linked to them and was opened last. */
async function ownRecord(
  tx: Tx,
  connections: readonly Connection[],
  records: readonly StoredRecord[],
  contactId: string,
): Promise<Own | null> {
  const linked: Own[] = [];
  for (const connection of connections) {
    const here = records.filter(({ connectionId }) => connectionId === connection.id);
    const links = await loadLinks(
      tx,
      connection,
      here.map(({ ref }) => ref),
    );
    for (const link of links.filter((one) => one.contactId === contactId && one.role === "person" && !one.excluded)) {
      const record = here.find(({ ref }) => ref.type === link.type && ref.id === link.id);
      if (record) linked.push({ record, link });
    }
  }
  return linked.toSorted((a, b) => (b.link.openedAt ?? "").localeCompare(a.link.openedAt ?? ""))[0] ?? null;
}

function matchOf(ctx: MemberContext, connections: readonly Connection[], { record, link }: Own): MatchView | null {
  const [holder] = headerOf(ctx, connections, record);
  return holder ? { holder, reason: link.reason, field: link.field, chosenBy: link.chosenBy } : null;
}
