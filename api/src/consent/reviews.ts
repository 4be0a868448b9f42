import { begunByUs } from "@aparte/core/consent.ts";
import type { ResolveReviewInput, ReviewsInput } from "@aparte/core/review-input.ts";
import { refused, type Outcome } from "@aparte/core/result.ts";
import { sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { holdContact } from "../contacts/service.ts";
import { rows, type Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { appendEntries } from "./append.ts";
import { closeFence } from "./fence.ts";
import { samePeople, samePerson } from "../contacts/same-person.ts";

type Person = { readonly workspaceId: string; readonly contactId: string };

/** A message that may be meant as a stop. */
export type Doubt = Person & {
  readonly messageId: string;
  /** Our phrase that was found in it, folded: none of the person's own words. */
  readonly phrase: string;
  /** ISO 8601: when it was written. */
  readonly since: string;
};

/**
 * Pauses marketing to these people until somebody has read what they wrote. Whoever is waiting to be read already waits on:
 * one reading answers for all that they wrote meanwhile.
 */
export async function openReviews(tx: Tx, doubts: readonly Doubt[]): Promise<void> {
  if (doubts.length === 0) return;
  await closeFence(tx, doubts);
  const opened = await tx.execute<Person & { readonly reviewId: string }>(sql`
    insert into consent_reviews (workspace_id, id, contact_id, message_id, phrase, since)
    select distinct on (r."workspaceId", r."contactId") r."workspaceId", r.id, r."contactId", r."messageId", r.phrase,
      least(r.since, now())
    from jsonb_to_recordset(${rows(doubts.map((doubt) => ({ ...doubt, id: uuidv7() })))}) as r(
      "workspaceId" uuid, id uuid, "contactId" uuid, "messageId" uuid, phrase text, since timestamptz)
    where not exists (
      select from ${samePeople} c join consent_reviews o on o.workspace_id = r."workspaceId" and o.contact_id = c.id
      where o.resolved_at is null)
    order by r."workspaceId", r."contactId", r.since
    on conflict do nothing
    returning workspace_id as "workspaceId", id as "reviewId", contact_id as "contactId"`);
  await emit(
    tx,
    opened.map(({ workspaceId, contactId, reviewId }) => ({
      name: "review.opened" as const,
      workspaceId,
      payload: { contactId, reviewId },
    })),
  );
}

/** Whether something that the person wrote waits to be read: then marketing rests. */
export async function isUnderReview(tx: Tx, workspaceId: string, contactId: string): Promise<boolean> {
  const open = await tx.execute(sql`
    select from consent_reviews where workspace_id = ${workspaceId} and resolved_at is null
      and contact_id = any(${samePerson({ workspaceId, contactId })}) limit 1`);
  return open.length > 0;
}

export type ReviewView = {
  readonly id: string;
  readonly contactId: string;
  /** As the person calls themselves; null when nobody knows. */
  readonly name: string | null;
  /** Digits; null when hidden. */
  readonly waId: string | null;
  readonly messageId: string;
  readonly phrase: string;
  /** ISO 8601. */
  readonly since: string;
  /** Null while it is open. */
  readonly verdict: "stop" | "not_a_stop" | null;
  readonly resolvedAt: string | null;
  /** User id. */
  readonly resolvedBy: string | null;
};

export type ReviewPage = { readonly reviews: readonly ReviewView[]; readonly next: string | null };

/** The open ones with the longest wait first, or the decided ones, oldest first; `after` is `next` of the page before. */
export function listReviews(ctx: MemberContext, { state, contactId, after, limit }: ReviewsInput): Promise<ReviewPage> {
  const { workspaceId } = ctx.actor;
  return ctx.database.inWorkspace(workspaceId, async (tx) => {
    const found = await tx.execute<ReviewView>(sql`
      select r.id, p.id as "contactId", coalesce(p.name, p.profile_name) as name, p.wa_id as "waId",
        r.message_id as "messageId", r.phrase, r.since, r.verdict, r.resolved_at as "resolvedAt", r.resolved_by as "resolvedBy"
      from consent_reviews r
      join contacts c on c.workspace_id = r.workspace_id and c.id = r.contact_id
      join contacts p on p.workspace_id = c.workspace_id and p.id = coalesce(c.merged_into, c.id)
      where r.workspace_id = ${workspaceId} and (r.resolved_at is null) = ${state === "open"}
        and (${contactId}::uuid is null or p.id = ${contactId}) and (${after}::uuid is null
        or (r.since, r.id) > (select a.since, a.id from consent_reviews a where a.workspace_id = ${workspaceId} and a.id = ${after}))
      order by r.since, r.id limit ${limit + 1}`);
    const reviews = found.slice(0, limit).map(({ since, resolvedAt, ...review }) => ({
      ...review,
      since: new Date(since).toISOString(),
      resolvedAt: resolvedAt === null ? null : new Date(resolvedAt).toISOString(),
    }));
    return { reviews, next: found.length > limit ? (reviews.at(-1)?.id ?? null) : null };
  });
}

type Open = { readonly contactId: string; readonly messageId: string; readonly phrase: string; readonly since: string };

/**
 * Somebody has read it. "stop" withdraws what we begin, as of the moment it was written; the proof is the phrase and the
 * message. "not_a_stop" lets marketing go on as before: it grants nothing.
 */
export function resolveReview(
  ctx: MemberContext,
  { id, verdict }: ResolveReviewInput,
): Promise<Outcome<{ contactId: string }>> {
  const { workspaceId, userId } = ctx.actor;
  return ctx.database.inWorkspace(workspaceId, async (tx) => {
    const [found] = await tx.execute<Open>(sql`
      select coalesce(c.merged_into, c.id) as "contactId", r.message_id as "messageId", r.phrase, r.since
      from consent_reviews r join contacts c on c.workspace_id = r.workspace_id and c.id = r.contact_id
      where r.workspace_id = ${workspaceId} and r.id = ${id} and r.resolved_at is null`);
    if (!found || !(await holdContact(tx, workspaceId, found.contactId))) return refused("consent.review_closed");
    const { contactId, messageId, phrase } = found;
    const closed = await tx.execute(sql`
      update consent_reviews set resolved_at = now(), resolved_by = ${userId}, verdict = ${verdict}
      where workspace_id = ${workspaceId} and id = ${id} and resolved_at is null returning id`);
    if (closed.length === 0) return refused("consent.review_closed");
    const said = { workspaceId, contactId, channelId: null, wording: phrase, language: null, evidence: { messageId } };
    if (verdict === "stop") {
      await appendEntries(
        tx,
        begunByUs.map((purpose) => ({
          ...said,
          purpose,
          action: "withdrawn" as const,
          method: "chat_message" as const,
          occurredAt: new Date(found.since).toISOString(),
          expiresAt: null,
          actor: userId,
          annuls: null,
          sourceKey: `review ${id} ${purpose}`,
        })),
      );
    }
    const payload = { contactId, reviewId: id, verdict };
    await emit(tx, [{ name: "review.resolved", workspaceId, actor: userId, payload }]);
    return { ok: true, contactId };
  });
}

/** Forgets that a person was ever read in doubt. For the system role. */
export async function forgetReviews(tx: Tx, person: Person): Promise<void> {
  await tx.execute(sql`
    delete from consent_reviews where workspace_id = ${person.workspaceId} and contact_id = any(${samePerson(person)})`);
}
