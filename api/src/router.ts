import { identityRouter } from "./identity/router.ts";
import { router } from "./platform/trpc.ts";
import { workspacesRouter } from "./workspaces/router.ts";

export const appRouter = router({
  identity: identityRouter,
  workspaces: workspacesRouter,
});

/** All that clients know of the API. */
export type AppRouter = typeof appRouter;
