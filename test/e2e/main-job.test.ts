import { simulatedEnvironment, type DemoSimulators } from "@aparte/launch/demo/simulators.ts";
import { ensureDemoWorkspace } from "@aparte/launch/demo/workspace.ts";
import { runMainJob } from "@aparte/launch/job/main-job.ts";
import { randomPort } from "@aparte/launch/ports.ts";
import { createReporter } from "@aparte/launch/reporter.ts";
import { startApi, type ApiServer } from "@aparte/launch/server.ts";
import { startHubSpotSimulator } from "@aparte/simulators/hubspot/start.ts";
import { startPagesServer } from "@aparte/simulators/pages/start.ts";
import { startSalesforceSimulator } from "@aparte/simulators/salesforce/start.ts";
import { startWhatsAppSimulator } from "@aparte/simulators/whatsapp/simulator.ts";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { evidenceFolder, openChromium } from "../support/browser.ts";
import { freshDatabase, type TestDatabase } from "../support/database.ts";

const folder = join(evidenceFolder, "main-job");

/** The demo as `npm start` makes it, on ports of its own. */
let simulators: DemoSimulators;
let database: TestDatabase;
let api: ApiServer;

beforeAll(async () => {
  const whatsapp = await startWhatsAppSimulator({ port: await randomPort() });
  const hubspot = await startHubSpotSimulator({ port: await randomPort() });
  const salesforce = await startSalesforceSimulator({ port: await randomPort() });
  const pages = await startPagesServer({ port: await randomPort(), hubspotUrl: hubspot.url, salesforce });
  const all = [pages, whatsapp, hubspot, salesforce];
  const stop = async () => void (await Promise.all(all.map((simulator) => simulator.close())));
  simulators = { whatsapp, hubspot, salesforce, pages, stop };
  database = await freshDatabase();
  await mkdir(folder, { recursive: true });
  const dataDir = { path: evidenceFolder, masterKey: Buffer.alloc(32, 5).toString("base64") };
  const env = { DATABASE_URL: database.url, ...simulatedEnvironment(simulators) };
  api = await startApi(dataDir, await randomPort(), env);
  await ensureDemoWorkspace(api, simulators);
});
afterAll(async () => {
  await api?.stop();
  await simulators?.stop();
  await database?.drop();
});

type Sent = {
  readonly kind: string;
  readonly body: {
    readonly type: string;
    readonly text?: { readonly body: string };
    readonly template?: { readonly name: string; readonly components: readonly { readonly parameters: unknown }[] };
  };
};
type Communication = { readonly properties: Readonly<Record<string, string>>; readonly associations: unknown };

const question = "Great, thank you! Can we move delivery to Friday?";
const confirmation = "Maison Lumen: we have noted that you want to stop. To receive messages again, reply START.";
const reply = "Yes, Friday works. I’ll send the updated quote today.";

it("goes from an unknown contact to an opt-out, and both ledgers tell exactly that", { timeout: 120_000 }, async () => {
  const steps: string[] = [];
  await runMainJob({
    api: api.url,
    simulators,
    folder,
    reporter: createReporter((line) => steps.push(line)),
    open: (profile) => openChromium(simulators.pages.port, profile),
  });
  expect(steps.filter((line) => /\(\d+\.\d s\)$/.test(line))).toHaveLength(12);
  expect((await readdir(folder)).filter((name) => name.endsWith(".png"))).toHaveLength(9);

  const ledger = (await (await fetch(`${simulators.whatsapp.url}/_sim/ledger`)).json()) as Sent[];
  const sent = ledger.filter(({ kind }) => kind === "message").map(({ body }) => body);
  expect(sent).toMatchObject([
    {
      type: "template",
      template: {
        name: "quote_ready",
        language: { code: "en_US" },
        components: [{ type: "body", parameters: [{ text: "Ana" }, { text: "Q-2041" }] }],
      },
    },
    { type: "text", text: { body: reply } },
    { type: "text", text: { body: confirmation } },
  ]);

  const written = await fetch(`${simulators.hubspot.url}/_sim/objects/communications`);
  const communications = (await written.json()) as Communication[];
  const [only, optOut] = communications;
  expect(communications).toHaveLength(2);
  expect(optOut?.properties["hs_communication_body"]).toMatch(/no longer wants WhatsApp messages.*STOP/);
  expect(only).toMatchObject({
    properties: { hs_communication_channel_type: "WHATS_APP" },
    associations: { contacts: [expect.any(String)] },
  });
  const body = only?.properties["hs_communication_body"] ?? "";
  const places = ["Q-2041 is ready", question, reply, "STOP", confirmation].map((text) => body.indexOf(text));
  expect(places.every((place) => place >= 0)).toBe(true);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});
