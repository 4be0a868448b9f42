import { foldConsent, type ConsentEntry } from "@aparte/core/consent.ts";
import { decideSend } from "@aparte/core/send-decision.ts";
import { optOutConfirmation } from "@aparte/core/opt-out-words-confirmation.ts";
import { signalReader } from "@aparte/core/opt-out-words.ts";
import { sql } from "drizzle-orm";
import { createHash } from "node:crypto";
import { loadChannel } from "../channels/service.ts";
import { loadEntries, type LedgerEntry } from "../consent/entries.ts";
import { loadPolicy } from "../consent/policy.ts";
import { rows, type Tx } from "../platform/db.ts";
import type { EventRow } from "../platform/events.ts";
import { queueBySystem } from "./queue.ts";
import { loadSendFacts } from "./send-facts.ts";

/** Only who said stop to us here is answered here. */
const answered: ReadonlySet<ConsentEntry["method"]> = new Set(["keyword", "button"]);

/**
 * The id of the message that confirms an act of stopping: the same one whenever it is asked for, so that no act is confirmed
 * twice (a name-based UUID, RFC 9562 section 5.8).
 */
export function confirmationId(actId: string): string {
  const digest = createHash("sha256").update(`aparte.confirmation ${actId}`).digest("hex");
  const variant = ((Number.parseInt(digest.charAt(16), 16) & 3) | 8).toString(16);
  const parts = [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `${variant}${digest.slice(17, 20)}`,
  ];
  return [...parts, digest.slice(20, 32)].join("-");
}

/**
 * Answers people who have just said stop, once and in their language: what was heard, and how to come back. Silence for whoever had
 * stopped before, for what a history tells, after the window closed, and where the firm does not want it.
 */
export async function confirmOptOuts(tx: Tx, events: readonly EventRow[], now: Date): Promise<void> {
  for (const { workspaceId, contactId, actId } of await stoppedActs(tx, events)) {
    const policy = await loadPolicy(tx, workspaceId);
    const entries = await loadEntries(tx, workspaceId, contactId);
    const act = entries.filter((entry) => entry.actId === actId);
    const [first] = act.toSorted(byRecord);
    if (!first || !policy.confirmOptOut || !isNews(entries, act, now)) continue;
    const where = await loadPlace(tx, workspaceId, first.evidence["messageId"] ?? "");
    const channel = where && (await loadChannel(tx, workspaceId, where.channelId));
    if (!where || !channel) continue;
    const { text } = optOutConfirmation(channel.verifiedName, languagesOf(first, where));
    const content = { kind: "text", text } as const;
    // A confirmation that may not leave is not even queued; the gate asks once more before it does.
    const facts = await loadSendFacts(tx, { workspaceId, contactId, channel, origin: "automation" }, now);
    if (!decideSend({ kind: "free", content }, facts).allowed) continue;
    await queueBySystem(
      tx,
      { workspaceId, now },
      {
        id: confirmationId(actId),
        channelId: where.channelId,
        contactId,
        content,
        category: "SERVICE",
        replyTo: null,
        aboutWamid: null,
      },
    );
  }
}

type Act = { readonly workspaceId: string; readonly contactId: string; readonly actId: string };

/** The acts by which people said stop among the news, each once. */
async function stoppedActs(tx: Tx, events: readonly EventRow[]): Promise<readonly Act[]> {
  const changed = events.flatMap(({ name, workspaceId, payload }) =>
    name === "consent.changed" ? [{ workspaceId, id: payload.consentEntryId }] : [],
  );
  if (changed.length === 0) return [];
  return tx.execute<Act>(sql`
    select distinct e.workspace_id as "workspaceId", coalesce(c.merged_into, c.id) as "contactId", e.act_id as "actId"
    from jsonb_to_recordset(${rows(changed)}) as r("workspaceId" uuid, id uuid)
    join consent_entries e on e.workspace_id = r."workspaceId" and e.id = r.id
    join contacts c on c.workspace_id = e.workspace_id and c.id = e.contact_id
    where e.action = 'withdrawn' and e.method in (select jsonb_array_elements_text(${rows([...answered])}))`);
}

/** Whether the act changed anything: it was not imported, the person had not stopped it all before, and has not come back since. */
function isNews(entries: readonly LedgerEntry[], act: readonly LedgerEntry[], now: Date): boolean {
  const [first] = act.toSorted(byRecord);
  if (!first || first.evidence["source"] === "history") return false;
  const own = new Set(act.map(({ id }) => id));
  const before = entries.filter((entry) => !own.has(entry.id) && byRecord(entry, first) < 0);
  const at = { now, channelId: null };
  const [then, since] = [foldConsent(before, at), foldConsent(entries, at)];
  return act.some(({ purpose }) => then[purpose].state !== "opted_out" && since[purpose].state === "opted_out");
}

function byRecord(a: ConsentEntry, b: ConsentEntry): number {
  return a.recordedAt.localeCompare(b.recordedAt) || a.id.localeCompare(b.id);
}

type Spoken = {
  readonly channelId: string;
  /** Of the last template that the person got here; Meta's spelling. */
  readonly language: string | null;
};

async function loadPlace(tx: Tx, workspaceId: string, messageId: string): Promise<Spoken | null> {
  const [row] = await tx.execute<Spoken>(sql`
    select c.channel_id as "channelId", (
      select t.content ->> 'language' from messaging_messages t
      where t.workspace_id = c.workspace_id and t.conversation_id = c.id and t.direction = 'out'
        and t.content ->> 'kind' = 'template'
      order by t.at desc limit 1) as language
    from messaging_messages m
    join messaging_conversations c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
    where m.workspace_id = ${workspaceId} and m.id::text = ${messageId}`);
  return row ?? null;
}

/** The languages to answer in, the best first: of a word that only one language has, of the conversation, of the word. */
function languagesOf({ wording, language }: ConsentEntry, spoken: Spoken): (string | null)[] {
  const signal = signalReader({ ownStopWords: [], ownSoftPhrases: [] }).readText(wording);
  const languages = signal?.kind === "stop" ? signal.languages : [];
  const inConversation = languages.find((code) => code === spoken.language?.split("_")[0]);
  return [language, inConversation ?? null, ...languages, spoken.language];
}
