import { recordConsentInput } from "@aparte/core/inputs.ts";
import { z } from "zod";
import { procedure, router } from "../platform/trpc.ts";
import { consentHistory, recordConsent } from "./service.ts";

export const consentRouter = router({
  history: procedure
    .meta({ role: "rep", audit: null })
    .input(z.strictObject({ contactId: z.uuid() }))
    .query(({ ctx, input }) =>
      ctx.database.inWorkspace(ctx.actor.workspaceId, (tx) =>
        consentHistory(tx, ctx.actor.workspaceId, input.contactId),
      ),
    ),
  record: procedure
    .meta({ role: "rep", audit: "consent.changed" })
    .input(recordConsentInput)
    .mutation(({ ctx, input }) => recordConsent(ctx, input)),
});
