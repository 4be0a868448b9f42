import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { BrowserContext } from "playwright-core";
import { pointExtension } from "../demo/browser.ts";
import type { DemoSimulators } from "../demo/simulators.ts";
import { demoPassword, demoPeople } from "../demo/workspace.ts";
import type { Reporter } from "../reporter.ts";
import { createHubSpotRecord } from "./hubspot-record.ts";
import { openPanel, openRecordPage, signIn } from "./panel.ts";
import { type Conversation, conversationSteps } from "./conversation.ts";
import { createSalesforceRecord } from "./salesforce-record.ts";

export type JobOptions = {
  /** Address of the API. */
  readonly api: string;
  readonly simulators: DemoSimulators;
  /** Where screenshots go; emptied first. */
  readonly folder: string;
  readonly reporter: Reporter;
  /** Opens the browser on a profile folder. */
  readonly open: (profile: string) => Promise<BrowserContext>;
};

type Job = JobOptions & Conversation;

/**
 * The main job, once, as a rep and a customer do it: open the record, sign in, send a template, be answered, reply, find
 * the conversation in HubSpot, be told to stop. Then a record of Salesforce with the same panel. Each step is printed with
 * its time and leaves a screenshot.
 *
 * @throws Error naming the step that did not work.
 */
export async function runMainJob(options: JobOptions): Promise<void> {
  await rm(options.folder, { recursive: true, force: true });
  await mkdir(options.folder, { recursive: true });
  const context = await options.open(join(options.folder, "profile"));
  try {
    await pointExtension(context, options.api);
    const job = await begin(options, context);
    await options.reporter.step("  The rep signs in and is back on the record", () => signInAsRep(job));
    for (const [what, step] of conversationSteps) await options.reporter.step(`  ${what}`, () => step(job));
    await options.reporter.step("  The same panel stands on a Salesforce contact", () => visitSalesforce(job));
    options.reporter.say(`The main job is done; screenshots are in ${options.folder}`);
  } finally {
    await context.close();
    await rm(join(options.folder, "profile"), { recursive: true, force: true });
  }
}

async function begin(options: JobOptions, context: BrowserContext): Promise<Job> {
  const { reporter, simulators, folder } = options;
  const record = await reporter.step("  HubSpot has a new contact", () =>
    createHubSpotRecord(simulators.hubspot, "contacts"),
  );
  const page = context.pages()[0] ?? (await context.newPage());
  const panel = await reporter.step("  The panel opens on the record", async () => {
    await openRecordPage(page, record.url);
    return openPanel(page);
  });
  let count = 0;
  const shoot = async (name: string): Promise<void> => {
    count += 1;
    await page.bringToFront();
    await page.screenshot({ path: join(folder, `${count}-${name}.png`) });
  };
  return { ...options, whatsapp: simulators.whatsapp, context, record, panel, shoot };
}

async function signInAsRep({ context, panel, record, shoot }: Job): Promise<void> {
  await shoot("signed-out");
  await signIn(context, panel, { email: demoPeople.rep.email, password: demoPassword });
  await panel.frame.getByRole("heading", { name: record.name }).waitFor();
  await shoot("nobody-has-written-yet");
}

async function visitSalesforce({ panel: { page }, simulators, shoot }: Job): Promise<void> {
  const record = await createSalesforceRecord(simulators.salesforce, "Contact");
  await openRecordPage(page, record.url);
  const { frame } = await openPanel(page);
  await frame.getByRole("heading", { name: record.name }).waitFor();
  await frame.getByRole("searchbox", { name: "Search templates" }).waitFor();
  await shoot("on-a-salesforce-contact");
}
