import { waitForTick, type Panel } from "@aparte/launch/job/panel.ts";
import type { JobPerson } from "@aparte/launch/job/person.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keepEvidence, openDesk, type Desk } from "../support/browser.ts";
import { isShown, lineOf, sendText } from "../support/panel.ts";
import { sentTo } from "../support/sent-messages.ts";
import { until } from "@aparte/launch/until.ts";

let desk: Desk;
let ana: JobPerson;
let bruno: JobPerson;
let panel: Panel;
let worker: Awaited<ReturnType<typeof holdWorker>>;

beforeAll(async () => {
  desk = await openDesk();
  ana = await desk.newPerson();
  bruno = await desk.newPerson({ firstname: "Bruno", lastname: "Lima" });
  await desk.writes(ana, "Ana asks");
  panel = await desk.open(ana);
  await lineOf(panel, "Ana asks").waitFor();
  worker = await holdWorker();
});
afterAll(() => desk?.close());
keepEvidence(() => desk?.context);

type Versions = { readonly versions: readonly { readonly runningStatus: string }[] };

/** Watches the extension's service worker, and ends it as the browser does when it was idle for half a minute. */
async function holdWorker(): Promise<{ readonly isRunning: () => boolean; readonly stop: () => Promise<void> }> {
  const [known] = desk.context.serviceWorkers();
  const settings = await desk.context.newPage();
  await settings.goto(new URL("options.html", known?.url()).href);
  const session = await desk.context.newCDPSession(settings);
  let status = "";
  session.on("ServiceWorker.workerVersionUpdated", ({ versions }: Versions) => {
    status = versions.at(-1)?.runningStatus ?? status;
  });
  await session.send("ServiceWorker.enable");
  await desk.page.bringToFront();
  return {
    isRunning: () => status === "running",
    async stop() {
      // Whoever still had something to tell it wakes it again: then it is ended once more.
      await until("the worker is stopped", async () => {
        await session.send("ServiceWorker.stopAllWorkers");
        return status === "stopped";
      });
    },
  };
}

describe("while the service worker is stopped", () => {
  it("messages are sent and arrive", async () => {
    await worker.stop();
    await sendText(panel, ana.name, "Sent without a worker");
    await waitForTick(panel, "Sent without a worker", "blue");
    await desk.writes(ana, "Heard without a worker");
    await lineOf(panel, "Heard without a worker").waitFor();
    expect(await sentTo(desk.world, ana)).toEqual(["Sent without a worker"]);
    expect(worker.isRunning()).toBe(false);
  });

  it("the panel follows to another record", async () => {
    await desk.page.getByRole("link", { name: "Next contact" }).first().press("Enter");
    await panel.frame.getByRole("heading", { name: bruno.name }).waitFor();
    expect(worker.isRunning()).toBe(true);
  });

  it("the panel closes, and opens on a page that was loaded anew, still signed in", async () => {
    await worker.stop();
    await panel.frame.getByRole("button", { name: "Close the panel" }).click();
    await until("the panel is closed", async () => !(await isShown(panel)));
    await worker.stop();
    panel = await desk.open(ana);
    await lineOf(panel, "Heard without a worker").waitFor();
  });
});
