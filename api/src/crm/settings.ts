import { sameRecord, type CrmRecordRef } from "@aparte/core/crm-record.ts";
import {
  associationsFor,
  type CrmSettings,
  type CrmSettingsView,
  type RecordFacts,
  type RelatedFact,
  type RulesTestView,
} from "@aparte/core/crm-settings.ts";
import { refused, type Outcome } from "@aparte/core/result.ts";
import type { CrmMissing, CrmResult } from "@aparte/crm/outcome.ts";
import type { CrmRecord } from "@aparte/crm/record.ts";
import { and, eq } from "drizzle-orm";
import { emit } from "../platform/events.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { reasonOf } from "./connect.ts";
import { loadConnection, loadConnections } from "./connections.ts";
import { loadLinks } from "./links.ts";
import { loadRecordFacts } from "./record-facts.ts";
import { withSession, type Speaker } from "./session.ts";
import { connections } from "./tables.ts";

/** How each connection writes to its CRM. */
export async function listSettings({ database, actor }: MemberContext): Promise<CrmSettingsView[]> {
  const { workspaceId } = actor;
  const found = await database.inWorkspace(workspaceId, (tx) => loadConnections(tx, workspaceId));
  return found.map(({ id, settings }) => ({ connectionId: id, settings }));
}

export type SaveSettings = { readonly connectionId: string; readonly settings: CrmSettings };

/** What an admin chose counts from the next write of each entry on. */
export async function saveSettings(
  { database, actor }: MemberContext,
  { connectionId, settings }: SaveSettings,
): Promise<Outcome<object>> {
  const { workspaceId, userId } = actor;
  return database.inWorkspace(workspaceId, async (tx) => {
    const mine = and(eq(connections.workspaceId, workspaceId), eq(connections.id, connectionId));
    const saved = await tx.update(connections).set({ settings }).where(mine).returning({ id: connections.id });
    if (saved.length === 0) return refused("crm.not_connected");
    await emit(tx, [{ name: "crm.settings_saved", workspaceId, actor: userId, payload: { connectionId } }]);
    return { ok: true };
  });
}

export type TestRules = {
  readonly connectionId: string;
  /** Settings that are not saved yet; those that are when absent. */
  readonly settings?: CrmSettings | undefined;
  readonly ref: CrmRecordRef;
};

/**
 * On which records an entry would stand by these settings, and why, if a colleague opened the conversation from this record:
 * of a deal, a ticket or a company, with the first of its people. The CRM is asked, so the answer is of this moment.
 */
export async function testRules(
  ctx: MemberContext,
  { connectionId, settings, ref }: TestRules,
): Promise<Outcome<RulesTestView>> {
  const { workspaceId } = ctx.actor;
  const connection = await ctx.database.inWorkspace(workspaceId, (tx) => loadConnection(tx, workspaceId, connectionId));
  if (!connection) return refused("crm.not_connected");
  if (connection.crm !== ref.crm || connection.account !== ref.account) return refused("crm.other_portal");
  const read = await withSession(ctx, workspaceId, connectionId, (speaker) => readAround(speaker, ref));
  if (read.outcome === "not_found") return refused("crm.record_not_found");
  if (read.outcome !== "done") return refused(reasonOf(read));
  const facts = await ctx.database.inWorkspace(workspaceId, async (tx) => {
    const [link] = await loadLinks(tx, connection, read.facts.own.slice(0, 1));
    const place = link && { workspaceId, connectionId, contactId: link.contactId };
    const [known] = place ? await loadRecordFacts(tx, [place]) : [];
    return known ? joined(read.facts, known) : read.facts;
  });
  const associations = associationsFor(settings ?? connection.settings, facts);
  return { ok: true, associations: associations.map(({ ref: on, why }) => read.show(on, why)) };
}

type Around = {
  readonly facts: RecordFacts;
  readonly show: (
    ref: CrmRecordRef,
    why: RulesTestView["associations"][number]["why"],
  ) => RulesTestView["associations"][number];
};

/** Reads the record and, where it is nobody's own, the record of the first of its people. */
async function readAround(speaker: Speaker, ref: CrmRecordRef): Promise<CrmResult<Around> | CrmMissing> {
  const { adapter, session, connection } = speaker;
  const opened = await adapter.readRecord(session, ref, []);
  if (opened.outcome !== "done") return opened;
  const [first] = opened.record.people;
  const isOwn = isPerson(opened.record) || first === undefined;
  const own = isOwn ? opened : await adapter.readRecord(session, first.ref, []);
  if (own.outcome !== "done") return own;
  const names: RelatedFact[] = [opened.record, own.record].flatMap((record) => [
    { ref: record.ref, name: record.name, isPrimary: false, isOpen: null },
    ...record.related,
  ]);
  return {
    outcome: "done",
    facts: {
      own: isOwn && !isPerson(opened.record) ? [] : [own.record.ref],
      opened: isOwn ? [] : [opened.record.ref],
      related: own.record.related,
      ownerId: own.record.ownerId,
    },
    show: (on, why) => {
      const name = names.find((known) => sameRecord(known.ref, on))?.name ?? "";
      return { ref: on, name, url: adapter.recordUrl(connection.uiDomain, on), why };
    },
  };
}

function isPerson({ ref, phones }: CrmRecord): boolean {
  return ref.type === "contact" || ref.type === "lead" || (ref.type === "company" && phones.length > 0);
}

/** What was just read, with what is known of the person beyond it. */
function joined(read: RecordFacts, known: RecordFacts): RecordFacts {
  return {
    own: [...read.own, ...known.own],
    opened: [...read.opened, ...known.opened],
    related: [...read.related, ...known.related],
    ownerId: read.ownerId,
  };
}
