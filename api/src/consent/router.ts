import { foldConsent, knownAt } from "@aparte/core/consent.ts";
import { recordConsentInput, undoConsentInput } from "@aparte/core/inputs.ts";
import { z } from "zod";
import { procedure, router } from "../platform/trpc.ts";
import { loadEntries } from "./entries.ts";
import { consentHistory } from "./history.ts";
import { consentOfPerson } from "./person.ts";
import { recordConsent, undoConsent } from "./service.ts";
import { joinProcedures } from "./join-router.ts";
import { policyProcedures } from "./policy-router.ts";
import { preferenceProcedures } from "./preference-router.ts";
import { listProcedures } from "./list-router.ts";
import { reviewProcedures } from "./review-router.ts";
import { verifyLedger } from "./verify.ts";

export const consentRouter = router({
  /** The ledger of one person, newest first. */
  history: procedure
    .meta({ role: "rep", audit: null, reads: "consent" })
    .input(z.strictObject({ contactId: z.uuid() }))
    .query(({ ctx, input }) => consentHistory(ctx, input.contactId)),
  /** What was known of a person at a moment: "might we write to them then?" */
  stateAt: procedure
    .meta({ role: "rep", audit: null, reads: "consent" })
    .input(z.strictObject({ contactId: z.uuid(), channelId: z.uuid().nullable(), at: z.iso.datetime() }))
    .query(({ ctx, input: { contactId, channelId, at } }) =>
      ctx.database.inWorkspace(ctx.actor.workspaceId, async (tx) => {
        const moment = new Date(at);
        const entries = await loadEntries(tx, ctx.actor.workspaceId, contactId);
        return foldConsent(knownAt(entries, moment), { now: moment, channelId });
      }),
    ),
  /** The same ledger with who the person is, for the page about them. */
  person: procedure
    .meta({ role: "manager", audit: null, reads: "consent" })
    .input(z.strictObject({ contactId: z.uuid() }))
    .query(({ ctx, input }) => consentOfPerson(ctx, input.contactId)),
  record: procedure
    .meta({ role: "rep", audit: "consent.changed" })
    .input(recordConsentInput)
    .mutation(({ ctx, input }) => recordConsent(ctx, input)),
  undo: procedure
    .meta({ role: "rep", audit: "consent.changed" })
    .input(undoConsentInput)
    .mutation(({ ctx, input }) => undoConsent(ctx, input)),
  /** Reads the whole chain: some seconds for a million entries. */
  verify: procedure.meta({ role: "admin", audit: null }).query(({ ctx }) => verifyLedger(ctx, ctx.actor.workspaceId)),
  ...joinProcedures,
  ...policyProcedures,
  ...preferenceProcedures,
  ...listProcedures,
  ...reviewProcedures,
});
