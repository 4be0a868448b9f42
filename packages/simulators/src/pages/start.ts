import fastify from "fastify";
import { listen } from "../platform/server.ts";
import { createCertificate } from "./certificate.ts";
import { mountConsentProxy } from "./consent-proxy.ts";
import { mountPages } from "./pages-routes.ts";
import { PortalSource } from "./portal-source.ts";

export type PagesServer = { url: string; port: number; close: () => Promise<void> };

/**
 * Starts the CRM's web application over HTTPS: record and list pages at HubSpot's addresses, showing what is in the
 * simulator at `hubspotUrl`. A browser is led here by mapping `app.hubspot.com` to the port, and has to accept a
 * certificate that is signed by itself.
 */
export async function startPagesServer(options: {
  hubspotUrl: string;
  port?: number;
  host?: string;
}): Promise<PagesServer> {
  const https = await createCertificate();
  const app = fastify({ https, forceCloseConnections: true, routerOptions: { ignoreTrailingSlash: true } });
  await mountPages(app, new PortalSource(options.hubspotUrl));
  mountConsentProxy(app, options.hubspotUrl);
  const port = await listen(app, { port: options.port, host: options.host });
  return { url: `https://localhost:${port}`, port, close: () => app.close() };
}
