import fastify from "fastify";
import { listen } from "../platform/server.ts";
import { mountBrowserFiles } from "./browser-files.ts";
import { createCertificate } from "./certificate.ts";
import { mountConsentProxy } from "./hubspot/consent-proxy.ts";
import { mountHubSpotPages } from "./hubspot/pages-routes.ts";
import { PortalSource } from "./hubspot/portal-source.ts";
import { PAGE_POLICY } from "./shell-page.ts";

export type PagesServer = { url: string; port: number; close: () => Promise<void> };

/**
 * Starts the CRMs' web applications over HTTPS: record and list pages at HubSpot's addresses, showing what is in the
 * simulator at `hubspotUrl`. A browser is led here by mapping the CRMs' hosts to the port, and has to accept a
 * certificate that is signed by itself.
 */
export async function startPagesServer(options: {
  hubspotUrl: string;
  port?: number;
  host?: string;
}): Promise<PagesServer> {
  const https = await createCertificate();
  const app = fastify({ https, forceCloseConnections: true, routerOptions: { ignoreTrailingSlash: true } });
  app.addHook("onRequest", async (_request, reply) => {
    void reply.headers({ "content-security-policy": PAGE_POLICY, "x-content-type-options": "nosniff" });
  });
  await mountBrowserFiles(app);
  const portal = new PortalSource(options.hubspotUrl);
  mountHubSpotPages(app, portal);
  mountConsentProxy(app, options.hubspotUrl);
  app.get("/", async (_request, reply) =>
    reply.redirect(`/contacts/${await portal.portalId()}/objects/0-1/views/all/list`),
  );
  const port = await listen(app, { port: options.port, host: options.host });
  return { url: `https://localhost:${port}`, port, close: () => app.close() };
}
