import { createRouter } from "@tanstack/react-router";
import { connectRoute } from "./connect-route.tsx";
import { consentRoutes } from "./consent-routes.tsx";
import { crmRoutes } from "./crm-routes.tsx";
import { fileRoute } from "./file-route.tsx";
import { listRoutes } from "./list-routes.tsx";
import { memberRoute } from "./member-route.tsx";
import { numberRoutes } from "./number-routes.tsx";
import { overviewRoute } from "./overview-route.tsx";
import { policyRoute } from "./policy-route.tsx";
import { preferenceRoutes } from "./preference-routes.tsx";
import { pricingRoute } from "./pricing-route.tsx";
import { privacyRoutes } from "./privacy-routes.tsx";
import { rootRoute, type RouterContext } from "./root-route.tsx";
import { setUpRoute } from "./set-up-route.tsx";
import { signInRoute } from "./sign-in-route.tsx";
import { templateLibraryRoute } from "./template-library-route.tsx";
import { templatesRoute } from "./templates-route.tsx";
import { WaitingPage } from "./waiting-page.tsx";
import { writeTemplateRoute } from "./write-template-route.tsx";

const routeTree = rootRoute.addChildren([
  signInRoute,
  setUpRoute,
  memberRoute.addChildren([
    overviewRoute,
    connectRoute,
    ...consentRoutes,
    ...crmRoutes,
    fileRoute,
    ...listRoutes,
    ...numberRoutes,
    policyRoute,
    ...preferenceRoutes,
    pricingRoute,
    ...privacyRoutes,
    templatesRoute,
    templateLibraryRoute,
    writeTemplateRoute,
  ]),
]);

/** The pages. An address holds plain text: codes of digits stay as they are and are not read as numbers. */
export function createConsoleRouter(context: RouterContext) {
  return createRouter({
    routeTree,
    context,
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const text = new URLSearchParams(search as Record<string, string>).toString();
      return text === "" ? "" : `?${text}`;
    },
    scrollRestoration: true,
    defaultPendingComponent: WaitingPage,
    defaultPendingMs: 300,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
