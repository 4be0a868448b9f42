import { VirtualClock } from "../platform/clock.ts";
import { mountControl } from "../platform/control.ts";
import { applyFaults } from "../platform/fault-hooks.ts";
import { Faults } from "../platform/faults.ts";
import { Ledger } from "../platform/ledger.ts";
import { createServer, listen } from "../platform/server.ts";
import type { ListenOptions } from "../platform/server.ts";
import { ChangeRelay } from "./changes/change-relay.ts";
import {
  DEMO_ACCOUNT_ID,
  DEMO_ADMIN_ID,
  DEMO_CASE_ID,
  DEMO_CONTACT_ID,
  DEMO_LEAD_ID,
  DEMO_OPPORTUNITY_ID,
  DEMO_PERSON_ACCOUNT_ID,
} from "./demo/demo-ids.ts";
import { seedDemo } from "./demo/demo-seed.ts";
import { CLIENT_ID, CLIENT_SECRET, CUSTOM_DOMAIN, LIGHTNING_URL, MY_DOMAIN, ORG_ID } from "./identity.ts";
import { Org } from "./org.ts";
import type { Seed } from "./org.ts";
import { mountOAuth } from "./oauth/oauth-routes.ts";
import { applyOutage } from "./outage.ts";
import { mountRest } from "./rest/rest-server.ts";
import { mountSteering } from "./steering/steering-routes.ts";
import { adminToken } from "./tokens.ts";

/** What to start with. `seed`: what is in the org, the demo when left out. */
export type SalesforceSimulatorOptions = ListenOptions & { clock?: VirtualClock; seed?: Seed };

/** What `/_sim/identity` tells: the ids, tokens and secrets that this org accepts. */
export type SalesforceIdentity = {
  /** Where the API is reached. */
  instance_url: string;
  /** A session of the administrator that never ends. */
  access_token: string;
  client_id: string;
  client_secret: string;
  org_id: string;
  /** The administrator. */
  user_id: string;
  my_domain: string;
  /** Where the org's pages and API are in the real service. */
  lightning_url: string;
  custom_domain: string;
  /** The record of each kind with which the demo begins. */
  demo_contact_id: string;
  demo_lead_id: string;
  demo_account_id: string;
  demo_person_account_id: string;
  demo_opportunity_id: string;
  demo_case_id: string;
};

export type SalesforceSimulator = {
  url: string;
  port: number;
  identity: SalesforceIdentity;
  /** The org itself, for whoever shows what is in it. */
  org: Org;
  close: () => Promise<void>;
};

/** A file may be 37 MB in a JSON body. */
const BODY_LIMIT = 52 * 1024 * 1024;

/** Starts a Salesforce org of its own, with the API, the consent page and the steering under `/_sim/`. */
export async function startSalesforceSimulator(options: SalesforceSimulatorOptions = {}): Promise<SalesforceSimulator> {
  const { clock = new VirtualClock(), seed = seedDemo } = options;
  const ledger = new Ledger(clock);
  const faults = new Faults();
  const org = new Org({ clock, ledger, seed });
  const relay = new ChangeRelay(org, faults);

  const app = createServer({ bodyLimit: BODY_LIMIT });
  applyFaults(app, faults);
  applyOutage(app, org);
  mountControl(app, {
    clock,
    ledger,
    faults,
    identity: () => describeIdentity(org),
    reset: async () => {
      org.reset();
      await relay.reset();
    },
    settle: () => relay.settle(),
  });
  mountSteering(app, org, relay);
  await mountOAuth(app, org);
  await mountRest(app, org);
  const port = await listen(app, { port: options.port, host: options.host });
  const url = `http://localhost:${port}`;
  org.instanceUrl = url;
  return {
    url,
    port,
    identity: describeIdentity(org),
    org,
    close: async () => {
      await app.close();
      await relay.reset();
    },
  };
}

function describeIdentity(org: Org): SalesforceIdentity {
  return {
    instance_url: org.instanceUrl,
    access_token: adminToken(DEMO_ADMIN_ID),
    client_id: CLIENT_ID,
    client_secret: CLIENT_SECRET,
    org_id: ORG_ID,
    user_id: DEMO_ADMIN_ID,
    my_domain: MY_DOMAIN,
    lightning_url: LIGHTNING_URL,
    custom_domain: CUSTOM_DOMAIN,
    demo_contact_id: DEMO_CONTACT_ID,
    demo_lead_id: DEMO_LEAD_ID,
    demo_account_id: DEMO_ACCOUNT_ID,
    demo_person_account_id: DEMO_PERSON_ACCOUNT_ID,
    demo_opportunity_id: DEMO_OPPORTUNITY_ID,
    demo_case_id: DEMO_CASE_ID,
  };
}
