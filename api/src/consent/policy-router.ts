import { consentPolicySchema } from "@aparte/core/consent-policy-input.ts";
import { procedure } from "../platform/trpc.ts";
import { policyView, savePolicy } from "./policy.ts";

/** How the firm treats consent, hours and frequency. */
export const policyProcedures = {
  policy: procedure
    .meta({ role: "rep", audit: null })
    .query(({ ctx }) => ctx.database.inWorkspace(ctx.actor.workspaceId, (tx) => policyView(tx, ctx.actor.workspaceId))),
  savePolicy: procedure
    .meta({ role: "admin", audit: "policy.changed" })
    .input(consentPolicySchema)
    .mutation(({ ctx, input }) => savePolicy(ctx, input)),
};
