import { startHubSpotSimulator, type HubSpotSimulator } from "@aparte/simulators/hubspot/start.ts";
import { startPagesServer, type PagesServer } from "@aparte/simulators/pages/start.ts";
import { startSalesforceSimulator, type SalesforceSimulator } from "@aparte/simulators/salesforce/start.ts";
import { startWhatsAppSimulator, type WhatsAppSimulator } from "@aparte/simulators/whatsapp/simulator.ts";
import { freePort } from "../ports.ts";
import type { Stoppable } from "../server.ts";

export type DemoSimulators = Stoppable & {
  readonly whatsapp: WhatsAppSimulator;
  readonly hubspot: HubSpotSimulator;
  readonly salesforce: SalesforceSimulator;
  readonly pages: PagesServer;
};

/**
 * Stand-ins of Meta, HubSpot and Salesforce, and the CRMs' pages. A port that is taken is replaced by the next free one.
 *
 * @param apiUrl where the API will be that takes the CRMs' webhooks.
 */
export async function startSimulators(apiUrl: string): Promise<DemoSimulators> {
  const whatsapp = await startWhatsAppSimulator({ port: await freePort(4210) });
  const hubspot = await startHubSpotSimulator({ port: await freePort(4220), webhookUrl: `${apiUrl}/webhooks/hubspot` });
  const salesforce = await startSalesforceSimulator({ port: await freePort(4230) });
  await relayChanges(salesforce, `${apiUrl}/webhooks/salesforce`);
  const pages = await startPagesServer({ port: await freePort(4243), hubspotUrl: hubspot.url, salesforce });
  return {
    whatsapp,
    hubspot,
    salesforce,
    pages,
    async stop() {
      await Promise.all([whatsapp, hubspot, salesforce, pages].map((simulator) => simulator.close()));
    },
  };
}

/** Has the customer's subscriber to Change Data Capture pass on what changes in the org. */
async function relayChanges({ url }: SalesforceSimulator, targetUrl: string): Promise<void> {
  const answer = await fetch(`${url}/_sim/webhooks`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ target_url: targetUrl }),
  });
  if (!answer.ok) throw new Error(`The Salesforce simulator answered ${answer.status} to its relay's settings.`);
}

/** The environment of an API that speaks to the simulators instead of to Meta, HubSpot and Salesforce. */
export function simulatedEnvironment({ whatsapp, hubspot, salesforce }: DemoSimulators): Record<string, string> {
  return {
    META_GRAPH_URL: whatsapp.url,
    META_APP_ID: whatsapp.identity.app_id,
    META_APP_SECRET: whatsapp.identity.app_secret,
    META_VERIFY_TOKEN: whatsapp.identity.verify_token,
    HUBSPOT_API_URL: hubspot.url,
    HUBSPOT_CLIENT_ID: hubspot.identity.client_id,
    HUBSPOT_CLIENT_SECRET: hubspot.identity.client_secret,
    SALESFORCE_LOGIN_URL: salesforce.url,
    SALESFORCE_CLIENT_ID: salesforce.identity.client_id,
    SALESFORCE_CLIENT_SECRET: salesforce.identity.client_secret,
  };
}
