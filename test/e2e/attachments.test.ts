import type { Panel } from "@aparte/launch/job/panel.ts";
import type { JobPerson } from "@aparte/launch/job/person.ts";
import { until } from "@aparte/launch/until.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeViolations } from "../support/axe.ts";
import { keepEvidence, openDesk, type Desk } from "../support/browser.ts";
import { attach, bytesOf, type ChosenFile } from "../support/attach.ts";
import { lineOf, textBox } from "../support/panel.ts";

let desk: Desk;
let ana: JobPerson;
let panel: Panel;

beforeAll(async () => {
  desk = await openDesk();
  ana = await desk.newPerson();
  panel = await desk.open(ana);
  await desk.writes(ana, "Good morning");
  await textBox(panel, ana.name).waitFor();
});
afterAll(() => desk?.close());
keepEvidence(() => desk?.context);

const picture: ChosenFile = { name: "roof.png", mimeType: "image/png", buffer: bytesOf.png };
const plan: ChosenFile = { name: "plan.pdf", mimeType: "application/pdf", buffer: bytesOf.pdf };

const send = () => panel.frame.getByRole("button", { name: `Send to ${ana.name}` });
const form = () => panel.frame.getByRole("form", { name: `Files to ${ana.name}` });

type Taken = { readonly kind: string; readonly body: Readonly<Record<string, unknown>> & { readonly type: string } };

/** The bodies of what WhatsApp took, newest last. */
async function sent(): Promise<Taken["body"][]> {
  const answer = await fetch(`${desk.world.whatsapp.url}/_sim/ledger`);
  const entries = (await answer.json()) as Taken[];
  return entries.filter(({ kind }) => kind === "message").map(({ body }) => body);
}

/** Waits until WhatsApp took a message that looks like this. */
async function takes(wanted: Readonly<Record<string, unknown>>): Promise<void> {
  await until("WhatsApp takes it", async () => {
    const last = (await sent()).at(-1);
    return last !== undefined && matches(last, wanted);
  });
}

/** Presses Send until it counts: right after a menu closed it does not, and a person presses again. */
async function press(counts: () => Promise<boolean>): Promise<void> {
  await until("Send counts", async () => {
    await send().press("Enter");
    return counts();
  });
}

/** Sends the form that is open, and waits until WhatsApp took what it made. */
async function sendForm(wanted: Readonly<Record<string, unknown>>): Promise<void> {
  await press(() => textBox(panel, ana.name).isVisible());
  await takes(wanted);
}

function matches(found: unknown, wanted: unknown): boolean {
  if (typeof wanted !== "object" || wanted === null) return found === wanted;
  if (typeof found !== "object" || found === null) return false;
  return Object.entries(wanted).every(([key, value]) => matches((found as Record<string, unknown>)[key], value));
}

/** Drops or pastes files as the browser tells it. */
async function hand(kind: "drop" | "paste", { name, mimeType, buffer }: ChosenFile): Promise<void> {
  await panel.frame.evaluate(
    ([event, fileName, type, base64]) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const data = new DataTransfer();
      data.items.add(new File([bytes], fileName, { type }));
      const target = document.querySelector("textarea") ?? document.querySelector("[data-row]");
      const init = { bubbles: true, cancelable: true };
      if (event === "paste") target?.dispatchEvent(new ClipboardEvent("paste", { ...init, clipboardData: data }));
      else
        for (const name of ["dragenter", "dragover", "drop"])
          target?.dispatchEvent(new DragEvent(name, { ...init, dataTransfer: data }));
    },
    [kind, name, mimeType, buffer.toString("base64")] as const,
  );
}

