import { consentRouter } from "./consent/router.ts";
import { identityRouter } from "./identity/router.ts";
import { messagingRouter, webhooksRouter } from "./messaging/router.ts";
import { router } from "./platform/trpc.ts";
import { workspacesRouter } from "./workspaces/router.ts";

export const appRouter = router({
  consent: consentRouter,
  identity: identityRouter,
  messaging: messagingRouter,
  webhooks: webhooksRouter,
  workspaces: workspacesRouter,
});

/** All that clients know of the API. */
export type AppRouter = typeof appRouter;
