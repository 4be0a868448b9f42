import type { CorrectPersonInput } from "@aparte/core/privacy.ts";
import { consentPurposes, foldConsent } from "@aparte/core/consent.ts";
import { refused, type Outcome } from "@aparte/core/result.ts";
import { uuidv7 } from "uuidv7";
import { appendEntries } from "../consent/append.ts";
import { loadEntries } from "../consent/entries.ts";
import { correctName, correctNumber, type Correction } from "../contacts/correct.ts";
import { fingerprints } from "../contacts/fingerprint.ts";
import { holdContact } from "../contacts/service.ts";
import { storableText, type Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { noteAct } from "./acts.ts";

/**
 * Gives a person the right name or number (GDPR Art. 16). With another number everything that was agreed to ends: the consent
 * was given at the old one, and whether the same person reads at the new one is for them to say. What was withdrawn stays
 * withdrawn. The register keeps that it changed, in keyed digests.
 */
export function correctPerson(ctx: MemberContext, input: CorrectPersonInput): Promise<Outcome<object>> {
  const { workspaceId, userId: actor } = ctx.actor;
  const { contactId, name, e164, reason } = input;
  const person = { workspaceId, contactId };
  return ctx.database.inWorkspace(workspaceId, async (tx) => {
    if (!(await holdContact(tx, workspaceId, contactId))) return refused("contacts.not_found");
    const corrections: Record<string, Correction> = {};
    if (e164 !== null) {
      const number = await correctNumber(tx, person, e164);
      if (!number.ok) return number;
      corrections["number"] = number.correction;
    }
    if (name !== null) corrections["name"] = await correctName(tx, person, storableText(name));
    const changed = Object.entries(corrections).filter(([, { before, after }]) => before !== after);
    if (changed.length === 0) return { ok: true };
    if (changed.some(([what]) => what === "number")) await endConsents(tx, ctx, contactId);
    const digest = digestOf(ctx);
    const digests = Object.fromEntries(
      changed.flatMap(([what, { before, after }]) => [
        [`${what} before`, digest(before)],
        [`${what} after`, digest(after)],
      ]),
    );
    await noteAct(tx, { ...person, kind: "corrected", actor, reason, digests, at: ctx.now() });
    await emit(
      tx,
      changed.map(([what]) => ({
        name: "contact.corrected" as const,
        workspaceId,
        actor,
        payload: { contactId, what },
      })),
    );
    return { ok: true };
  });
}

function digestOf(ctx: MemberContext): (value: string | null) => string {
  const fingerprint = fingerprints(ctx);
  return (value) => (value === null ? "" : fingerprint(ctx.actor.workspaceId, value));
}

/** Ends each consent that stands, for all numbers or for one of them. */
async function endConsents(tx: Tx, ctx: MemberContext, contactId: string): Promise<void> {
  const { workspaceId, userId: actor } = ctx.actor;
  const now = ctx.now();
  const entries = await loadEntries(tx, workspaceId, contactId);
  // A colleague's clock may be ahead of ours: what ends stands behind what it ends.
  const times = entries.map(({ occurredAt }) => Date.parse(occurredAt));
  const endedAt = new Date(Math.max(now.getTime(), ...times)).toISOString();
  const standing = [...new Set(entries.map(({ channelId }) => channelId))].flatMap((channelId) => {
    const consent = foldConsent(entries, { now, channelId });
    return consentPurposes.flatMap((purpose) =>
      consent[purpose].state === "opted_in" ? [{ purpose, channelId }] : [],
    );
  });
  await appendEntries(
    tx,
    standing.map((scope) => ({
      ...scope,
      workspaceId,
      contactId,
      action: "expired" as const,
      method: "expiry" as const,
      occurredAt: endedAt,
      expiresAt: null,
      wording: "",
      language: null,
      evidence: { because: "number corrected" },
      actor,
      annuls: null,
      sourceKey: `corrected ${uuidv7()}`,
    })),
  );
}