describe("files", () => {
  it("are chosen by a button, get their words, and arrive in their order", async () => {
    await attach(desk.page, panel, "Photo or video", [picture, plan]);
    await form().getByText("2 files to").waitFor();
    await form().getByLabel("Caption").first().fill("The roof");
    await form().getByLabel("Caption").last().fill("The plan");
    expect(await axeViolations(panel.frame)).toEqual([]);
    await sendForm({ type: "document", document: { filename: "plan.pdf", caption: "The plan" } });
    expect((await sent()).at(-2)).toMatchObject({ type: "image", image: { caption: "The roof" } });
    await lineOf(panel, "The roof").locator('[data-tick="blue"]').waitFor();
    await textBox(panel, ana.name).waitFor();
  });

  it.each(["drop", "paste"] as const)("can come by %s", async (way) => {
    await hand(way, picture);
    await form().getByText("1 file to").waitFor();
    await form().getByLabel("Caption").fill(`By ${way}`);
    await form().getByLabel("Caption").press("Enter");
    await takes({ type: "image", image: { caption: `By ${way}` } });
  });

  it("that WhatsApp does not take are refused before the wire, with the reason and what to do", async () => {
    await attach(desk.page, panel, "Document", [
      { name: "setup.exe", mimeType: "application/x-msdownload", buffer: Buffer.from("MZ") },
      { name: "large.png", mimeType: "image/png", buffer: Buffer.alloc(6 * 1024 * 1024, 1) },
      { name: "empty.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(0) },
    ]);
    await form().getByText("WhatsApp does not take this kind of file.").waitFor();
    await form().getByText("At most 5 MB.").waitFor();
    await form().getByText("This file is empty.").waitFor();
    const before = (await sent()).length;
    await press(() => form().getByText("take it out first").isVisible());
    await form().getByRole("button", { name: "Cancel", exact: true }).click();
    await textBox(panel, ana.name).waitFor();
    expect((await sent()).length).toBe(before);
  });

  it("show how far they are, and stop when they are taken out", async () => {
    await textBox(panel, ana.name).fill("Half a sentence");
    const slow = await holdUploads();
    await attach(desk.page, panel, "Photo or video", [picture]);
    await form().getByRole("progressbar", { name: "Upload of roof.png" }).waitFor();
    await press(() => form().getByText("as soon as the files are uploaded").isVisible());
    await form().getByRole("button", { name: "Cancel the upload of roof.png" }).click();
    await textBox(panel, ana.name).waitFor();
    expect(await textBox(panel, ana.name).inputValue()).toBe("Half a sentence");
    await slow.lift();
    await textBox(panel, ana.name).fill("");
  });

  it("stay with their words when the connection fails, and are tried again", async () => {
    const slow = await holdUploads();
    await attach(desk.page, panel, "Photo or video", [picture]);
    await form().getByLabel("Caption").fill("Kept");
    await slow.fail();
    await form().getByRole("button", { name: "Try again" }).waitFor();
    await slow.lift();
    await form().getByRole("button", { name: "Try again" }).click();
    await sendForm({ type: "image", image: { caption: "Kept" } });
  });
});

/** Keeps uploads on their way until they fail or are let through. */
async function holdUploads() {
  const held: { abort(): Promise<void> }[] = [];
  const path = "**/media/**";
  await desk.context.route(path, (route) => {
    if (route.request().method() !== "PUT") return route.fallback();
    held.push({ abort: () => route.abort().catch(() => undefined) });
    return undefined;
  });
  return {
    fail: async () => {
      await until("an upload is on its way", async () => held.length > 0);
      await Promise.all(held.map((one) => one.abort()));
    },
    lift: () => desk.context.unroute(path),
  };
}

describe("messages with a form of their own", () => {
  const choose = async (name: string): Promise<void> => {
    await panel.frame.getByRole("button", { name: "Attach" }).click();
    await panel.frame.getByRole("menuitem", { name, exact: true }).click();
  };
  const field = (name: string) => panel.frame.getByLabel(name, { exact: true });

  it("are a question with buttons, checked against Meta's limits", async () => {
    await choose("Question with buttons");
    await press(() => panel.frame.getByText("Fill this in.").first().isVisible());
    await field("Message").fill("Which day?");
    await field("Button 1").fill("Thursday");
    await field("Button 2").fill("This is longer than a button may be");
    await panel.frame.getByText("At most 20 characters.", { exact: true }).waitFor();
    expect(await axeViolations(panel.frame)).toEqual([]);
    await field("Button 2").fill("Friday");
    await sendForm({ type: "interactive", interactive: { type: "button", body: { text: "Which day?" } } });
    await lineOf(panel, "Which day?").getByText("Thursday").waitFor();
  });

  it("are a list, a link and a request for the location", async () => {
    await choose("List to choose from");
    await field("Message").fill("Which model?");
    await field("Text of the button that opens the list").fill("Models");
    await field("Choice 1").fill("Oak");
    await field("Choice 2").fill("Beech");
    await sendForm({ type: "interactive", interactive: { type: "list", body: { text: "Which model?" } } });
    await choose("Link as a button");
    await field("Message").fill("Your appointment");
    await field("Text of the button").fill("See it");
    await field("Web address").fill("https://example.com/a");
    await sendForm({ type: "interactive", interactive: { type: "cta_url" } });
    await choose("Ask for the location");
    await field("Message").fill("Where shall we come?");
    await sendForm({ type: "interactive", interactive: { type: "location_request_message" } });
  });

  it("are a place and a contact card", async () => {
    await choose("Location");
    await field("Place").fill("https://www.openstreetmap.org/?mlat=48.8584&mlon=2.2945#map=16/48.8584/2.2945");
    await field("Name").fill("Tour Eiffel");
    await sendForm({ type: "location", location: { name: "Tour Eiffel" } });
    await choose("Contact card");
    await field("Name").fill("Marie Dupont");
    await field("Phone number").fill("+33 6 12 34 56 78");
    await sendForm({ type: "contacts" });
    await lineOf(panel, "Marie Dupont").waitFor();
  });
});

describe("a reaction of ours", () => {
  it("stands on the message, arrives, and is taken back by a press", async () => {
    await desk.writes(ana, "Thank you!");
    const line = lineOf(panel, "Thank you!");
    await line.hover();
    await line.getByRole("button", { name: "React to this message" }).click();
    const thumb = panel.frame.getByRole("button", { name: "React with 👍" });
    await thumb.waitFor();
    expect(await axeViolations(panel.frame)).toEqual([]);
    const own = line.getByRole("button", { name: "Take back 👍" });
    await until("the press counts", async () => {
      if (await thumb.isVisible()) await thumb.click();
      return own.isVisible();
    });
    await takes({ type: "reaction", reaction: { emoji: "👍" } });
    await until("the press counts", async () => {
      if (await own.isVisible()) await own.click();
      return (await own.count()) === 0;
    });
    await takes({ type: "reaction", reaction: { emoji: "" } });
  });
});
