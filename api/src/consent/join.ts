import { makeJoinCode } from "@aparte/core/join-code.ts";
import type { MakeJoinInput, PersonalJoinInput } from "@aparte/core/join-input.ts";
import { signalReader } from "@aparte/core/opt-out-words.ts";
import type { PageLanguage } from "@aparte/core/preference-input.ts";
import { refused, type Outcome } from "@aparte/core/result.ts";
import { loadPageWords } from "@aparte/i18n/page-words.ts";
import { sql } from "drizzle-orm";
import { createHash, randomInt } from "node:crypto";
import { uuidv7 } from "uuidv7";
import { loadChannel } from "../channels/service.ts";
import { loadContact } from "../contacts/service.ts";
import { storableText, type Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { joinView, loadJoins, loadTurnedAway, type JoinView, type TurnedAway } from "./join-view.ts";
import { loadPolicy } from "./policy.ts";
import type { PreferencePurpose } from "./preference-states.ts";
import { loadFirm } from "./preference-texts.ts";
import { samePerson } from "../contacts/same-person.ts";

/** A link for one person is for today or tomorrow: what is not answered by then is not asked for again. */
const personalHours = 48;

type Draft = Omit<MakeJoinInput, "days"> & { readonly contactId: string | null; readonly expiresAt: string | null };

export type Made = Outcome<{ readonly join: JoinView }>;

/** Makes a link for everybody: a poster, a page, a till. */
export function makeJoin(ctx: MemberContext, { days, ...input }: MakeJoinInput): Promise<Made> {
  return ctx.database.inWorkspace(ctx.actor.workspaceId, (tx) =>
    make(tx, ctx, {
      ...input,
      words: storableText(input.words),
      contactId: null,
      expiresAt: days === null ? null : hoursFrom(ctx.now(), days * 24),
    }),
  );
}

/** Makes a link for one person, in our words: their telephone reads it off the colleague's screen. */
export function makePersonalJoin(ctx: MemberContext, input: PersonalJoinInput): Promise<Made> {
  const { workspaceId, name } = ctx.actor;
  return ctx.database.inWorkspace(workspaceId, async (tx) => {
    if (!(await loadContact(tx, workspaceId, input.contactId))) return refused("contacts.not_found");
    const ours = await ownWords(input.language, await loadFirm(tx, workspaceId));
    const words = [...new Set(input.purposes)].map((purpose) => ours[purpose]).join(" ");
    const expiresAt = hoursFrom(ctx.now(), personalHours);
    return make(tx, ctx, {
      ...input,
      id: uuidv7(),
      words,
      source: name.slice(0, 80),
      thisNumberOnly: false,
      thanks: null,
      expiresAt,
    });
  });
}

async function make(tx: Tx, ctx: MemberContext, draft: Draft): Promise<Made> {
  const { workspaceId, userId: actor } = ctx.actor;
  if (!(await loadChannel(tx, workspaceId, draft.channelId))) return refused("channels.not_found");
  const signal = signalReader(await loadPolicy(tx, workspaceId)).readText(draft.words);
  if (signal !== null && signal.kind !== "start") return refused("consent.words_mean_stop");
  const made = await insert(tx, ctx, draft);
  if (made) await emit(tx, [{ name: "consent.join_made", workspaceId, actor, payload: { joinId: draft.id } }]);
  const [row] = await loadJoins(tx, workspaceId, draft);
  return row ? { ok: true, join: await joinView(row, ctx.now()) } : refused("consent.join_not_found");
}

/** Whether it was made just now. Another code is drawn where one is taken; the same id is the same link. */
async function insert(tx: Tx, ctx: MemberContext, draft: Draft): Promise<boolean> {
  const { workspaceId, userId } = ctx.actor;
  const purposes = JSON.stringify([...new Set(draft.purposes)]);
  const digest = createHash("sha256").update(draft.words).digest("hex");
  for (;;) {
    const known = await tx.execute(sql`
      select from consent_joins where workspace_id = ${workspaceId} and id = ${draft.id}`);
    if (known.length > 0) return false;
    const made = await tx.execute(sql`
      insert into consent_joins (workspace_id, id, channel_id, code, purposes, this_number_only, language, words, digest, source,
        thanks, contact_id, made_by, expires_at)
      values (${workspaceId}, ${draft.id}, ${draft.channelId}, ${makeJoinCode(randomInt)},
        array(select jsonb_array_elements_text(${purposes}::text::jsonb)), ${draft.thisNumberOnly}, ${draft.language},
        ${draft.words}, ${digest}, ${storableText(draft.source)}, ${draft.thanks}, ${draft.contactId}, ${userId},
        ${draft.expiresAt})
      on conflict do nothing returning id`);
    if (made.length > 0) return true;
  }
}

function hoursFrom(now: Date, hours: number): string {
  return new Date(now.getTime() + hours * 3_600_000).toISOString();
}

export type Joins = {
  readonly firm: string;
  readonly joins: readonly JoinView[];
  readonly turnedAway: readonly TurnedAway[];
  /** Our words for each purpose, by language. */
  readonly ours: Readonly<Record<PageLanguage, Readonly<Record<PreferencePurpose, string>>>>;
};

/** The links for everybody with what became of them, and the messages whose code proved nothing; newest first. */
export function listJoins(ctx: MemberContext): Promise<Joins> {
  const { workspaceId } = ctx.actor;
  return ctx.database.inWorkspace(workspaceId, async (tx) => {
    const found = await loadJoins(tx, workspaceId, "for_everybody");
    const joins = await Promise.all(found.map((row) => joinView(row, ctx.now())));
    const firm = await loadFirm(tx, workspaceId);
    const ours = { en: await ownWords("en", firm), fr: await ownWords("fr", firm) };
    return { firm, joins, turnedAway: await loadTurnedAway(tx, workspaceId), ours };
  });
}

async function ownWords(language: PageLanguage, firm: string): Promise<Record<PreferencePurpose, string>> {
  const { t } = await loadPageWords(language);
  return {
    marketing: t("page.join.marketing", { firm }),
    utility: t("page.join.utility", { firm }),
    authentication: t("page.join.authentication", { firm }),
  };
}

/** Ends a link: who sends its code from now on agrees to nothing. What was proven stays. */
export function endJoin(ctx: MemberContext, { id }: { readonly id: string }): Promise<Made> {
  const { workspaceId, userId: actor } = ctx.actor;
  return ctx.database.inWorkspace(workspaceId, async (tx) => {
    const ended = await tx.execute(sql`
      update consent_joins set ended_at = ${ctx.now().toISOString()}
      where workspace_id = ${workspaceId} and id = ${id} and ended_at is null returning id`);
    if (ended.length > 0) {
      await emit(tx, [{ name: "consent.join_ended", workspaceId, actor, payload: { joinId: id } }]);
    }
    const [row] = await loadJoins(tx, workspaceId, { id });
    return row ? { ok: true, join: await joinView(row, ctx.now()) } : refused("consent.join_not_found");
  });
}

/** Makes links that were for a person who was forgotten useless: nobody is left to answer them. For the system role. */
export async function endJoinsOf(
  tx: Tx,
  { workspaceId, contactId }: { readonly workspaceId: string; readonly contactId: string },
): Promise<void> {
  await tx.execute(sql`
    update consent_joins set ended_at = now()
    where workspace_id = ${workspaceId} and ended_at is null and contact_id = any(${samePerson({ workspaceId, contactId })})`);
}
