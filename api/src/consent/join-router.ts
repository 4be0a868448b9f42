import { makeJoinInput, personalJoinInput } from "@aparte/core/join-input.ts";
import { z } from "zod";
import { procedure } from "../platform/trpc.ts";
import { endJoin, listJoins, makeJoin, makePersonalJoin } from "./join.ts";

const makes = { audit: "consent.join_made" } as const;

/** Links and QR codes by which people agree with a message of their own. */
export const joinProcedures = {
  joins: procedure.meta({ role: "manager", audit: null }).query(({ ctx }) => listJoins(ctx)),
  makeJoin: procedure
    .meta({ role: "manager", ...makes })
    .input(makeJoinInput)
    .mutation(({ ctx, input }) => makeJoin(ctx, input)),
  /** For one person, by whoever speaks with them. */
  join: procedure
    .meta({ role: "rep", ...makes })
    .input(personalJoinInput)
    .mutation(({ ctx, input }) => makePersonalJoin(ctx, input)),
  endJoin: procedure
    .meta({ role: "manager", audit: "consent.join_ended" })
    .input(z.strictObject({ id: z.uuid() }))
    .mutation(({ ctx, input }) => endJoin(ctx, input)),
};
