import { findFrame, openPanel, openRecordPage, type Panel } from "@aparte/launch/job/panel.ts";
import type { JobPerson } from "@aparte/launch/job/person.ts";
import { createSalesforceRecord } from "@aparte/launch/job/salesforce-record.ts";
import { until } from "@aparte/launch/until.ts";
import type { Page, Request } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keepEvidence, openDesk, type Desk } from "../support/browser.ts";
import { lineOf, sendText, textBox } from "../support/panel.ts";
import { sentTo } from "../support/sent-messages.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk({ crms: ["hubspot", "salesforce"] });
});
afterAll(() => desk?.close());
keepEvidence(() => desk?.context);

const count = 500;
const MB = 1_000_000;

/** Moves on inside the page, as the CRM's own links do, and lets it draw. */
const goTo = (page: Page, url: string): Promise<void> =>
  page.evaluate(async (path) => {
    history.pushState(null, "", path);
    dispatchEvent(new PopStateEvent("popstate"));
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  }, new URL(url).pathname);

/** What the page's scripts hold after the rubbish is taken out, in bytes. */
async function heapOf(page: Page): Promise<number> {
  const session = await desk.context.newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize;
}

/** The record that a call opens, by its id; null for every other request. */
function openedBy(request: Request): string | null {
  if (!request.url().includes("crm.openRecord")) return null;
  return /"id":"(\w+)"/.exec(request.postData() ?? "")?.[1] ?? null;
}

/** Which records were asked about after they were left, and how many live streams are open. */
function watchRequests() {
  const leftAt = new Map<string, number>();
  const late: string[] = [];
  const streams = new Set<Request>();
  const onRequest = (request: Request): void => {
    if (request.url().includes("messaging.live")) streams.add(request);
    const id = openedBy(request);
    const left = id === null ? undefined : leftAt.get(id);
    // A busy machine reports requests late; a panel that lags behind its page would still be found out.
    if (id !== null && left !== undefined && Date.now() - left > 1_000) late.push(id);
  };
  const onEnd = (request: Request): void => void streams.delete(request);
  desk.context.on("request", onRequest);
  desk.context.on("requestfinished", onEnd);
  desk.context.on("requestfailed", onEnd);
  return {
    late,
    streams,
    /** The page moves from one record to another now. */
    moved(from: string, to: string): void {
      leftAt.set(from, Date.now());
      leftAt.delete(to);
    },
    stop(): void {
      desk.context.off("request", onRequest);
      desk.context.off("requestfinished", onEnd);
      desk.context.off("requestfailed", onEnd);
    },
  };
}

const hubspotPeople = (): Promise<JobPerson[]> =>
  Promise.all(["Ana", "Bruno", "Carla"].map((firstname) => desk.newPerson({ firstname, lastname: "Souza" })));
const salesforcePeople = (): Promise<JobPerson[]> =>
  Promise.all(
    (["Contact", "Lead", "Case"] as const).map((kind) => createSalesforceRecord(desk.world.salesforce, kind)),
  );

describe.each([
  ["HubSpot", hubspotPeople],
  ["Salesforce", salesforcePeople],
])("500 navigations inside %s", (_, makePeople) => {
  it(
    "leave one panel, no memory behind, and ask about nothing that is no longer open",
    { timeout: 300_000 },
    async () => {
      const { page } = desk;
      const people = await makePeople();
      const [first, ...others] = people;
      if (!first) throw new Error("There is nobody to open");
      for (const [at, person] of people.entries()) await desk.writes(person, `Person ${at} asks`);
      const panel = await desk.open(first);
      const shows = (at: number): Promise<void> => lineOf(panel, `Person ${at} asks`).waitFor();
      await shows(0);
      // What a page keeps of each record once, it may.
      for (const [at, person] of [...others, first].entries()) {
        await goTo(page, person.url);
        await shows((at + 1) % people.length);
      }
      const before = await heapOf(page);
      const requests = watchRequests();
      let open = first;
      for (let step = 1; step <= count; step += 1) {
        const at = step % people.length;
        const next = people[at] ?? first;
        requests.moved(open.recordId, next.recordId);
        open = next;
        await goTo(page, next.url);
        if (step % 50 === 0) await shows(at);
      }
      await shows(count % people.length);
      await until("one stream is open", async () => requests.streams.size === 1);
      requests.stop();
      expect(requests.late).toEqual([]);
      expect(page.frames().filter((frame) => frame.url().includes("panel.html"))).toHaveLength(1);
      const hosts = await page.evaluate(
        () => [...document.documentElement.children].filter(({ localName }) => localName.includes("-")).length,
      );
      expect(hosts).toBe(1);
      expect((await heapOf(page)) - before).toBeLessThan(20 * MB);
    },
  );
});

describe("two tabs", () => {
  it("have a panel each, and neither hears of the other's record or text", async () => {
    const [ana, bruno, carla] = await hubspotPeople();
    if (!ana || !bruno || !carla) throw new Error("There are three people");
    await Promise.all([ana, bruno, carla].map((person) => desk.writes(person, `${person.name} asks`)));
    const left: Panel = await desk.open(ana);
    await lineOf(left, `${ana.name} asks`).waitFor();
    await textBox(left, ana.name).fill("Half a text for Ana");
    const tab = await desk.context.newPage();
    await openRecordPage(tab, bruno.url);
    const right = await openPanel(tab);
    await lineOf(right, `${bruno.name} asks`).waitFor();
    await sendText(right, bruno.name, "For Bruno");
    await goTo(tab, carla.url);
    await lineOf(right, `${carla.name} asks`).waitFor();
    await desk.page.bringToFront();
    expect(await textBox(left, ana.name).inputValue()).toBe("Half a text for Ana");
    await sendText(left, ana.name, "For Ana");
    await until("Ana has hers", async () => (await sentTo(desk.world, ana)).includes("For Ana"));
    expect(await sentTo(desk.world, ana)).toEqual(["For Ana"]);
    expect(await sentTo(desk.world, bruno)).toEqual(["For Bruno"]);
    expect(await sentTo(desk.world, carla)).toEqual([]);
    await tab.close();
    expect(findFrame(desk.page)).not.toBeNull();
  });
});
