import type { Panel } from "@aparte/launch/job/panel.ts";
import type { Frame, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keepEvidence, openDesk, type Desk } from "../support/browser.ts";
import { timelineOf } from "../support/hubspot.ts";
import { lineOf, sendText } from "../support/panel.ts";
import { until } from "@aparte/launch/until.ts";

const script = '<script>window.__pwned = "script"</script>';
const image = '<img src=x onerror="window.__pwned=1">';
const rightToLeft = "\u202Egnp.exe \u2067مرحبا\u2069 \u202C";

const hostileTexts = [
  script,
  image,
  `"><svg onload="window.__pwned=1">`,
  "javascript:window.__pwned=1 https://example.com/?q=<b>x</b>",
  `${rightToLeft} after`,
  "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿👋🏽 and e\u0301\u0323\u0330",
  "W".repeat(1500),
  "https://example.com/" + "path".repeat(300),
  "{{1}} ${window.__pwned=1} {count, plural, one {x} other {y}} %s",
  "\u200B\u200B\u2060invisible\u00AD\uFEFF",
];

let desk: Desk;
let page: Page;
beforeAll(async () => {
  desk = await openDesk();
  page = desk.page;
});
afterAll(() => desk?.close());
keepEvidence(() => desk?.context);

const pwned = (where: Frame | Page) => where.evaluate(() => "__pwned" in window);

/** What sticks out of the panel at its side, or would have to be scrolled sideways. A text cut off with … does neither. */
const sticksOut = ({ frame }: Panel) =>
  frame.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    const isCut = (element: Element) => {
      for (let one: Element | null = element; one; one = one.parentElement) {
        if (getComputedStyle(one).textOverflow === "ellipsis") return true;
      }
      return false;
    };
    const out = [...document.querySelectorAll("main *")].filter((element) => {
      if (element.closest(".sr-only")) return false;
      const { left, right, width } = element.getBoundingClientRect();
      const scrolls = /auto|scroll/.test(getComputedStyle(element).overflowX);
      if (scrolls && element.scrollWidth > element.clientWidth + 1) return true;
      return width > 0 && (left < -1 || right > clientWidth + 1) && !isCut(element);
    });
    return {
      width: clientWidth,
      page: scrollWidth > clientWidth,
      out: out.map((element) => `${element.tagName} ${element.className}`),
    };
  });

describe("what others write", () => {
  it("is shown as text and keeps its place", async () => {
    const person = await desk.newPerson();
    const panel = await desk.open(person);
    const shown = (text: string) =>
      panel.frame.evaluate(
        (wanted) => [...document.querySelectorAll("[data-message]")].some((one) => one.textContent.includes(wanted)),
        text.replaceAll(/[\u200B\u2060]+$/g, ""),
      );
    for (const text of hostileTexts) {
      await desk.writes(person, text);
      await until(`the panel shows ${text.slice(0, 40)}`, () => shown(text));
      expect(await sticksOut(panel)).toEqual({ width: 380, page: false, out: [] });
    }
    expect(await panel.frame.locator("main img, main script, main b").count()).toBe(0);
    const links = await panel.frame
      .locator("main a")
      .evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).protocol));
    expect(links.filter((protocol) => protocol !== "https:")).toEqual([]);

    await until("HubSpot has the last one", async () => {
      const [entry] = await timelineOf(desk.world, person.recordId);
      return entry?.properties["hs_communication_body"]?.includes("invisible");
    });
    await page.getByText("WhatsApp with Ana Souza").first().waitFor();
    expect([await pwned(page), await pwned(panel.frame)]).toEqual([false, false]);
    expect((await timelineOf(desk.world, person.recordId))[0]?.properties["hs_communication_body"]).not.toMatch(
      /<(script|img|svg)/,
    );
  });

  it("may stand in what we answer", async () => {
    const person = await desk.newPerson();
    const panel = await desk.open(person);
    await desk.writes(person, "Hi there");
    await lineOf(panel, "Hi there").waitFor();
    for (const text of [script, image]) {
      await sendText(panel, person.name, text);
      await lineOf(panel, text).waitFor();
    }
    expect(await pwned(panel.frame)).toBe(false);
  });
});

describe("names in the CRM", () => {
  it.each([
    ["markup", image, script],
    ["a direction of their own", rightToLeft, "משפחה"],
    ["no end", "W".repeat(200), "W".repeat(200)],
  ])("may have %s", async (_, firstname, lastname) => {
    const person = await desk.newPerson({ firstname, lastname });
    const panel = await desk.open(person);
    const heading = panel.frame.getByRole("heading", { level: 1 });
    await until("the name is shown", async () => (await heading.textContent())?.includes(lastname.trim()));
    expect(await sticksOut(panel)).toEqual({ width: 380, page: false, out: [] });
    await panel.frame.getByRole("button", { name: /^quote_ready/ }).click();
    await panel.frame.getByLabel("First name").waitFor();
    expect(await panel.frame.getByLabel("First name").inputValue()).toBe(firstname.trim());
    expect(await sticksOut(panel)).toEqual({ width: 380, page: false, out: [] });
    await desk.writes(person, "Hello");
    await panel.frame.getByRole("textbox", { name: "Message to" }).waitFor();
    expect(await sticksOut(panel)).toEqual({ width: 380, page: false, out: [] });
    expect([await pwned(page), await pwned(panel.frame)]).toEqual([false, false]);
  });
});
