import type { Panel } from "@aparte/launch/job/panel.ts";
import type { JobPerson } from "@aparte/launch/job/person.ts";
import { randomUUID } from "node:crypto";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keepEvidence, openDesk, type Desk } from "../support/browser.ts";
import { isShown, lineOf, sendText, textBox } from "../support/panel.ts";
import { sentTo } from "../support/sent-messages.ts";
import { until } from "@aparte/launch/until.ts";
import { post } from "../support/world.ts";

type Watched = { readonly __keysSeen: string[]; readonly __violations: string[] };

let desk: Desk;
let page: Page;
let person: JobPerson;
let panel: Panel;
const secret = `The price is ${randomUUID()}`;

beforeAll(async () => {
  desk = await openDesk();
  page = desk.page;
  await page.addInitScript(() => {
    const violations: string[] = [];
    Object.assign(window, { __violations: violations });
    document.addEventListener("securitypolicyviolation", (event) => violations.push(event.effectiveDirective));
  });
  // Otherwise the copy in the CRM would put the text on its page, where it belongs.
  await post(`${desk.world.hubspot.url}/_sim/faults`, {
    match: { method: "POST", path: "communications" },
    action: { kind: "status", status: 503 },
  });
  person = await desk.newPerson();
  panel = await desk.open(person);
  await desk.writes(person, secret);
  await lineOf(panel, secret).waitFor();
});
afterAll(() => desk?.close());
keepEvidence(() => desk?.context);

const keysSeen = () => page.evaluate(() => (window as unknown as Watched).__keysSeen);
const violations = () => page.evaluate(() => (window as unknown as Watched).__violations);

describe("the keys", () => {
  it("pressed in the panel stay there, those pressed on the page still work", async () => {
    const box = textBox(panel, person.name);
    await box.click();
    await page.keyboard.type("new call? go in / now");
    for (const key of ["Control+k", "Alt+n", "ArrowUp", "ArrowLeft", "Home", "PageUp", "F2", "Delete", "Backspace"]) {
      await page.keyboard.press(key);
    }
    expect(await box.inputValue()).toBe("ew call? go in / now");
    await box.fill("");
    for (const key of ["ArrowUp", "ArrowUp", "ArrowDown", "n", "c", "g", "i", "?"]) await page.keyboard.press(key);
    await panel.frame.getByRole("button", { name: "More" }).press("Enter");
    for (const key of ["ArrowDown", "Escape"]) await page.keyboard.press(key);
    expect(await isShown(panel)).toBe(true);
    await page.keyboard.press("Escape");
    await until("the panel is closed", async () => !(await isShown(panel)));
    expect(await keysSeen()).toEqual([]);

    await page.mouse.click(700, 600);
    await page.keyboard.press("n");
    await page.getByText("Shortcut: new note").waitFor();
    expect(await keysSeen()).toEqual(["n"]);
  });
});

