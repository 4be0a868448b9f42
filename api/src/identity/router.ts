import { addMemberInput, setUpWorkspaceInput } from "@aparte/core/inputs.ts";
import { procedure, publicProcedure, router } from "../platform/trpc.ts";
import { addMember, listMembers, setUp, workspaceName } from "./service.ts";

export const identityRouter = router({
  me: procedure.meta({ role: "rep", audit: null }).query(async ({ ctx }) => ({
    user: { id: ctx.actor.userId, name: ctx.actor.name, email: ctx.actor.email },
    workspace: { id: ctx.actor.workspaceId, name: await workspaceName(ctx) },
    role: ctx.actor.role,
  })),
  members: procedure.meta({ role: "manager", audit: null }).query(({ ctx }) => listMembers(ctx)),
  addMember: procedure
    .meta({ role: "admin", audit: "member.added" })
    .input(addMemberInput)
    .mutation(({ ctx, input }) => addMember(ctx, input)),
  setUp: publicProcedure
    .meta({ role: "public", audit: "workspace.created" })
    .input(setUpWorkspaceInput)
    .mutation(({ ctx, input }) => setUp(ctx, input)),
});
