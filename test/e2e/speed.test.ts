import { findFrame, openPanel, openRecordPage } from "@aparte/launch/job/panel.ts";
import type { Page, Request } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keepEvidence, openDesk, type Desk } from "../support/browser.ts";
import { gzipped, initialScripts } from "../support/built-extension.ts";
import { isShown, lineOf, sendText } from "../support/panel.ts";
import { installStopwatch, readOpening, readShifts, type Opening } from "../support/stopwatch.ts";
import { until } from "@aparte/launch/until.ts";

let desk: Desk;
let page: Page;
beforeAll(async () => {
  desk = await openDesk();
  page = desk.page;
  await installStopwatch(desk.context);
});
afterAll(() => desk?.close());
keepEvidence(() => desk?.context);

const rounds = 5;

/** Opens the panel on a person with some messages, of whom this browser knows nothing yet. */
async function openOn({ preloaded }: { readonly preloaded: boolean }): Promise<Opening> {
  const person = await desk.newPerson();
  for (const text of ["One", "Two", "Three", "Four"]) await desk.writes(person, `${text} of four messages`);
  await openRecordPage(page, person.url);
  if (preloaded) await until("the panel is loaded beforehand", async () => findFrame(page)?.url());
  return readOpening(page, await openPanel(page));
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** Prints the figures: they are the reason to look here before something is too slow. */
function report(what: string, openings: readonly Opening[]): { skeleton: number; conversation: number } {
  const line = (["skeleton", "conversation"] as const).map((part) => {
    const all = openings.map((opening) => opening[part]);
    return `${part} ${Math.round(Math.min(...all))} ms at best, ${Math.round(median(all))} ms in the median`;
  });
  process.stdout.write(`${what}: ${line.join("; ")}\n`);
  const best = (part: keyof Opening) => Math.min(...openings.map((opening) => opening[part]));
  return { skeleton: best("skeleton"), conversation: best("conversation") };
}

/** A machine that is busy with something else is slow at random, so the best of several openings is what is held to. */
describe("from the press", () => {
  it("to the skeleton it takes less than 100 ms, to the conversation less than 300 ms", async () => {
    const openings: Opening[] = [];
    for (let round = 0; round < rounds; round += 1) openings.push(await openOn({ preloaded: true }));
    const best = report("A panel that the browser had time to load", openings);
    expect(best.skeleton).toBeLessThan(100);
    expect(best.conversation).toBeLessThan(300);
  });
});

describe("what the browser loads before the conversation is painted", () => {
  it("is what the build says: the entry and its imports, 125 kB after gzip, beside 10 kB of words", async () => {
    const person = await desk.newPerson();
    await desk.writes(person, "A message to wait for");
    const loaded = new Set<string>();
    const note = (request: Request): void => {
      const { protocol, pathname } = new URL(request.url());
      if (protocol === "chrome-extension:" && pathname.endsWith(".js")) loaded.add(pathname.slice(1));
    };
    desk.context.on("request", note);
    const panel = await desk.open(person);
    await lineOf(panel, "A message to wait for").waitFor();
    desk.context.off("request", note);
    const scripts = [...loaded].toSorted();
    const initial = initialScripts("chrome-mv3", "panel.html");
    expect(scripts).toEqual(initial);
    expect(gzipped("chrome-mv3", initial)).toBeLessThanOrEqual(125_000);
    expect(gzipped("chrome-mv3", ["words/en.json"])).toBeLessThanOrEqual(10_000);
  });
});

describe("the page under the panel", () => {
  it("never moves: not when the panel opens, sends, hears and closes", async () => {
    const person = await desk.newPerson();
    await desk.writes(person, "Please answer");
    await openRecordPage(page, person.url);
    // Later than its label, the page draws this place once more.
    await page.getByText("Tickets (0)").waitFor();
    const before = (await readShifts(page)).length;
    for (let round = 0; round < 3; round += 1) {
      const panel = await openPanel(page);
      await sendText(panel, person.name, `Answer ${round}`);
      await lineOf(panel, `Answer ${round}`).locator('[data-tick="blue"]').waitFor();
      await desk.writes(person, `Heard ${round}`);
      await lineOf(panel, `Heard ${round}`).waitFor();
      await panel.frame.getByRole("button", { name: "Close the panel" }).click();
      await until("the panel is closed", async () => !(await isShown(panel)));
    }
    await page.getByText("Heard 2").first().waitFor();
    const shifts = (await readShifts(page)).slice(before);
    // The CRM's own timeline grows by the entry that we write there; that it does so at its own place is not ours.
    expect(shifts.filter(({ where }) => where.some((part) => part !== "tab-0-content"))).toEqual([]);
  });

  it("would be seen to move", async () => {
    const before = (await readShifts(page)).length;
    await page.evaluate(() => {
      document.body.style.marginTop = "200px";
    });
    await until("it moved", async () => (await readShifts(page)).slice(before).some(({ value }) => value > 0));
  });
});
