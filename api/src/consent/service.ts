import { foldConsent, type ConsentEvent, type ConsentMethod, type ConsentView } from "@aparte/core/consent.ts";
import type { RecordConsentInput } from "@aparte/core/inputs.ts";
import { refused, type Outcome } from "@aparte/core/result.ts";
import { sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { holdContact } from "../contacts/service.ts";
import { rows, type Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { closeFence } from "./fence.ts";

/** The evidence of one contact, and of those that turned out to be the same person, newest first. */
export async function consentHistory(tx: Tx, workspaceId: string, contactId: string): Promise<ConsentEvent[]> {
  const found = await tx.execute<ConsentEvent>(sql`
    select id, purpose, action, method, wording, actor,
      to_json(occurred_at) #>> '{}' as "occurredAt", to_json(recorded_at) #>> '{}' as "recordedAt"
    from consent_events where workspace_id = ${workspaceId} and contact_id in (
      select id from contacts where workspace_id = ${workspaceId} and (id = ${contactId} or merged_into = ${contactId}))
    order by occurred_at desc, id desc`);
  return found.map((event) => ({ ...event, occurredAt: iso(event.occurredAt), recordedAt: iso(event.recordedAt) }));
}

function iso(time: string): string {
  return new Date(time).toISOString();
}

export async function loadConsent(tx: Tx, workspaceId: string, contactId: string): Promise<ConsentView> {
  return foldConsent(await consentHistory(tx, workspaceId, contactId));
}

/**
 * Writes down what a person at work was told: consent or its withdrawal, with the words as proof (GDPR Art. 7).
 * A withdrawal counts for both purposes: whoever says stop does not sort messages into categories.
 */
export function recordConsent(
  ctx: MemberContext,
  input: RecordConsentInput,
): Promise<Outcome<{ consent: ConsentView }>> {
  const { workspaceId, userId } = ctx.actor;
  return ctx.database.inWorkspace(workspaceId, async (tx) => {
    // Held before the fence is closed, as the projector does: the other order would let the two wait for each other.
    if (!(await holdContact(tx, workspaceId, input.contactId))) return refused("contacts.not_found");
    if (Date.parse(input.occurredAt) > ctx.now().getTime() + 60_000) return refused("consent.evidence_missing");
    const purposes = input.action === "withdraw" ? (["marketing", "utility"] as const) : [input.purpose];
    await append(
      tx,
      purposes.map((purpose) => ({ ...input, purpose, workspaceId, evidence: {}, sourceKey: uuidv7(), actor: userId })),
    );
    return { ok: true, consent: await loadConsent(tx, workspaceId, input.contactId) };
  });
}

/**
 * An opt-out that a machine noticed: a STOP message, Meta's own switch, Meta's error on a marketing message, a field in the CRM
 * that says so, or that the person is to be forgotten.
 */
export type OptOut = {
  readonly workspaceId: string;
  readonly contactId: string;
  readonly method: Extract<ConsentMethod, "keyword" | "whatsapp_preference" | "whatsapp_error" | "crm" | "erasure">;
  /** Whether it ends everything that we begin, or marketing only. */
  readonly scope: "everything" | "marketing";
  readonly occurredAt: string;
  readonly wording: string;
  /** What proves it: the wamid of the message, the code of the error. */
  readonly evidence: Readonly<Record<string, string>>;
  /** Names the source, so that hearing of it again adds nothing. */
  readonly sourceKey: string;
};

/**
 * Records opt-outs in one go. A word from the person ends everything that we begin; WhatsApp's own switch and its error
 * 131050 speak of marketing only (webhook field `user_preferences`, category `marketing_messages`).
 */
export async function recordOptOuts(tx: Tx, optOuts: readonly OptOut[]): Promise<void> {
  await append(
    tx,
    optOuts.flatMap(({ scope, ...optOut }) => {
      const purposes = scope === "everything" ? (["marketing", "utility"] as const) : (["marketing"] as const);
      return purposes.map((purpose) => ({
        ...optOut,
        purpose,
        action: "withdraw" as const,
        sourceKey: `${optOut.sourceKey} ${purpose}`,
        actor: null,
      }));
    }),
  );
}

type NewConsentEvent = Omit<ConsentEvent, "id" | "recordedAt"> & {
  readonly workspaceId: string;
  readonly contactId: string;
  readonly evidence: Readonly<Record<string, string>>;
  readonly sourceKey: string;
};

async function append(tx: Tx, list: readonly NewConsentEvent[]): Promise<void> {
  if (list.length === 0) return;
  if (list.some((event) => event.action === "withdraw")) await closeFence(tx, list);
  const added = await tx.execute<{ workspaceId: string; contactId: string; id: string }>(sql`
    insert into consent_events
      (workspace_id, id, contact_id, purpose, action, method, occurred_at, wording, evidence, source_key, actor)
    select r."workspaceId", r.id, r."contactId", r.purpose, r.action, r.method, r."occurredAt", r.wording, r.evidence,
      r."sourceKey", r.actor
    from jsonb_to_recordset(${rows(list.map((event) => ({ ...event, id: uuidv7() })))}) as r(
      "workspaceId" uuid, id uuid, "contactId" uuid, purpose text, action text, method text, "occurredAt" timestamptz,
      wording text, evidence jsonb, "sourceKey" text, actor text)
    on conflict (workspace_id, source_key) do nothing
    returning workspace_id as "workspaceId", contact_id as "contactId", id`);
  const actor = list[0]?.actor ?? null;
  await emit(
    tx,
    added.map((event) => ({
      name: "consent.changed" as const,
      workspaceId: event.workspaceId,
      actor,
      payload: { contactId: event.contactId, consentEventId: event.id },
    })),
  );
}
