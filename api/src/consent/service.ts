import { begunByUs, type ConsentEntry, type ConsentMethod, type ConsentView } from "@aparte/core/consent.ts";
import type { recordConsentInput, UndoConsentInput } from "@aparte/core/inputs.ts";
import { refused, type Outcome } from "@aparte/core/result.ts";
import { sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import { holdContact } from "../contacts/service.ts";
import { rows, type Tx } from "../platform/db.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { appendEntries } from "./append.ts";
import { entryColumns, loadConsent, withTimes, type LedgerEntry } from "./entries.ts";
import { loadExpiry } from "./expiry.ts";
import { samePerson } from "../contacts/same-person.ts";

export type Recorded = Outcome<{
  /** What the person allows now, to the number that was spoken of or to all. */
  readonly consent: ConsentView;
  /** What was written down; `undoConsent` takes these. */
  readonly entryIds: readonly string[];
}>;

/** A clock of a colleague may be this far ahead of ours, in milliseconds. */
const clockSlackMs = 60_000;

/**
 * Writes down what a person at work was told: consent or its withdrawal, with the words as proof (GDPR Art. 7). A marketing
 * consent ends after the months that the firm's policy names.
 */
export function recordConsent(ctx: MemberContext, input: z.output<typeof recordConsentInput>): Promise<Recorded> {
  const { workspaceId, userId: actor } = ctx.actor;
  const { contactId, channelId, action, method, wording, language, fileId, occurredAt } = input;
  return ctx.database.inWorkspace(workspaceId, async (tx) => {
    // Held before the fence is closed, as the projector does: the other order would let the two wait for each other.
    if (!(await holdContact(tx, workspaceId, contactId))) return refused("contacts.not_found");
    if (Date.parse(occurredAt) > ctx.now().getTime() + clockSlackMs) return refused("consent.evidence_missing");
    const expiryOf = await loadExpiry(tx, { workspaceId, contactId });
    const said = {
      workspaceId,
      contactId,
      channelId,
      action,
      method,
      occurredAt,
      wording,
      language,
      actor,
      annuls: null,
    };
    const added = await appendEntries(
      tx,
      [...new Set(input.purposes)].map((purpose) => ({
        ...said,
        purpose,
        expiresAt: action === "given" ? expiryOf(purpose, occurredAt) : null,
        evidence: fileId === null ? {} : { fileId },
        sourceKey: uuidv7(),
      })),
    );
    const consent = await loadConsent(tx, { workspaceId, contactId, channelId }, ctx.now());
    return { ok: true, consent, entryIds: added.map(({ id }) => id) };
  });
}

/** For so long the one who wrote something down may take it back as a slip, in seconds. */
export const undoSeconds = 30;

/**
 * Takes back what the caller wrote down a moment ago: entries that annul it follow, nothing is deleted. Later, and for
 * everybody else, what was written is final: only the person can say otherwise.
 */
export function undoConsent(ctx: MemberContext, { entryIds }: UndoConsentInput): Promise<Recorded> {
  const { workspaceId, userId: actor } = ctx.actor;
  return ctx.database.inWorkspace(workspaceId, async (tx) => {
    const found = await tx.execute<LedgerEntry>(sql`
      select ${entryColumns} from consent_entries e
      join consent_proofs p on p.workspace_id = e.workspace_id and p.entry_id = e.id
      join jsonb_to_recordset(${rows(entryIds.map((id) => ({ id })))}) as r(id uuid) on r.id = e.id
      where e.workspace_id = ${workspaceId} and e.actor = ${actor} and e.action in ('given', 'withdrawn')
        and e.recorded_at > now() - make_interval(secs => ${undoSeconds})`);
    const [first] = found;
    if (!first || found.length < new Set(entryIds).size) return refused("consent.final");
    const { contactId, channelId } = first;
    if (!(await holdContact(tx, workspaceId, contactId))) return refused("contacts.not_found");
    const added = await appendEntries(
      tx,
      found.map(withTimes).map(({ id, ...entry }) => ({
        ...entry,
        workspaceId,
        action: "annulled" as const,
        occurredAt: ctx.now().toISOString(),
        expiresAt: null,
        wording: "",
        evidence: {},
        annuls: id,
        sourceKey: `annulled ${id}`,
      })),
    );
    const consent = await loadConsent(tx, { workspaceId, contactId, channelId }, ctx.now());
    return { ok: true, consent, entryIds: added.map(({ id }) => id) };
  });
}

/**
 * An opt-out that a machine noticed: a STOP message or button, Meta's own switch, Meta's error on a marketing message, a field in
 * the CRM that says so, or that the person is to be forgotten.
 */
export type OptOut = {
  readonly workspaceId: string;
  readonly contactId: string;
  readonly method: Extract<
    ConsentMethod,
    "keyword" | "button" | "whatsapp_preference" | "whatsapp_error" | "crm" | "preference_page" | "import" | "erasure"
  >;
  /** What it ends: all that we begin, marketing only, or everything, answers to the person included. */
  readonly scope: "begun_by_us" | "marketing" | "everything";
  /** The number that it was said to, where that matters: Meta's switch is one per number. Null: all. */
  readonly channelId: string | null;
  readonly occurredAt: string;
  readonly wording: string;
  readonly language: string | null;
  /** What proves it: the wamid of the message, the code of the error. */
  readonly evidence: ConsentEntry["evidence"];
  /** Names the source, so that hearing of it again adds nothing. */
  readonly sourceKey: string;
};

const scopes = {
  marketing: ["marketing"],
  begun_by_us: begunByUs,
  everything: [...begunByUs, "service"],
} as const;

/** Records opt-outs in one go. */
export async function recordOptOuts(tx: Tx, optOuts: readonly OptOut[]): Promise<void> {
  await appendEntries(
    tx,
    optOuts.flatMap(({ scope, ...optOut }) =>
      scopes[scope].map((purpose) => ({
        ...optOut,
        purpose,
        action: "withdrawn" as const,
        expiresAt: null,
        annuls: null,
        sourceKey: `${optOut.sourceKey} ${purpose}`,
        actor: null,
      })),
    ),
  );
}

/** Forgets the words and proofs of a person; that something was given or withdrawn, and when, stays. For the system role. */
export async function forgetProofs(
  tx: Tx,
  { workspaceId, contactId }: { readonly workspaceId: string; readonly contactId: string },
): Promise<void> {
  await tx.execute(sql`
    delete from consent_proofs p using consent_entries e
    where p.workspace_id = ${workspaceId} and e.workspace_id = p.workspace_id and e.id = p.entry_id and e.contact_id = any(${samePerson({ workspaceId, contactId })})`);
}
