import {
  pageLanguages,
  preferenceTextNames,
  type PageLanguage,
  type PreferenceTextName,
  type PreferenceTexts,
  type PreferenceTextsInput,
  type PreviewPreferencesInput,
} from "@aparte/core/preference-input.ts";
import type { Outcome } from "@aparte/core/result.ts";
import type { Words } from "@aparte/i18n/i18n.ts";
import { loadPageWords } from "@aparte/i18n/page-words.ts";
import { sql } from "drizzle-orm";
import { isDeepStrictEqual } from "node:util";
import type { Tx } from "../platform/db.ts";
import { publicUrl } from "../platform/env.ts";
import { emit } from "../platform/events.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { preferencePage } from "./preference-page.ts";

/** The firm's texts in one language. Version 0 is ours. */
export type SavedTexts = { readonly version: number; readonly texts: PreferenceTexts };

const noTexts: SavedTexts = {
  version: 0,
  texts: { title: null, intro: null, marketing: null, utility: null, authentication: null, goodbye: null },
};

export async function loadPreferenceTexts(tx: Tx, workspaceId: string, language: PageLanguage): Promise<SavedTexts> {
  const [row] = await tx.execute<SavedTexts>(sql`
    select version, texts from consent_preference_texts
    where workspace_id = ${workspaceId} and language = ${language} order by version desc limit 1`);
  return row ?? noTexts;
}

const wordOf = {
  title: "page.preferences.title",
  intro: "page.preferences.intro",
  marketing: "page.preferences.marketing_text",
  utility: "page.preferences.utility_text",
  authentication: "page.preferences.authentication_text",
  goodbye: "page.preferences.goodbye",
} as const satisfies Record<PreferenceTextName, string>;

/** The texts as people read them: the firm's where it wrote some, ours elsewhere. */
export function textsAsShown(words: Words, firm: string, texts: PreferenceTexts): Record<PreferenceTextName, string> {
  const entries = preferenceTextNames.map((name) => [name, texts[name] ?? words.t(wordOf[name], { firm })]);
  return Object.fromEntries(entries) as Record<PreferenceTextName, string>;
}

export type TextsView = SavedTexts & {
  readonly language: PageLanguage;
  /** What stands where the firm wrote nothing. */
  readonly ours: Readonly<Record<PreferenceTextName, string>>;
};

export type AllTexts = {
  /** What a template's URL button leads to; its variable is the person's token. */
  readonly buttonAddress: string;
  readonly languages: readonly TextsView[];
};

/** The texts in all languages, for whoever writes them. */
export async function preferenceTexts(ctx: MemberContext): Promise<AllTexts> {
  const { workspaceId } = ctx.actor;
  return ctx.database.inWorkspace(workspaceId, async (tx) => {
    const firm = await loadFirm(tx, workspaceId);
    const languages: TextsView[] = [];
    for (const language of pageLanguages) {
      const [saved, words] = [await loadPreferenceTexts(tx, workspaceId, language), await loadPageWords(language)];
      languages.push({ ...saved, language, ours: textsAsShown(words, firm, noTexts.texts) });
    }
    return { buttonAddress: `${publicUrl(ctx.env)}/preferences/{{1}}`, languages };
  });
}

export async function loadFirm(tx: Tx, workspaceId: string): Promise<string> {
  const [row] = await tx.execute<{ name: string }>(sql`
    select name from workspaces where workspace_id = ${workspaceId}`);
  return row?.name ?? "";
}

/** The page of somebody made up, with these texts: what is decided on it goes nowhere. */
export async function previewPreferences(
  ctx: MemberContext,
  { language, texts, after }: PreviewPreferencesInput,
): Promise<{ readonly html: string }> {
  const { workspaceId } = ctx.actor;
  const firm = await ctx.database.inWorkspace(workspaceId, (tx) => loadFirm(tx, workspaceId));
  const words = await loadPageWords(language);
  const nothing = { until: null, inWhatsApp: false } as const;
  const html = preferencePage({
    language,
    words,
    texts: textsAsShown(words, firm, texts),
    person: { firm, maskedNumber: "+33 … 10", restricted: false },
    preferences: [
      after
        ? { ...nothing, purpose: "marketing", state: "stopped", canStop: false, canAllow: true }
        : { ...nothing, purpose: "marketing", state: "allowed", canStop: true, canAllow: false },
      { ...nothing, purpose: "utility", state: "unknown", canStop: true, canAllow: true },
      { ...nothing, purpose: "authentication", state: "unknown", canStop: true, canAllow: true },
    ],
    done: after ? "stop" : null,
  });
  return { html };
}

/** Saves the texts of one language as a new version, where they are others: proofs name the version that the person saw. */
export async function savePreferenceTexts(
  ctx: MemberContext,
  { language, texts }: PreferenceTextsInput,
): Promise<Outcome<{ readonly version: number }>> {
  const { workspaceId, userId: actor } = ctx.actor;
  return ctx.database.inWorkspace(workspaceId, async (tx) => {
    // Two who save at once take turns, so that each version has one text.
    await tx.execute(sql`select from workspaces where workspace_id = ${workspaceId} for update`);
    const known = await loadPreferenceTexts(tx, workspaceId, language);
    if (isDeepStrictEqual(known.texts, texts)) return { ok: true, version: known.version };
    const [row] = await tx.execute<{ version: number }>(sql`
      insert into consent_preference_texts (workspace_id, language, version, texts, actor)
      select ${workspaceId}, ${language}, coalesce(max(version), 0) + 1, ${JSON.stringify(texts)}::text::jsonb, ${actor}
      from consent_preference_texts where workspace_id = ${workspaceId} and language = ${language}
      returning version`);
    await emit(tx, [{ name: "consent.texts_saved", workspaceId, actor, payload: { language } }]);
    return { ok: true, version: row?.version ?? 0 };
  });
}
