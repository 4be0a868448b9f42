import { z } from "zod";
import { procedure, router } from "../platform/trpc.ts";
import { listRates, replaceRates } from "./service.ts";

export const pricingRouter = router({
  rates: procedure
    .meta({ role: "manager", audit: null })
    .query(({ ctx }) => ctx.database.inWorkspace(ctx.actor.workspaceId, (tx) => listRates(tx, ctx.actor.workspaceId))),
  replace: procedure
    .meta({ role: "admin", audit: "pricing.changed" })
    .input(z.strictObject({ text: z.string().max(200_000) }))
    .mutation(({ ctx, input }) => replaceRates(ctx, input.text)),
});
