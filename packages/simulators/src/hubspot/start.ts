import { VirtualClock } from "../platform/clock.ts";
import { mountControl } from "../platform/control.ts";
import { applyFaults } from "../platform/fault-hooks.ts";
import { Faults } from "../platform/faults.ts";
import { Ledger } from "../platform/ledger.ts";
import { createServer, listen } from "../platform/server.ts";
import type { ListenOptions } from "../platform/server.ts";
import { mountHubSpot } from "./api-server.ts";
import { Authorizations } from "./authorizations.ts";
import { DEMO_COMPANY_ID, DEMO_CONTACT_ID, DEMO_DEAL_ID, DEMO_TICKET_ID } from "./demo-records.ts";
import { seedDemo } from "./demo-seed.ts";
import {
  APP_ID,
  APP_NAME,
  CLIENT_ID,
  CLIENT_SECRET,
  DEVELOPER_API_KEY,
  HUB_DOMAIN,
  PORTAL_ID,
  PRIVATE_APP_TOKEN,
} from "./identity.ts";
import { Portal } from "./portal.ts";
import type { Seed } from "./portal.ts";
import { SCOPES } from "./scopes.ts";
import { mountSteering } from "./steering-routes.ts";
import { mountEditing } from "./edit-routes.ts";
import { mountWebhookSteering } from "./webhooks/steering-routes.ts";
import { WebhookSender } from "./webhooks/sender.ts";

/**
 * What to start with. `uiUrl`: where the web application is; `seed`: what is in the portal, the demo when left out;
 * `webhookUrl`: where the app takes its webhooks, nowhere when left out.
 */
export type HubSpotSimulatorOptions = ListenOptions & {
  clock?: VirtualClock;
  uiUrl?: string;
  seed?: Seed;
  webhookUrl?: string;
};

/** What `/_sim/identity` tells: the ids, tokens and secrets that this portal accepts. */
export type HubSpotIdentity = {
  portal_id: number;
  app_id: number;
  app_name: string;
  hub_domain: string;
  /** Host of the web application, as the account details tell it. */
  ui_domain: string;
  /** The token of a private app with every scope. */
  access_token: string;
  client_id: string;
  client_secret: string;
  scopes: readonly string[];
  /** Opens the settings of the app's webhooks. */
  developer_api_key: string;
  /** The contact with whom the demo begins, and a company, a deal and a ticket of theirs. */
  demo_contact_id: string;
  demo_company_id: string;
  demo_deal_id: string;
  demo_ticket_id: string;
};

export type HubSpotSimulator = {
  url: string;
  port: number;
  identity: HubSpotIdentity;
  /** Resolves when every webhook so far has been sent and answered once. */
  settle: () => Promise<void>;
  close: () => Promise<void>;
};

/** A whole call may hold 100 records with bodies at their ceiling. */
const BODY_LIMIT = 32 * 1024 * 1024;

/** Starts a HubSpot portal of its own, with the API, the consent page and the steering under `/_sim/`. */
export async function startHubSpotSimulator(options: HubSpotSimulatorOptions = {}): Promise<HubSpotSimulator> {
  const { clock = new VirtualClock(), uiUrl = "https://app.hubspot.com", seed = seedDemo } = options;
  const ledger = new Ledger(clock);
  const faults = new Faults();
  const webhooks = new WebhookSender({ clock, faults, targetUrl: options.webhookUrl });
  const portal = new Portal({ clock, ledger, webhooks, uiUrl, seed });
  const identity: HubSpotIdentity = {
    portal_id: PORTAL_ID,
    app_id: APP_ID,
    app_name: APP_NAME,
    hub_domain: HUB_DOMAIN,
    ui_domain: new URL(uiUrl).host,
    access_token: PRIVATE_APP_TOKEN,
    client_id: CLIENT_ID,
    client_secret: CLIENT_SECRET,
    scopes: Object.keys(SCOPES),
    developer_api_key: DEVELOPER_API_KEY,
    demo_contact_id: DEMO_CONTACT_ID,
    demo_company_id: DEMO_COMPANY_ID,
    demo_deal_id: DEMO_DEAL_ID,
    demo_ticket_id: DEMO_TICKET_ID,
  };

  const app = createServer({ bodyLimit: BODY_LIMIT });
  applyFaults(app, faults);
  mountControl(app, {
    clock,
    ledger,
    faults,
    identity: () => identity,
    reset: () => portal.reset(),
    settle: () => webhooks.settle(),
  });
  const authorizations = new Authorizations(clock);
  mountSteering(app, portal, authorizations);
  mountEditing(app, portal);
  mountWebhookSteering(app, portal.webhooks);
  await mountHubSpot(app, portal, authorizations);
  const port = await listen(app, { port: options.port, host: options.host });
  const close = async () => {
    await webhooks.reset();
    await app.close();
  };
  return { url: `http://localhost:${port}`, port, identity, settle: () => webhooks.settle(), close };
}
