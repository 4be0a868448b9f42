import { isDeepStrictEqual } from "node:util";
import type { ConsentView } from "@aparte/core/consent.ts";
import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import { refused, type Outcome } from "@aparte/core/result.ts";
import type { MirrorConsent, MirrorValues } from "@aparte/crm/record.ts";
import { sql } from "drizzle-orm";
import { loadConsent } from "../consent/entries.ts";
import type { Deps } from "../platform/context.ts";
import type { Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { reasonOf } from "./connect.ts";
import { loadConnection } from "./connections.ts";
import { loadLinks } from "./links.ts";
import { claimMirror, loadWritten, mirrorAll, saveWritten, settleMirror } from "./mirror-queue.ts";
import { loadRecordFacts } from "./record-facts.ts";
import { inBackground, withSession, type Speaker } from "./session.ts";
import { mirrorWords } from "./mirror-words.ts";

/**
 * Begins or ends the copy of consent and last contact on a connection's records. Beginning creates the fields in the CRM and
 * fills them for everybody who is linked; ending leaves them as they are.
 */
export async function setMirror(
  ctx: MemberContext,
  { connectionId, on }: { readonly connectionId: string; readonly on: boolean },
): Promise<Outcome<object>> {
  const { workspaceId, userId } = ctx.actor;
  if (on) {
    const made = await withSession(ctx, workspaceId, connectionId, ({ adapter, session }) =>
      adapter.createMirror(session),
    );
    if (made.outcome !== "done") return refused(reasonOf(made));
  }
  return ctx.database.inWorkspace(workspaceId, async (tx) => {
    const connection = await loadConnection(tx, workspaceId, connectionId);
    if (!connection || connection.state === "ended") return refused("crm.not_connected");
    await tx.execute(sql`
      update crm_connections set mirrors = ${on} where workspace_id = ${workspaceId} and id = ${connectionId}`);
    if (on) await mirrorAll(tx, connection);
    await emit(tx, [{ name: "crm.mirror_set", workspaceId, actor: userId, payload: { connectionId, on } }]);
    return { ok: true };
  });
}

/** Writes what is known of the next person whose time has come on each of their own records. Returns whether there was one. */
export async function mirrorNext(deps: Deps): Promise<boolean> {
  const claimed = await deps.database.system.transaction(claimMirror);
  if (!claimed) return false;
  const { workspaceId, connectionId } = claimed;
  const records = await deps.database.inWorkspace(workspaceId, async (tx) => {
    const [facts] = await loadRecordFacts(tx, [claimed]);
    const known = [];
    for (const ref of facts?.own ?? []) {
      const written = await loadWritten(tx, claimed, ref);
      known.push({ ref, values: await valuesOf(tx, { ...claimed, ref }, deps.now()), written });
    }
    return known;
  });
  const outcome = await inBackground(deps, workspaceId, connectionId, async (speaker) => {
    for (const record of records) {
      const written = await writeRecord(deps, speaker, { ...record, workspaceId, connectionId });
      // A record that went away needs no copy; news of it come by themselves.
      if (written.outcome !== "done" && written.outcome !== "not_found") return written;
    }
    return { outcome: "done" } as const;
  });
  await deps.database.inWorkspace(workspaceId, (tx) => settleMirror(tx, claimed, outcome));
  return true;
}

type Copy = Place & {
  readonly ref: CrmRecordRef;
  readonly values: Known;
  /** What the last copy said of consent; null when there was none. */
  readonly written: MirrorConsent | null;
};

/**
 * Writes the consent only where it is news since the last copy, so that the last contact of a person never writes over an opt-out
 * that somebody has set in the CRM meanwhile and that nobody here has heard of yet.
 */
async function writeRecord(deps: Deps, { adapter, session }: Speaker, copy: Copy) {
  const { workspaceId, ref, values, written } = copy;
  const consent = isDeepStrictEqual(values.consent, written) ? null : values.consent;
  const answer = await adapter.writeMirror(session, ref, { ...values, consent });
  if (consent !== null && answer.outcome === "done") {
    await deps.database.inWorkspace(workspaceId, (tx) => saveWritten(tx, copy));
  }
  return answer;
}

type Known = MirrorValues & { readonly consent: MirrorConsent };
type Place = { readonly workspaceId: string; readonly connectionId: string };

/** What is known of all the people of a record: it has one field for each fact, whatever the number of their numbers. */
async function valuesOf(tx: Tx, place: Place & { readonly ref: CrmRecordRef }, now: Date): Promise<Known> {
  const { workspaceId, connectionId, ref } = place;
  const links = await loadLinks(tx, { workspaceId, id: connectionId }, [ref]);
  const people = links.filter(({ role, excluded }) => role === "person" && !excluded);
  const consents: ConsentView[] = [];
  for (const { contactId } of people) {
    consents.push(await loadConsent(tx, { workspaceId, contactId, channelId: null }, now));
  }
  const [last] = await tx.execute<{ at: string | null }>(sql`
    select to_json(max(m.at)) #>> '{}' as at from crm_links l
    join messaging_conversations v on v.workspace_id = l.workspace_id and v.contact_id = l.contact_id
    cross join lateral (
      select at from messaging_messages m
      where m.workspace_id = v.workspace_id and m.conversation_id = v.id and m.about_wamid is null
      order by m.at desc, m.seq desc limit 1) m
    where l.workspace_id = ${workspaceId} and l.connection_id = ${connectionId} and l.record_type = ${ref.type}
      and l.record_id = ${ref.id} and l.role = 'person' and not l.excluded`);
  const lastContactAt = last?.at ? new Date(last.at).toISOString() : null;
  return { consent: await strictest(consents), lastContactAt };
}

/** Of several people the one who opted out counts, then the one who agreed. */
async function strictest(consents: readonly ConsentView[]): Promise<MirrorConsent> {
  const states = consents.map(({ marketing }) => marketing);
  const decided =
    states.find((state) => state.state === "opted_out") ?? states.find((state) => state.state === "opted_in") ?? null;
  if (decided === null) return { state: "unknown", at: null, source: null };
  const { occurredAt, method } = decided.by;
  return { state: decided.state, at: occurredAt, source: (await mirrorWords())(method) };
}
