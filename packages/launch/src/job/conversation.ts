import type { WhatsAppSimulator } from "@aparte/simulators/whatsapp/simulator.ts";
import type { BrowserContext } from "playwright-core";
import { messagesTo, waitForLog } from "./ledgers.ts";
import { type Panel, waitForTick } from "./panel.ts";
import type { JobRecord } from "./person.ts";
import { answer, openPhone } from "./phone.ts";

/** A rep who is signed in, with the panel open on a record, and the person's phone. */
export type Conversation = {
  readonly context: BrowserContext;
  readonly whatsapp: WhatsAppSimulator;
  readonly record: JobRecord;
  readonly panel: Panel;
  /** Takes a picture of the CRM's page. */
  readonly shoot: (name: string) => Promise<void>;
};

const words = {
  quote: "Q-2041",
  /** What the template says beside its own words, by the name of the place. */
  values: { "First name": "Ana", "Quote number": "Q-2041" },
  question: "Great, thank you! Can we move delivery to Friday?",
  reply: "Yes, Friday works. I’ll send the updated quote today.",
  stop: "STOP",
  /** How the one confirmation of a stop ends. */
  confirmation: "reply START",
};

/** A conversation from the first template to the opt-out, step by step, on any record of any CRM. */
export const conversationSteps: readonly (readonly [string, (conversation: Conversation) => Promise<void>])[] = [
  ["The rep sends an approved template", sendTemplate],
  ["Ticks go from clock to blue", ({ panel }) => waitForTick(panel, words.quote, "blue")],
  ["The customer answers and it appears at once", receiveAnswer],
  ["The text box is back and the rep replies", reply],
  ["The CRM shows one entry for the session", checkLog],
  ["The customer writes STOP; the opt-out is recorded and confirmed once", receiveStop],
  ["Marketing is refused with its reason", seeRefusal],
  ["Both ledgers hold exactly this conversation", checkLedgers],
];

async function sendTemplate({ panel, shoot }: Conversation): Promise<void> {
  const { frame } = panel;
  await frame.getByRole("searchbox", { name: "Search templates" }).fill("quote");
  await frame.getByRole("button", { name: /quote_ready/ }).click();
  await frame.getByRole("button", { name: "Send template" }).waitFor();
  for (const [label, value] of Object.entries(words.values)) {
    const field = frame.getByLabel(label, { exact: true });
    // A record that has the value has filled it in.
    if ((await field.inputValue()) === "") await field.fill(value);
  }
  await shoot("template-filled");
  await frame.getByRole("button", { name: "Send template" }).click();
  await frame.getByRole("listitem").filter({ hasText: words.quote }).first().waitFor();
}

async function receiveAnswer({ context, panel, record, whatsapp, shoot }: Conversation): Promise<void> {
  await shoot("template-read");
  const phone = await openPhone(context, whatsapp.url, record);
  await answer(phone, words.question);
  await phone.close();
  await panel.frame.getByRole("listitem").filter({ hasText: words.question }).waitFor();
}

async function reply({ panel, record, shoot }: Conversation): Promise<void> {
  const { frame } = panel;
  const box = frame.getByRole("textbox", { name: `Message to ${record.name}` });
  await box.fill(words.reply);
  await shoot("window-open");
  await box.press("Enter");
  await waitForTick(panel, words.reply, "blue");
}

async function checkLog({ record, panel, shoot }: Conversation): Promise<void> {
  await waitForLog(record, [words.quote, words.question, words.reply]);
  await panel.page.getByText(words.reply).first().waitFor();
  await shoot("logged-in-the-crm");
}

async function receiveStop({ context, whatsapp, panel, record, shoot }: Conversation): Promise<void> {
  const phone = await openPhone(context, whatsapp.url, record);
  await phone.getByRole("button", { name: "STOP" }).click();
  await phone.close();
  await panel.frame.getByText(`${record.name} opted out`).first().waitFor();
  await waitForTick(panel, words.confirmation, "blue");
  await shoot("opted-out");
}

async function seeRefusal({ panel, shoot }: Conversation): Promise<void> {
  const { frame } = panel;
  await frame.getByRole("button", { name: "Templates" }).click();
  const offer = frame.getByRole("button", { name: /spring_offer/ });
  await offer.waitFor();
  if ((await offer.getAttribute("aria-disabled")) !== "true")
    throw new Error("A marketing template is offered after STOP.");
  await shoot("marketing-refused");
}

async function checkLedgers({ whatsapp, record }: Conversation): Promise<void> {
  const sent = await messagesTo(whatsapp, record);
  if (sent.join() !== "template,text,text") throw new Error(`WhatsApp's ledger holds ${sent.join(", ") || "nothing"}.`);
  await waitForLog(record, [words.quote, words.question, words.reply, words.stop, words.confirmation]);
}
