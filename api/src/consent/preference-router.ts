import { preferenceTextsInput, previewPreferencesInput } from "@aparte/core/preference-input.ts";
import { z } from "zod";
import { procedure } from "../platform/trpc.ts";
import { ownPreferencePage, preferenceLink, revokePreferenceLinks } from "./preference-link.ts";
import { preferenceTexts, previewPreferences, savePreferenceTexts } from "./preference-texts.ts";

const person = z.strictObject({ contactId: z.uuid() });

/** The public preference page, seen from inside: its texts, and the links to it. */
export const preferenceProcedures = {
  preferencePage: procedure.meta({ role: "rep", audit: null }).query(({ ctx }) => ({ page: ownPreferencePage(ctx) })),
  preferenceLink: procedure
    .meta({ role: "rep", audit: null })
    .input(person)
    .query(({ ctx, input }) => preferenceLink(ctx, input)),
  revokePreferenceLinks: procedure
    .meta({ role: "manager", audit: "consent.links_revoked" })
    .input(person)
    .mutation(({ ctx, input }) => revokePreferenceLinks(ctx, input)),
  preferenceTexts: procedure.meta({ role: "manager", audit: null }).query(({ ctx }) => preferenceTexts(ctx)),
  previewPreferences: procedure
    .meta({ role: "manager", audit: null })
    .input(previewPreferencesInput)
    .query(({ ctx, input }) => previewPreferences(ctx, input)),
  savePreferenceTexts: procedure
    .meta({ role: "admin", audit: "consent.texts_saved" })
    .input(preferenceTextsInput)
    .mutation(({ ctx, input }) => savePreferenceTexts(ctx, input)),
};