describe("the page", () => {
  it("finds neither the panel's words nor a way in", async () => {
    panel = await desk.open(person);
    await lineOf(panel, secret).waitFor();
    await textBox(panel, person.name).fill("An unsent text");
    const found = await page.evaluate(() => {
      const texts: string[] = [];
      const walk = (root: Document | ShadowRoot): void => {
        texts.push(root instanceof Document ? root.documentElement.outerHTML : root.innerHTML);
        for (const element of root.querySelectorAll("*")) {
          texts.push("value" in element ? String(element.value) : "");
          if (element.shadowRoot) walk(element.shadowRoot);
        }
      };
      walk(document);
      // The page's own frames can be read, and count as the page.
      for (let index = 0; index < window.length; index += 1) {
        const frame = window[index]?.document;
        if (frame) walk(frame);
      }
      const host = document.documentElement.lastElementChild;
      const { chrome } = window as unknown as { chrome?: { runtime?: { sendMessage?: unknown } } };
      return {
        text: texts.join("\n"),
        host: host?.tagName,
        root: host?.shadowRoot,
        speaks: typeof chrome?.runtime?.sendMessage,
      };
    });
    expect(found.text).toContain(person.name);
    expect(found.text).not.toContain(secret);
    expect(found.text).not.toContain("An unsent text");
    expect(found).toMatchObject({ host: expect.stringMatching(/^[A-Z]+-[A-Z]+$/), root: null });
    expect(found.speaks).toBe("undefined");
  });

  it("cannot make the panel send by messages and events of its own making", async () => {
    await textBox(panel, person.name).fill("Forged");
    await page.evaluate(() => {
      const host = document.documentElement.lastElementChild;
      const kinds = [
        "address_seen",
        "look",
        "leave",
        "sign_in",
        "panel_ready",
        "panel_shown",
        "open_panel",
        "toggle_panel",
        "close_panel",
      ];
      for (const kind of kinds)
        window.postMessage({ kind, address: "https://app.hubspot.com/contacts/1/contact/1", top: 0.5 }, "*");
      for (const target of [host, document, window]) {
        for (const type of ["keydown", "keypress", "keyup"]) {
          target?.dispatchEvent(
            new KeyboardEvent(type, { key: "Enter", code: "Enter", bubbles: true, composed: true }),
          );
        }
        target?.dispatchEvent(new MouseEvent("click", { bubbles: true, composed: true, clientX: 1400, clientY: 870 }));
        target?.dispatchEvent(new Event("submit", { bubbles: true, composed: true }));
      }
      (host as HTMLElement).click();
    });
    await sendText(panel, person.name, "Genuine");
    await until("the genuine text is sent", async () => (await sentTo(desk.world, person)).includes("Genuine"));
    expect(await sentTo(desk.world, person)).toEqual(["Genuine"]);
    expect(await isShown(panel)).toBe(true);
  });

  it.each(["covers the panel", "makes it invisible"] as const)("cannot catch a click when it %s", async (trick) => {
    const send = panel.frame.getByRole("button", { name: `Send to ${person.name}` });
    const text = `Caught while it ${trick}`;
    await textBox(panel, person.name).fill(text);
    const undo = await playTrick(trick);
    await plainView(false);
    await pressWhereItIs(send);
    await panel.frame.getByText("Something on the page covers this panel, so nothing was sent").waitFor();
    await page.keyboard.press("Enter");
    expect(await textBox(panel, person.name).inputValue()).toBe(text);
    await undo();
    await plainView(true);
    expect(await sentTo(desk.world, person)).not.toContain(text);
    await until("a press counts again", async () => {
      await pressWhereItIs(send);
      return (await textBox(panel, person.name).inputValue()) === "";
    });
    await until("it is sent", async () => (await sentTo(desk.world, person)).includes(text));
  });

  it("has its content policy, which nothing of ours offends", async () => {
    expect(await violations()).toEqual([]);
    await page.evaluate(() =>
      document.body.append(Object.assign(document.createElement("style"), { textContent: "x{}" })),
    );
    await until("the policy is in force", async () => (await violations()).includes("style-src-elem"));
  });
});

/** Does to the panel what a page could do that wants a click for itself; the answer undoes it. */
async function playTrick(trick: "covers the panel" | "makes it invisible"): Promise<() => Promise<void>> {
  await page.evaluate((how) => {
    const host = document.documentElement.lastElementChild as HTMLElement;
    if (how === "makes it invisible") {
      host.style.opacity = "0.01";
      return;
    }
    const cover = document.createElement("div");
    cover.id = "cover";
    cover.textContent = "Win a lamp! Click here.";
    const style = "position:fixed;inset:0;z-index:2147483647;background:white;pointer-events:none";
    cover.style.cssText = style;
    document.documentElement.append(cover);
  }, trick);
  return () =>
    page.evaluate(() => {
      document.querySelector("#cover")?.remove();
      (document.documentElement.lastElementChild as HTMLElement).style.opacity = "";
    });
}

/** The browser looks at what covers an element this often at most, in ms; the panel's own observer may be about to wait. */
const lookDelay = 100;

/** Waits until the browser has told the panel whether it is in plain view. */
async function plainView(wanted: boolean): Promise<void> {
  await panel.frame.evaluate(
    ([visible, delay]) =>
      new Promise<void>((resolve) => {
        const observer = new IntersectionObserver(
          (entries) => {
            const last = entries.at(-1) as { isVisible?: boolean } | undefined;
            if (last?.isVisible !== visible) return;
            observer.disconnect();
            setTimeout(resolve, delay * 2);
          },
          { trackVisibility: true, delay } as IntersectionObserverInit,
        );
        observer.observe(document.documentElement);
      }),
    [wanted, lookDelay] as const,
  );
}

/** Presses the spot on the screen where something is, whatever lies there. */
async function pressWhereItIs(what: Locator): Promise<void> {
  const box = await what.boundingBox();
  if (!box) throw new Error("It is nowhere on the screen");
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
}
