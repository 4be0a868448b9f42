import { conversationSteps } from "@aparte/launch/job/conversation.ts";
import { createHubSpotRecord, type HubSpotType } from "@aparte/launch/job/hubspot-record.ts";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { evidenceFolder, keepEvidence, openDesk, type Desk } from "../support/browser.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk({ crms: ["hubspot"] });
});
afterAll(async () => {
  await desk?.close();
});
keepEvidence(() => desk?.context);

const kinds = ["contacts", "companies", "deals", "tickets"] as const satisfies readonly HubSpotType[];

describe.each(kinds)("the main job on %s of HubSpot", (kind) => {
  it("goes from the first template to the opt-out, with one entry on the record", { timeout: 90_000 }, async () => {
    const { world, context, page } = desk;
    const record = await createHubSpotRecord(world.hubspot, kind);
    const panel = await desk.open(record);
    const folder = join(evidenceFolder, "hubspot", kind);
    await mkdir(folder, { recursive: true });
    const shoot = async (name: string) => void (await page.screenshot({ path: join(folder, `${name}.png`) }));
    for (const [, step] of conversationSteps) {
      await step({ context, whatsapp: world.whatsapp, record, panel, shoot });
    }
  });
});
