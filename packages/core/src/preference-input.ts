import { z } from "zod";

/** The languages that the public preference page is written in. */
export const pageLanguages = ["en", "fr"] as const;
export type PageLanguage = (typeof pageLanguages)[number];

/** The texts of the preference page that a firm may write itself, with the most signs that each may have. */
export const preferenceTextLimits = {
  title: 80,
  intro: 400,
  marketing: 250,
  utility: 250,
  authentication: 250,
  goodbye: 250,
} as const;
export type PreferenceTextName = keyof typeof preferenceTextLimits;
export const preferenceTextNames = Object.keys(preferenceTextLimits) as PreferenceTextName[];

/** Null: the words that come with the product. */
export type PreferenceTexts = Readonly<Record<PreferenceTextName, string | null>>;

const text = (limit: number) => z.string().trim().min(1).max(limit).nullable();

export const preferenceTextsInput = z.strictObject({
  language: z.enum(pageLanguages),
  texts: z.strictObject({
    title: text(preferenceTextLimits.title),
    intro: text(preferenceTextLimits.intro),
    marketing: text(preferenceTextLimits.marketing),
    utility: text(preferenceTextLimits.utility),
    authentication: text(preferenceTextLimits.authentication),
    goodbye: text(preferenceTextLimits.goodbye),
  }),
});
export type PreferenceTextsInput = z.infer<typeof preferenceTextsInput>;

/** What the page will look like with these texts: as it is opened, or `after` a stop. */
export const previewPreferencesInput = preferenceTextsInput.extend({ after: z.boolean() });
export type PreviewPreferencesInput = z.infer<typeof previewPreferencesInput>;
