import { createApp, type App } from "@aparte/api/app";
import type { Panel } from "@aparte/launch/job/panel.ts";
import type { JobPerson } from "@aparte/launch/job/person.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keepEvidence, openDesk, type Desk } from "../support/browser.ts";
import { lineOf, sendText, textBox } from "../support/panel.ts";
import { sentTo } from "../support/sent-messages.ts";
import { until } from "@aparte/launch/until.ts";

let desk: Desk;
let app: App;
let ana: JobPerson;
let panel: Panel;

beforeAll(async () => {
  desk = await openDesk();
  app = desk.world.app;
  ana = await desk.newPerson();
  panel = await desk.open(ana);
  await desk.writes(ana, "Before the outage");
  await lineOf(panel, "Before the outage").waitFor();
});
afterAll(async () => {
  await app?.close();
  await desk?.close();
});
keepEvidence(() => desk?.context);

/** Starts the API anew, on the same port and the same database. */
async function startAgain(): Promise<void> {
  const { env } = app.deps;
  app = await createApp({ env });
  await app.http.listen({ port: env.PORT, host: "::" });
  app.start("all");
}

const notice = () => panel.frame.getByText(/^Can’t reach localhost/);
const gone = { state: "detached" } as const;

/** How often the conversation shows each of these texts. */
const countsOf = (...texts: string[]) => Promise.all(texts.map((text) => lineOf(panel, text).count()));

describe("the server stops and comes back while the panel is open", () => {
  it("the panel says so within seconds, and what was read stays readable", async () => {
    await textBox(panel, ana.name).fill("A draft ");
    await app.close();
    await notice().waitFor({ timeout: 5_000 });
    await panel.frame.getByText("Your draft is kept and no message is missed.").waitFor();
    expect(await countsOf("Before the outage")).toEqual([1]);
  });

  it("a text that is sent meanwhile waits, what is written on goes on", async () => {
    await sendText(panel, ana.name, "Sent into the outage");
    await panel.frame.getByText("Will be sent when the connection is back").waitFor();
    await textBox(panel, ana.name).pressSequentially("A draft written during the outage");
    for (const text of ["First meanwhile", "Second meanwhile"]) await desk.writes(ana, text);
    expect(await sentTo(desk.world, ana)).toEqual([]);
  });

  it("it reconnects by itself: nothing is missing, nothing is there twice, the draft still stands", async () => {
    await startAgain();
    await notice().waitFor(gone);
    const texts = ["First meanwhile", "Second meanwhile", "Sent into the outage", "Before the outage"];
    for (const text of texts) await lineOf(panel, text).waitFor();
    await lineOf(panel, "Sent into the outage").locator('[data-tick="blue"]').waitFor();
    expect(await countsOf(...texts)).toEqual([1, 1, 1, 1]);
    expect(await textBox(panel, ana.name).inputValue()).toBe("A draft written during the outage");
    expect(await sentTo(desk.world, ana)).toEqual(["Sent into the outage"]);
    await desk.writes(ana, "After the outage");
    await lineOf(panel, "After the outage").waitFor();
  });

  it("a second outage in a row is no different", async () => {
    await app.close();
    await notice().waitFor({ timeout: 5_000 });
    await desk.writes(ana, "Third meanwhile");
    await startAgain();
    await notice().waitFor(gone);
    await lineOf(panel, "Third meanwhile").waitFor();
    expect(await countsOf("First meanwhile", "Third meanwhile", "After the outage")).toEqual([1, 1, 1]);
  });
});

describe("the page is loaded anew", () => {
  it("the draft is there again, and every message once", async () => {
    panel = await desk.open(ana);
    await until("the draft is back", async () => {
      return (await textBox(panel, ana.name).inputValue()) === "A draft written during the outage";
    });
    const texts = ["Before the outage", "Sent into the outage", "Third meanwhile"];
    for (const text of texts) await lineOf(panel, text).waitFor();
    expect(await countsOf(...texts)).toEqual([1, 1, 1]);
  });

  it("while the server is away: the conversation is remembered, and live again when it is back", async () => {
    await app.close();
    panel = await desk.open(ana);
    await notice().waitFor();
    await lineOf(panel, "Before the outage").waitFor();
    await desk.writes(ana, "While it was loaded anew");
    await startAgain();
    await notice().waitFor(gone);
    await lineOf(panel, "While it was loaded anew").waitFor();
    expect(await countsOf("Before the outage", "While it was loaded anew")).toEqual([1, 1]);
    expect(await textBox(panel, ana.name).inputValue()).toBe("A draft written during the outage");
  });
});

describe("the browser is offline", () => {
  it("the panel says that it is the network, and goes on when it is back", async () => {
    await desk.context.setOffline(true);
    await panel.frame.getByText("You are offline.").waitFor();
    await desk.writes(ana, "While offline");
    await desk.context.setOffline(false);
    await panel.frame.getByText("You are offline.").waitFor(gone);
    await lineOf(panel, "While offline").waitFor();
    expect(await countsOf("While offline", "While it was loaded anew")).toEqual([1, 1]);
  });
});
