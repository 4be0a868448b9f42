import { conversationSteps } from "@aparte/launch/job/conversation.ts";
import { createSalesforceRecord, type SalesforceObject } from "@aparte/launch/job/salesforce-record.ts";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { evidenceFolder, keepEvidence, openDesk, type Desk } from "../support/browser.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk({ crms: ["hubspot", "salesforce"] });
});
afterAll(async () => {
  await desk?.close();
});
keepEvidence(() => desk?.context);

const kinds = [
  "Contact",
  "Lead",
  "Account",
  "PersonAccount",
  "Opportunity",
  "Case",
] as const satisfies readonly SalesforceObject[];

describe.each(kinds)("the main job on a %s of Salesforce", (kind) => {
  it("goes from the first template to the opt-out, with one entry on the record", { timeout: 90_000 }, async () => {
    const { world, context, page } = desk;
    const record = await createSalesforceRecord(world.salesforce, kind);
    const panel = await desk.open(record);
    const folder = join(evidenceFolder, "salesforce", kind);
    await mkdir(folder, { recursive: true });
    const shoot = async (name: string) => void (await page.screenshot({ path: join(folder, `${name}.png`) }));
    for (const [, step] of conversationSteps) {
      await step({ context, whatsapp: world.whatsapp, record, panel, shoot });
    }
  });
});
