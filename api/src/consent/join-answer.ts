import { findJoinCodes, withoutJoinCode } from "@aparte/core/join-code.ts";
import { signalReader, type SignalReader } from "@aparte/core/opt-out-words.ts";
import { sql } from "drizzle-orm";
import { keepContacts } from "../contacts/service.ts";
import { isoTime } from "../platform/columns.ts";
import { rows, type Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import { appendEntries } from "./append.ts";
import { loadEntries } from "./entries.ts";
import { loadExpiry } from "./expiry.ts";
import { loadPolicy } from "./policy.ts";
import { preferencesOf, type PreferencePurpose } from "./preference-states.ts";
import { recordOptOuts } from "./service.ts";

/** A text that a person sent just now. */
export type SentText = {
  readonly workspaceId: string;
  readonly messageId: string;
  readonly wamid: string;
  readonly channelId: string;
  readonly contactId: string;
  readonly text: string;
  /** When WhatsApp says it was sent. */
  readonly at: string;
};

type Join = {
  readonly id: string;
  readonly code: string;
  readonly channelId: string;
  readonly purposes: readonly PreferencePurpose[];
  readonly thisNumberOnly: boolean;
  readonly language: string;
  readonly words: string;
  readonly digest: string;
  readonly source: string;
  readonly thanks: string | null;
  /** The person that it is for, as they are known now. */
  readonly contactId: string | null;
  readonly isOver: "ended" | "expired" | null;
  /** Somebody agreed by it already. */
  readonly isUsed: boolean;
};

/**
 * What became of a code. `again`: the person had agreed by the same link, and nothing was added. `stopped`: the message asks for
 * no more messages, which wins. The rest prove nothing: a code that nobody made, or whose link ended or expired, was used, is
 * for somebody else, or is of another number of the firm.
 */
export type JoinOutcome =
  | "confirmed"
  | "again"
  | "stopped"
  | "unknown"
  | "expired"
  | "ended"
  | "used"
  | "other_person"
  | "other_number";

/** Somebody agreed for the first time by a link that says thanks. */
export type Thanks = Pick<SentText, "workspaceId" | "channelId" | "contactId" | "text">;

/** Reads the codes in what people sent and writes down what they prove. Each message counts once, however often it is told. For the system role. */
export async function answerJoins(tx: Tx, sent: readonly SentText[]): Promise<Thanks[]> {
  const withCodes = sent
    .map((message) => ({ message, codes: findJoinCodes(message.text) }))
    .filter(({ codes }) => codes.length > 0);
  if (withCodes.length === 0) return [];
  await keepContacts(
    tx,
    withCodes.map(({ message }) => message),
  );
  const thanks: Thanks[] = [];
  for (const { message, codes } of withCodes) {
    const joins = await lockJoins(tx, message, codes);
    const reader = signalReader(await loadPolicy(tx, message.workspaceId));
    for (const join of joins) thanks.push(...(await answer(tx, message, join, reader)));
    const [unknown] = codes;
    if (joins.length === 0 && unknown !== undefined) {
      await note(tx, message, { joinId: null, code: unknown, outcome: "unknown" });
    }
  }
  return thanks;
}

/** The links of these codes. Two who send the same code at once take turns here. */
async function lockJoins(tx: Tx, { workspaceId, at }: SentText, codes: readonly string[]): Promise<Join[]> {
  const time = isoTime(at);
  return tx.execute<Join>(sql`
    select j.id, j.code, j.channel_id as "channelId", to_json(j.purposes) as purposes,
      j.this_number_only as "thisNumberOnly", j.language, j.words, j.digest, j.source, j.thanks,
      (select coalesce(c.merged_into, c.id) from contacts c
        where c.workspace_id = j.workspace_id and c.id = j.contact_id) as "contactId",
      case when j.ended_at <= ${time} then 'ended' when j.expires_at <= ${time} then 'expired' end as "isOver",
      exists (select from consent_join_answers a where a.workspace_id = j.workspace_id and a.join_id = j.id
        and a.outcome = 'confirmed') as "isUsed"
    from consent_joins j
    where j.workspace_id = ${workspaceId} and j.code in (
      select r.code from jsonb_to_recordset(${rows(codes.map((code) => ({ code })))}) as r(code text))
    order by j.id for update of j`);
}

async function answer(tx: Tx, message: SentText, join: Join, reader: SignalReader): Promise<Thanks[]> {
  const stop = stopBeside(message.text, join, reader);
  const turnedAway = stop === null ? whyNot(message, join) : "stopped";
  const outcome = turnedAway ?? ((await hasAgreed(tx, message, join)) ? "again" : "confirmed");
  const isFirst = outcome === "confirmed" && !(await everAgreed(tx, message, join));
  if (!(await note(tx, message, { joinId: join.id, code: join.code, outcome }))) return [];
  if (outcome === "confirmed") await confirm(tx, message, join);
  if (stop?.kind === "stop") await stopAll(tx, message, stop.scope);
  const { workspaceId, channelId, contactId } = message;
  return isFirst && join.thanks !== null ? [{ workspaceId, channelId, contactId, text: join.thanks }] : [];
}

/** A wish for no more messages that stands beside the words of the link, on its own or as a line; null when there is none. */
function stopBeside(text: string, { code, words }: Join, reader: SignalReader) {
  const own = withoutJoinCode(text, code).replace(words, "\n");
  const lines = own.split("\n").map((line) => line.replace(/^\s*\p{L}+\s*:\s*/u, ""));
  const signals = [own, ...lines].map((line) => reader.readText(line));
  return signals.find((signal) => signal?.kind === "stop") ?? signals.find((signal) => signal?.kind === "soft") ?? null;
}

function whyNot({ channelId, contactId }: SentText, join: Join): JoinOutcome | null {
  if (join.channelId !== channelId) return "other_number";
  if (join.contactId !== null && join.contactId !== contactId) return "other_person";
  if (join.isOver !== null) return join.isOver;
  return join.contactId !== null && join.isUsed ? "used" : null;
}

/** What the person allows rests on this very link already: said twice it is no other proof. */
async function hasAgreed(tx: Tx, { workspaceId, contactId, at }: SentText, join: Join): Promise<boolean> {
  const entries = await loadEntries(tx, workspaceId, contactId);
  const allowed = preferencesOf(entries, new Date(at)).filter(({ state }) => state === "allowed");
  const proven = new Set(
    entries.filter(({ evidence }) => evidence["joinId"] === join.id).map(({ purpose }) => purpose),
  );
  return join.purposes.every((wanted) => proven.has(wanted) && allowed.some(({ purpose }) => purpose === wanted));
}

async function everAgreed(tx: Tx, { workspaceId, contactId }: SentText, join: Join): Promise<boolean> {
  const found = await tx.execute(sql`
    select from consent_join_answers
    where workspace_id = ${workspaceId} and join_id = ${join.id} and contact_id = ${contactId} and outcome = 'confirmed'
    limit 1`);
  return found.length > 0;
}

async function confirm(tx: Tx, message: SentText, join: Join): Promise<void> {
  const { workspaceId, contactId, messageId, wamid } = message;
  const expiryOf = await loadExpiry(tx, message);
  const occurredAt = secondOf(message.at);
  const { code, source, digest } = join;
  await appendEntries(
    tx,
    join.purposes.map((purpose) => ({
      workspaceId,
      contactId,
      purpose,
      channelId: join.thisNumberOnly ? join.channelId : null,
      action: "confirmed",
      method: "join_link",
      occurredAt,
      expiresAt: expiryOf(purpose, occurredAt),
      wording: join.words,
      language: join.language,
      evidence: { joinId: join.id, code, source, digest, messageId, wamid },
      actor: null,
      annuls: null,
      sourceKey: `join ${join.id} ${messageId} ${purpose}`,
    })),
  );
}

async function stopAll(tx: Tx, message: SentText, scope: "begun_by_us" | "marketing"): Promise<void> {
  const { workspaceId, contactId, messageId, text, at } = message;
  const said = { method: "keyword", channelId: null, language: null, occurredAt: secondOf(at), wording: text } as const;
  await recordOptOuts(tx, [
    { workspaceId, contactId, ...said, scope, evidence: { messageId }, sourceKey: `message ${messageId}` },
  ]);
}

/** As WhatsApp told it, in whole seconds: so a stop in the same second is seen as that. */
function secondOf(at: string): string {
  return new Date(Math.floor(Date.parse(at) / 1000) * 1000).toISOString();
}

type Noted = { readonly joinId: string | null; readonly code: string; readonly outcome: JoinOutcome };

/** False when this message was noted before. */
async function note(tx: Tx, message: SentText, { joinId, code, outcome }: Noted): Promise<boolean> {
  const { workspaceId, messageId, contactId, at } = message;
  const noted = await tx.execute(sql`
    insert into consent_join_answers (workspace_id, message_id, join_id, code, contact_id, outcome, at)
    values (${workspaceId}, ${messageId}, ${joinId}, ${code}, ${contactId}, ${outcome}, ${isoTime(at)})
    on conflict do nothing returning message_id`);
  if (noted.length === 0) return false;
  await emit(tx, [{ name: "consent.join_answered", workspaceId, payload: { joinId, contactId, outcome } }]);
  return true;
}
