import { join } from "node:path";
import { buildAll } from "./build.ts";
import { findChromium } from "./chromium.ts";
import { openDataDir, type DataDir } from "./data-dir.ts";
import { openBrowser, pointExtension } from "./demo/browser.ts";
import { simulatedEnvironment, startSimulators, type DemoSimulators } from "./demo/simulators.ts";
import { demoPassword, demoPeople, ensureDemoWorkspace } from "./demo/workspace.ts";
import { runMainJob } from "./job/main-job.ts";
import { readOptions, type StartOptions } from "./options.ts";
import { freePort } from "./ports.ts";
import { createReporter, type Reporter } from "./reporter.ts";
import { openDatabase, startApi, type ApiServer, type Stoppable } from "./server.ts";

const reporter = createReporter((line) => console.log(line));
/** What runs, in the order in which it was started; it is stopped in the opposite one. */
const running: Stoppable[] = [];

async function start(options: StartOptions): Promise<void> {
  const dataDir = await openDataDir(process.env);
  const isDemo = !process.env["META_APP_ID"];
  await buildAll({ firefox: false, log: reporter.say });
  const database = keep(await reporter.step("Postgres is up", () => openDatabase(process.env, dataDir, reporter)));
  const port = await freePort(Number(process.env["PORT"] || 4100));
  const apiUrl = process.env["PUBLIC_URL"] || `http://localhost:${port}`;
  const simulators = isDemo ? keep(await reporter.step("Simulators are up", () => startSimulators(apiUrl))) : null;
  const env = { DATABASE_URL: database.url, ...(simulators ? simulatedEnvironment(simulators) : {}) };
  const api = keep(await reporter.step("API, workers and console are up", () => startApi(dataDir, port, env)));
  if (simulators) await reporter.step("Demo workspace is ready", () => ensureDemoWorkspace(api, simulators));
  announce(api, simulators);
  if (!simulators || !options.browser) return;
  await showDemo({ api, simulators, dataDir, options });
}

function keep<T extends Stoppable>(part: T): T {
  running.push(part);
  return part;
}

function announce(api: ApiServer, simulators: DemoSimulators | null): void {
  const lines = ["", "Aparté is ready", `  console            ${api.url}`];
  if (simulators) {
    const { admin, manager, rep } = demoPeople;
    lines.push(
      `  customer's phone   ${simulators.whatsapp.url}/phone`,
      `  WhatsApp simulator ${simulators.whatsapp.url}`,
      `  HubSpot simulator  ${simulators.hubspot.url}`,
      `  Salesforce         ${simulators.salesforce.url}`,
      `  CRM pages          ${simulators.pages.url} (as https://app.hubspot.com and`,
      `                     ${simulators.salesforce.identity.lightning_url} in the browser that opens)`,
      `  sign in as         ${[rep, manager, admin].map((person) => person.email).join(", ")}`,
      `  password           ${demoPassword}`,
    );
  } else if (api.setupToken !== null) {
    lines.push(`  set up             open the console and enter this token: ${api.setupToken}`);
  }
  reporter.say([...lines, ""].join("\n"));
}

type Demo = {
  readonly api: ApiServer;
  readonly simulators: DemoSimulators;
  readonly dataDir: DataDir;
  readonly options: StartOptions;
};

/** With a screen a person gets the browser; without one the main job is driven once and leaves screenshots. */
async function showDemo({ api, simulators, dataDir, options }: Demo): Promise<void> {
  const found = await findChromium({ install: true, log: reporter.say });
  if ("missing" in found) throw new Error(found.missing);
  const hasScreen = process.platform !== "linux" || Boolean(process.env["DISPLAY"] || process.env["WAYLAND_DISPLAY"]);
  const headless = options.once || !hasScreen;
  const open = (profile: string) =>
    openBrowser({ ...found, env: found.env, profile, headless, pagesPort: simulators.pages.port });
  if (headless) {
    await runMainJob({ api: api.url, simulators, folder: join(dataDir.path, "demo"), reporter, open });
    return;
  }
  const context = await open(join(dataDir.path, "browser"));
  await pointExtension(context, api.url);
  const { portal_id: portal, demo_contact_id: contact } = simulators.hubspot.identity;
  const { lightning_url: lightning, demo_contact_id: person } = simulators.salesforce.identity;
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(`https://app.hubspot.com/contacts/${portal}/record/0-1/${contact}`);
  await (await context.newPage()).goto(`${lightning}/lightning/r/Contact/${person}/view`);
  await page.bringToFront();
  keep({ stop: () => context.close() });
}

let stopping: Promise<void> | null = null;
function stopAll(): Promise<void> {
  stopping ??= (async () => {
    for (const part of running.toReversed()) await part.stop();
  })();
  return stopping;
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    reporter.say("Stopping …");
    void stopAll().then(() => process.exit(0));
  });
}

async function main(reportTo: Reporter): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  try {
    await start(options);
  } catch (error) {
    reportTo.say(`\nAparté could not start: ${error instanceof Error ? error.message : String(error)}`);
    await stopAll();
    process.exit(1);
  }
  if (!options.once) return;
  await stopAll();
  process.exit(0);
}

await main(reporter);
