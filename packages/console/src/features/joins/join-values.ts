import { begunByUs } from "@aparte/core/consent.ts";
import type { Joins } from "./joins-query.ts";

export type JoinField = "source" | "channelId" | "purposes" | "language" | "words" | "scope" | "days" | "thanks";
export type JoinValues = Readonly<Record<JoinField, string>>;

/** How long a link may be good, in days; empty: until it is ended. */
export const dayChoices = ["7", "30", "90", "365", ""] as const;

export const purposesOf = ({ purposes }: Pick<JoinValues, "purposes">) =>
  begunByUs.filter((purpose) => purposes.split(" ").includes(purpose));

export const languageOf = ({ language }: Pick<JoinValues, "language">) => (language === "fr" ? "fr" : "en");

/** Our words for what was chosen, a sentence for each purpose. */
export function wordsFor(ours: Joins["ours"], values: Pick<JoinValues, "purposes" | "language">): string {
  return purposesOf(values)
    .map((purpose) => ours[languageOf(values)][purpose])
    .join(" ");
}

/** What was changed, and our words for it as long as nobody wrote others. */
export function changed(ours: Joins["ours"], before: JoinValues, change: Partial<JoinValues>): JoinValues {
  const now = { ...before, ...change };
  return before.words === wordsFor(ours, before) && change.words === undefined
    ? { ...now, words: wordsFor(ours, now) }
    : now;
}

/** The input of the API; what does not fit is for its schema to say. */
export function joinOf(values: JoinValues, id: string): Readonly<Record<string, unknown>> {
  const { source, channelId, words, scope, days, thanks } = values;
  return {
    id,
    channelId,
    source,
    words,
    purposes: purposesOf(values),
    language: languageOf(values),
    thisNumberOnly: scope === "one",
    days: days === "" ? null : Number(days),
    thanks: thanks.trim() || null,
  };
}
