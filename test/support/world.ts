import { createApp, type App } from "@aparte/api/app";
import { randomPort } from "@aparte/launch/ports.ts";
import { startHubSpotSimulator, type HubSpotSimulator } from "@aparte/simulators/hubspot/start.ts";
import { startSalesforceSimulator, type SalesforceSimulator } from "@aparte/simulators/salesforce/start.ts";
import { startWhatsAppSimulator, type WhatsAppSimulator } from "@aparte/simulators/whatsapp/simulator.ts";
import { rm } from "node:fs/promises";
import { freshDatabase, type TestDatabase } from "./database.ts";
import { clientOf, lastingToken, tokenOf, type Client } from "./sign-in.ts";

export const password = "a password of 15 or more";
export const people = { admin: "ada@acme.test", manager: "max@acme.test", rep: "rita@acme.test" } as const;

export type World = {
  readonly origin: string;
  readonly app: App;
  readonly database: TestDatabase;
  readonly whatsapp: WhatsAppSimulator;
  readonly hubspot: HubSpotSimulator;
  readonly salesforce: SalesforceSimulator;
  readonly admin: Client;
  readonly manager: Client;
  readonly rep: Client;
  readonly tokens: Readonly<Record<keyof typeof people, string>>;
  /** The connected number. */
  readonly channelId: string;
  /** A person writes: one message object as in Meta's webhook. */
  inbound(message: Readonly<Record<string, unknown>>): Promise<void>;
  close(): Promise<void>;
};

export type WorldOptions = {
  /** `api`: the workers are for the test to start, in processes that it can kill. */
  readonly role?: "all" | "api";
  /** The way to Meta that the API takes, given the port of the simulator; straight to it when left out. */
  readonly graphUrl?: (simulatorPort: number) => Promise<string>;
  /** The clock of the API. */
  readonly now?: () => Date;
  /** A migrated database to work on, which goes with the world; one of the test run's own when left out. */
  readonly database?: TestDatabase;
};

/** A whole firm on real parts: database, simulators, API with its workers, three people, a connected number. */
export async function startWorld({ role = "all", graphUrl, ...given }: WorldOptions = {}): Promise<World> {
  const database = given.database ?? (await freshDatabase());
  const port = await randomPort();
  const origin = `http://localhost:${port}`;
  const [whatsapp, hubspot, salesforce] = await Promise.all([
    startWhatsAppSimulator({ port: await randomPort(), autoStatuses: { sent_ms: 10, delivered_ms: 20, read_ms: 40 } }),
    startHubSpotSimulator({ port: await randomPort(), webhookUrl: `${origin}/webhooks/hubspot` }),
    startSalesforceSimulator({ port: await randomPort() }),
  ]);
  const env = environment({ database, whatsapp, hubspot, salesforce, port, origin });
  const app = await createApp({
    env: graphUrl ? { ...env, META_GRAPH_URL: await graphUrl(whatsapp.port) } : env,
    ...(given.now ? { now: given.now } : {}),
  });
  await app.http.listen({ port, host: "::" });
  app.start(role);
  const tokens = await hirePeople(app, origin);
  const clientFor = (who: keyof typeof people): Client =>
    clientOf(origin, lastingToken(origin, { email: people[who], password, first: tokens[who] }));
  const admin = clientFor("admin");
  const { waba_id: wabaId, phone_number_id: phoneNumberId, access_token: accessToken } = whatsapp.identity;
  const connected = await admin.channels.connect.mutate({ wabaId, phoneNumberId, accessToken });
  if (!connected.ok) throw new Error(`The number could not be connected: ${connected.refused}`);
  return {
    origin,
    app,
    database,
    whatsapp,
    hubspot,
    salesforce,
    tokens,
    admin,
    manager: clientFor("manager"),
    rep: clientFor("rep"),
    channelId: connected.channel.id,
    inbound: async (message) => {
      await post(`${whatsapp.url}/_sim/inbound`, { phone_number_id: phoneNumberId, ...message });
    },
    async close() {
      await app.close();
      await Promise.all([whatsapp, hubspot, salesforce].map((simulator) => simulator.close()));
      await database.drop();
      await rm(env.DATA_DIR, { recursive: true, force: true });
    },
  };
}

type Parts = {
  readonly database: TestDatabase;
  readonly whatsapp: WhatsAppSimulator;
  readonly hubspot: HubSpotSimulator;
  readonly salesforce: SalesforceSimulator;
  readonly port: number;
  readonly origin: string;
};

/** The settings of an API that talks to these parts. */
export function environment({ database, whatsapp, hubspot, salesforce, port, origin }: Parts): App["deps"]["env"] {
  return {
    DATABASE_URL: database.url,
    PORT: port,
    DATA_DIR: database.filesDir,
    PUBLIC_URL: origin,
    ROLE: "all",
    MASTER_KEY: Buffer.alloc(32, 3).toString("base64"),
    META_GRAPH_URL: whatsapp.url,
    META_GRAPH_VERSION: "v26.0",
    META_APP_ID: whatsapp.identity.app_id,
    META_APP_SECRET: whatsapp.identity.app_secret,
    META_VERIFY_TOKEN: whatsapp.identity.verify_token,
    HUBSPOT_API_URL: hubspot.url,
    HUBSPOT_CLIENT_ID: hubspot.identity.client_id,
    HUBSPOT_CLIENT_SECRET: hubspot.identity.client_secret,
    SALESFORCE_LOGIN_URL: salesforce.url,
    SALESFORCE_CLIENT_ID: salesforce.identity.client_id,
    SALESFORCE_CLIENT_SECRET: salesforce.identity.client_secret,
    LOG_LEVEL: "warn",
  };
}

async function hirePeople(app: App, origin: string): Promise<World["tokens"]> {
  const setUp = { setupToken: app.setupToken, workspaceName: "Acme", name: "Ada Admin", email: people.admin, password };
  await clientOf(origin, null).identity.setUp.mutate(setUp);
  const adminToken = await tokenOf(origin, people.admin, password);
  const admin = clientOf(origin, adminToken);
  await admin.identity.addMember.mutate({ name: "Max Manager", email: people.manager, role: "manager", password });
  await admin.identity.addMember.mutate({ name: "Rita Rep", email: people.rep, role: "rep", password });
  return {
    admin: adminToken,
    manager: await tokenOf(origin, people.manager, password),
    rep: await tokenOf(origin, people.rep, password),
  };
}

/** POST of JSON to a simulator; its refusal is an error of the test. */
export async function post(url: string, body: unknown): Promise<unknown> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${text}`);
  return text === "" ? null : JSON.parse(text);
}
