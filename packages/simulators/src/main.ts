import process from "node:process";
import { startHubSpotSimulator } from "./hubspot/start.ts";
import { startPagesServer } from "./pages/start.ts";
import { startSalesforceSimulator } from "./salesforce/start.ts";
import { startWhatsAppSimulator } from "./whatsapp/simulator.ts";

/** Where each stand-in is looked for; a port that is taken is replaced by the next free one. */
const PORTS = { whatsapp: 4210, hubspot: 4220, salesforce: 4230, pages: 4243 };

const whatsapp = await startWhatsAppSimulator({ port: PORTS.whatsapp });
const hubspot = await startHubSpotSimulator({ port: PORTS.hubspot });
const salesforce = await startSalesforceSimulator({ port: PORTS.salesforce });
const pages = await startPagesServer({ port: PORTS.pages, hubspotUrl: hubspot.url, salesforce });

const running = [
  { name: "WhatsApp", wished: PORTS.whatsapp, ...whatsapp },
  { name: "HubSpot", wished: PORTS.hubspot, ...hubspot },
  { name: "Salesforce", wished: PORTS.salesforce, ...salesforce },
  { name: "CRM pages", wished: PORTS.pages, ...pages },
];
for (const { name, wished, url, port } of running) {
  const moved = port === wished ? "" : `  (port ${wished} is taken)`;
  console.log(`${name.padEnd(10)} ${url}${moved}`);
}
console.log(`Phone      ${whatsapp.url}/phone  (be the customer)`);
console.log("simulators ready");

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void Promise.all(running.map(({ close }) => close())));
}
