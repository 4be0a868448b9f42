import { publicProcedure, router } from "../platform/trpc.ts";
import { apiVersion, minimumExtension } from "../platform/version.ts";
import { isSetUp } from "./service.ts";

export const workspacesRouter = router({
  /** What a client must know before sign-in: whether there is anything to sign in to, and whether it is recent enough. */
  status: publicProcedure.meta({ role: "public", audit: null }).query(async ({ ctx }) => ({
    setUp: await isSetUp(ctx.database),
    version: apiVersion,
    minimumExtension,
  })),
});
