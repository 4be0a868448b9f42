import {
  correctPersonInput,
  erasePersonInput,
  keepingInput,
  personInput,
  retentionInput,
} from "@aparte/core/privacy.ts";
import { locales } from "@aparte/i18n/i18n.ts";
import { loadPageWords } from "@aparte/i18n/page-words.ts";
import { z } from "zod";
import { procedure, router } from "../platform/trpc.ts";
import { correctPerson } from "./correct.ts";
import { askErasure } from "./erase.ts";
import { exportLink } from "./export-link.ts";
import { askExport } from "./exports.ts";
import { keepPerson } from "./keep.ts";
import { findPeople, showPerson, showReads } from "./person.ts";
import { registerPage, registerSections } from "./register-page.ts";
import { loadRegister } from "./register.ts";
import { listRetention, previewPurge, setRetention, tooOld } from "./retention.ts";

const id = z.uuid();
const since = z.iso.datetime();

/** Whoever answers to people's rights is an administrator. */
export const privacyRouter = router({
  find: procedure
    .meta({ role: "admin", audit: null, reads: "search" })
    .input(z.strictObject({ words: z.string().trim().min(1).max(100) }))
    .query(({ ctx, input }) => findPeople(ctx, input.words)),
  person: procedure
    .meta({ role: "admin", audit: null, reads: "privacy" })
    .input(personInput)
    .query(({ ctx, input }) => showPerson(ctx, input.contactId)),
  askExport: procedure
    .meta({ role: "admin", audit: "privacy.export_asked" })
    .input(personInput)
    .mutation(({ ctx, input }) => askExport(ctx, input)),
  exportLink: procedure
    .meta({ role: "admin", audit: null })
    .input(z.strictObject({ exportId: id }))
    .query(({ ctx, input }) => exportLink(ctx, input)),
  erase: procedure
    .meta({ role: "admin", audit: "contact.erasure_asked" })
    .input(erasePersonInput)
    .mutation(({ ctx, input }) => askErasure(ctx, input)),
  keep: procedure
    .meta({ role: "admin", audit: "contact.kept" })
    .input(keepingInput)
    .mutation(({ ctx, input }) => keepPerson(ctx, input)),
  correct: procedure
    .meta({ role: "admin", audit: "contact.corrected" })
    .input(correctPersonInput)
    .mutation(({ ctx, input }) => correctPerson(ctx, input)),
  readsOf: procedure
    .meta({ role: "admin", audit: null })
    .input(z.strictObject({ contactId: id, since }))
    .query(({ ctx, input }) => showReads(ctx, { contactId: input.contactId }, input.since)),
  readsBy: procedure
    .meta({ role: "admin", audit: null })
    .input(z.strictObject({ colleagueId: z.string().min(1).max(100), since }))
    .query(({ ctx, input }) => showReads(ctx, { userId: input.colleagueId }, input.since)),
  retention: procedure
    .meta({ role: "admin", audit: null })
    .query(({ ctx }) =>
      ctx.database.inWorkspace(ctx.actor.workspaceId, (tx) => listRetention(tx, ctx.actor.workspaceId)),
    ),
  setRetention: procedure
    .meta({ role: "admin", audit: "privacy.retention_set" })
    .input(retentionInput)
    .mutation(({ ctx, input }) => setRetention(ctx, input)),
  /** How much would go tonight. For the system role: raw webhook bodies belong to no workspace. */
  previewPurge: procedure
    .meta({ role: "admin", audit: null })
    .input(retentionInput)
    .query(async ({ ctx, input }) => ({
      count: await ctx.database.system.transaction((tx) =>
        previewPurge(tx, ctx.actor.workspaceId, { kind: input.kind, before: tooOld(ctx.now(), input.days) }),
      ),
    })),
  register: procedure
    .meta({ role: "admin", audit: null })
    .input(z.strictObject({ locale: z.enum(locales) }))
    .query(async ({ ctx, input }) => {
      const [register, words] = await Promise.all([loadRegister(ctx), loadPageWords(input.locale)]);
      return { register, sections: registerSections(register, words), page: registerPage(register, words) };
    }),
});
