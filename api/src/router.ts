import { channelsRouter } from "./channels/router.ts";
import { consentRouter } from "./consent/router.ts";
import { crmRouter } from "./crm/router.ts";
import { identityRouter } from "./identity/router.ts";
import { mediaRouter } from "./media/router.ts";
import { messagingRouter, webhooksRouter } from "./messaging/router.ts";
import { router } from "./platform/trpc.ts";
import { presenceRouter } from "./presence/router.ts";
import { pricingRouter } from "./pricing/router.ts";
import { privacyRouter } from "./privacy/router.ts";
import { templatesRouter } from "./templates/router.ts";
import { workspacesRouter } from "./workspaces/router.ts";

export const appRouter = router({
  channels: channelsRouter,
  consent: consentRouter,
  crm: crmRouter,
  identity: identityRouter,
  media: mediaRouter,
  messaging: messagingRouter,
  presence: presenceRouter,
  pricing: pricingRouter,
  privacy: privacyRouter,
  templates: templatesRouter,
  webhooks: webhooksRouter,
  workspaces: workspacesRouter,
});

/** All that clients know of the API. */
export type AppRouter = typeof appRouter;
