import type { State } from "../state.ts";
import type { Template } from "./model.ts";

import { buttonsOf, componentOf } from "./variables.ts";

/** What a review decides: the category that fits, and why the template is refused if it is. */
export type Verdict = { category: Template["category"]; refused?: StatusReason };

/** Words that make a template promotional, whatever category it claims. */
const PROMOTIONAL = /\b(?:discount|sale|promo(?:tion)?|coupon|offer|deal|soldes|rabatt|oferta)\b|\d\s?% off/iu;
/** Words that reviewers do not let through: threats and insults, tricks to get at money or secrets. */
const ABUSIVE = /\b(?:idiots?|stupid|we will (?:sue|hurt|find) you|last warning before we)\b/iu;
const SCAM = /\b(?:you have won|claim your prize|wire transfer|send us your (?:pin|password|card number))\b/iu;
/** Links that hide where they lead. */
const HIDDEN_LINK = /\b(?:bit\.ly|tinyurl\.com|t\.co|wa\.me)\//iu;
/** The script that a language is written in, where it is not the Latin one. */
const SCRIPTS: Readonly<Record<string, RegExp>> = {
  ar: /\p{Script=Arabic}/u,
  bn: /\p{Script=Bengali}/u,
  el: /\p{Script=Greek}/u,
  fa: /\p{Script=Arabic}/u,
  he: /\p{Script=Hebrew}/u,
  hi: /\p{Script=Devanagari}/u,
  ja: /\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Han}/u,
  ko: /\p{Script=Hangul}/u,
  ru: /\p{Script=Cyrillic}/u,
  th: /\p{Script=Thai}/u,
  uk: /\p{Script=Cyrillic}/u,
  zh: /\p{Script=Han}/u,
};

/**
 * The verdict of a review, by the content (Meta: template review, "Common rejection reasons"): abuse, scam, a language
 * that is not the tagged one, hidden links and content that another template has already are refused; a utility
 * template that sells is approved as marketing.
 */
export function verdictOn(state: State, template: Template): Verdict {
  const words = wordsOf(template);
  const { category } = template;
  if (ABUSIVE.test(words)) return { category, refused: { reason: "ABUSIVE_CONTENT" } };
  if (SCAM.test(words)) return { category, refused: { reason: "SCAM" } };
  const script = SCRIPTS[template.language.split("_")[0] ?? ""];
  if (script !== undefined && category !== "AUTHENTICATION" && !script.test(words)) {
    return { category, refused: { reason: "TAG_CONTENT_MISMATCH" } };
  }
  const links = buttonsOf(template).map(({ url }) => url ?? "");
  if ([words, ...links].some((text) => HIDDEN_LINK.test(text))) {
    return invalid(category, "The template has a shortened link.", "Use the full link of your own domain.");
  }
  if (category !== "AUTHENTICATION" && isTaken(state, template, words)) {
    return invalid(category, "Another template has the same body and footer.", "Use that template, or other words.");
  }
  return { category: category === "UTILITY" && PROMOTIONAL.test(words) ? "MARKETING" : category };
}

function invalid(category: Template["category"], reason: string, recommendation: string): Verdict {
  return { category, refused: { reason: "INVALID_FORMAT", rejection: { reason, recommendation } } };
}

function isTaken(state: State, template: Template, words: string): boolean {
  const others = [...state.templates.values()].filter(
    ({ accountId, name }) => accountId === template.accountId && name !== template.name,
  );
  return others.some((other) => wordsOf(other) === words);
}

function wordsOf(template: Template): string {
  return `${componentOf(template, "BODY")?.text ?? ""}\n${componentOf(template, "FOOTER")?.text ?? ""}`;
}

/** What a status change says to whoever hears of it. */
export type StatusReason = {
  reason?: string;
  info?: { title: string; description: string };
  rejection?: { reason: string; recommendation: string };
};
