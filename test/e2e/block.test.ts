import type { Panel } from "@aparte/launch/job/panel.ts";
import type { JobPerson } from "@aparte/launch/job/person.ts";
import { afterAll, beforeAll, describe, it } from "vitest";
import { keepEvidence, openDesk, type Desk } from "../support/browser.ts";
import { lineOf, textBox } from "../support/panel.ts";

let desk: Desk;
let ana: JobPerson;
let panel: Panel;
beforeAll(async () => {
  desk = await openDesk();
  ana = await desk.newPerson();
  panel = await desk.open(ana);
});
afterAll(() => desk?.close());
keepEvidence(() => desk?.context);

async function choose(item: string): Promise<void> {
  await panel.frame.getByRole("button", { name: "More" }).click();
  await panel.frame.getByRole("menuitem", { name: item }).click();
}

describe("a person who must not write any more", () => {
  it("cannot be blocked before they wrote: the dialog says why", async () => {
    await choose("Block");
    const dialog = panel.frame.getByRole("dialog", { name: `Block ${ana.name}?` });
    await dialog.getByRole("button", { name: "Block" }).click();
    await dialog.getByRole("alert").filter({ hasText: "Only people who wrote in the last 24 hours" }).waitFor();
    await dialog.getByRole("button", { name: "Cancel" }).click();
  });

  it("is blocked and freed from the panel", async () => {
    await desk.writes(ana, "Rubbish");
    await lineOf(panel, "Rubbish").waitFor();
    await choose("Block");
    const dialog = panel.frame.getByRole("dialog", { name: `Block ${ana.name}?` });
    await dialog.getByRole("button", { name: "Block" }).click();
    await panel.frame.getByText("You blocked this person.").waitFor();
    await dialog.waitFor({ state: "detached" });
    await panel.frame.getByRole("button", { name: "Unblock" }).click();
    const again = panel.frame.getByRole("dialog", { name: `Unblock ${ana.name}?` });
    await again.getByRole("button", { name: "Unblock" }).click();
    await textBox(panel, ana.name).waitFor();
  });
});
