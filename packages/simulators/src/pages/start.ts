import fastify from "fastify";
import type { FastifyInstance } from "fastify";
import { listen } from "../platform/server.ts";
import type { ListenOptions } from "../platform/server.ts";
import type { SalesforceSimulator } from "../salesforce/start.ts";
import { mountBrowserFiles } from "./browser-files.ts";
import { createCertificate } from "./certificate.ts";
import { shows } from "./hosts.ts";
import type { PagesOf } from "./hosts.ts";
import { mountConsentProxy } from "./hubspot/consent-proxy.ts";
import { mountHubSpotPages } from "./hubspot/pages-routes.ts";
import { PortalSource } from "./hubspot/portal-source.ts";
import { mountLightningPages } from "./lightning/lightning-routes.ts";
import { OrgSource } from "./lightning/org-source.ts";
import { PAGE_POLICY } from "./shell-page.ts";

export type PagesServer = { url: string; port: number; close: () => Promise<void> };

/** Whose records the pages show. */
export type PagesOptions = ListenOptions & { hubspotUrl: string; salesforce: SalesforceSimulator };

/**
 * Starts the CRMs' web applications over HTTPS: record and list pages at HubSpot's addresses, showing what is in the
 * simulator at `hubspotUrl`, and at Salesforce Lightning's, showing what is in `salesforce`. A browser is led here by
 * mapping the CRMs' hosts to the port, and has to accept a certificate that is signed by itself.
 */
export async function startPagesServer(options: PagesOptions): Promise<PagesServer> {
  const https = await createCertificate();
  const app = fastify({ https, forceCloseConnections: true, routerOptions: { ignoreTrailingSlash: true } });
  app.addHook("onRequest", async (_request, reply) => {
    void reply.headers({ "content-security-policy": PAGE_POLICY, "x-content-type-options": "nosniff" });
  });
  await mountBrowserFiles(app);
  const portal = new PortalSource(options.hubspotUrl);
  await mountOnHosts(app, "hubspot", (scope) => {
    mountHubSpotPages(scope, portal);
    mountConsentProxy(scope, options.hubspotUrl);
  });
  await mountOnHosts(app, "salesforce", (scope) => mountLightningPages(scope, new OrgSource(options.salesforce)));
  app.get("/", async ({ hostname }, reply) =>
    reply.redirect(
      shows(hostname, "hubspot") ? `/contacts/${await portal.portalId()}/objects/0-1/views/all/list` : LIGHTNING_HOME,
    ),
  );
  const port = await listen(app, { port: options.port, host: options.host });
  return { url: `https://localhost:${port}`, port, close: () => app.close() };
}

const LIGHTNING_HOME = "/lightning/page/home";

/** Mounts a CRM's pages; on the other CRM's hosts they do not exist. */
async function mountOnHosts(
  app: FastifyInstance,
  crm: PagesOf,
  mount: (scope: FastifyInstance) => void,
): Promise<void> {
  await app.register(async (scope) => {
    scope.addHook("onRequest", async ({ hostname }, reply) => {
      if (!shows(hostname, crm)) return reply.code(404).send({ error: "no such page on this host" });
      return undefined;
    });
    mount(scope);
  });
}
