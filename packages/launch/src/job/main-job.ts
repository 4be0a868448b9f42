import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { BrowserContext } from "playwright-core";
import { pointExtension } from "../demo/browser.ts";
import type { DemoSimulators } from "../demo/simulators.ts";
import { demoPassword, demoPeople } from "../demo/workspace.ts";
import type { Reporter } from "../reporter.ts";
import { messagesTo, waitForLog } from "./ledgers.ts";
import { openPanel, signIn, waitForTick, type Panel } from "./panel.ts";
import { createContact, type JobPerson } from "./person.ts";
import { answer, openPhone } from "./phone.ts";

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

type Job = JobOptions & {
  readonly context: BrowserContext;
  readonly person: JobPerson;
  readonly panel: Panel;
  readonly shoot: (name: string) => Promise<void>;
};

const words = {
  question: "Great, thank you! Can we move delivery to Friday?",
  reply: "Yes, Friday works. I’ll send the updated quote today.",
  stop: "STOP",
};

/**
 * The main job, once, as a rep and a customer do it: open the record, sign in, send a template, be answered, reply, find
 * the conversation in HubSpot, be told to stop. Each step is printed with its time and leaves a screenshot.
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
    for (const [what, step] of steps) await options.reporter.step(`  ${what}`, () => step(job));
    options.reporter.say(`The main job is done; screenshots are in ${options.folder}`);
  } finally {
    await context.close();
    await rm(join(options.folder, "profile"), { recursive: true, force: true });
  }
}

async function begin(options: JobOptions, context: BrowserContext): Promise<Job> {
  const { reporter, simulators, folder } = options;
  const person = await reporter.step("  HubSpot has a new contact", () => createContact(simulators.hubspot));
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(person.url);
  await page.locator('[data-test-id="highlight-record-label"]').first().waitFor();
  const panel = await reporter.step("  The panel opens on the record", () => openPanel(page));
  let count = 0;
  const shoot = async (name: string): Promise<void> => {
    count += 1;
    await page.bringToFront();
    await page.screenshot({ path: join(folder, `${count}-${name}.png`) });
  };
  return { ...options, context, person, panel, shoot };
}

const steps: readonly (readonly [string, (job: Job) => Promise<void>])[] = [
  ["The rep signs in and is back on the record", signInAsRep],
  ["The rep sends an approved template", sendTemplate],
  ["Ticks go from clock to blue", ({ panel }) => waitForTick(panel, "Q-2041", "blue")],
  ["The customer answers and it appears at once", receiveAnswer],
  ["The text box is back and the rep replies", reply],
  ["HubSpot shows one communication for the session", checkLog],
  ["The customer writes STOP and the opt-out is recorded", receiveStop],
  ["Marketing is refused with its reason", seeRefusal],
  ["Both ledgers hold exactly this conversation", checkLedgers],
];

async function signInAsRep({ context, panel, person, shoot }: Job): Promise<void> {
  await shoot("signed-out");
  await signIn(context, panel, { email: demoPeople.rep.email, password: demoPassword });
  await panel.frame.getByRole("heading", { name: person.name }).waitFor();
  await shoot("nobody-has-written-yet");
}

async function sendTemplate({ panel, shoot }: Job): Promise<void> {
  const { frame } = panel;
  await frame.getByRole("searchbox", { name: "Search templates" }).fill("quote");
  await frame.getByRole("button", { name: /quote_ready/ }).click();
  await frame.getByRole("button", { name: "Send template" }).waitFor();
  await shoot("template-filled-from-hubspot");
  await frame.getByRole("button", { name: "Send template" }).click();
  await frame.getByRole("listitem").filter({ hasText: "Q-2041" }).first().waitFor();
}

async function receiveAnswer({ context, panel, person, simulators, shoot }: Job): Promise<void> {
  await shoot("template-read");
  const phone = await openPhone(context, simulators.whatsapp.url, person);
  await answer(phone, words.question);
  await phone.close();
  await panel.frame.getByRole("listitem").filter({ hasText: words.question }).waitFor();
}

async function reply({ panel, person, shoot }: Job): Promise<void> {
  const { frame } = panel;
  const box = frame.getByRole("textbox", { name: `Message to ${person.name}` });
  await box.fill(words.reply);
  await shoot("window-open");
  await box.press("Enter");
  await waitForTick(panel, words.reply, "blue");
}

async function checkLog({ simulators, person, panel, shoot }: Job): Promise<void> {
  await waitForLog(simulators, person, ["Q-2041", words.question, words.reply]);
  await panel.page.getByText(words.reply).first().waitFor();
  await shoot("logged-in-hubspot");
}

async function receiveStop({ context, simulators, panel, person, shoot }: Job): Promise<void> {
  const phone = await openPhone(context, simulators.whatsapp.url, person);
  await phone.getByRole("button", { name: "STOP" }).click();
  await phone.close();
  await panel.frame.getByText(`${person.name} opted out`).first().waitFor();
  await shoot("opted-out");
}

async function seeRefusal({ panel, shoot }: Job): Promise<void> {
  const { frame } = panel;
  await frame.getByRole("button", { name: "Templates" }).click();
  const offer = frame.getByRole("button", { name: /spring_offer/ });
  await offer.waitFor();
  if ((await offer.getAttribute("aria-disabled")) !== "true")
    throw new Error("A marketing template is offered after STOP.");
  await shoot("marketing-refused");
}

async function checkLedgers({ simulators, person }: Job): Promise<void> {
  const sent = await messagesTo(simulators, person);
  if (sent.join() !== "template,text") throw new Error(`WhatsApp's ledger holds ${sent.join(", ") || "nothing"}.`);
  await waitForLog(simulators, person, ["Q-2041", words.question, words.reply, words.stop]);
}
