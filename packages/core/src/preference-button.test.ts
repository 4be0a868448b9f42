import { describe, expect, it } from "vitest";
import {
  isPreferenceUrl,
  preferenceKeys,
  preferencePageOf,
  preferenceUrl,
  withoutPreferenceHoles,
} from "./preference-button.ts";
import { renderTemplate } from "./template-render.ts";
import { valueProblems } from "./template-values.ts";
import type { TemplateShape } from "./template.ts";

const page = preferencePageOf("https://aparte.example");
const link = { type: "url", text: "Preferences", url: preferenceUrl(page) } as const;
const order = { type: "url", text: "Order", url: "https://shop.example/{{1}}" } as const;
const shape: TemplateShape = {
  header: null,
  headerMedia: null,
  offer: null,
  body: "Hello {{1}}",
  footer: null,
  buttons: [order, link],
  cards: [],
  parameterFormat: "POSITIONAL",
  examples: {},
};
const cards = [0, 1].map(() => ({ headerMedia: "IMAGE" as const, body: null, buttons: [link] }));

describe("the preference button", () => {
  it.each([
    ["https://aparte.example/preferences/{{1}}", true],
    ["https://aparte.example/preferences/{{ 1 }}", true],
    ["https://aparte.example/preferences/", false],
    ["https://aparte.example/preferences/a/{{1}}", false],
    ["https://aparte.example/preferences/{{1}}/more", false],
    ["https://aparte.example/preferences/{{1}}{{2}}", false],
    ["https://aparte.example.evil.example/preferences/{{1}}", false],
    ["https://evil.example/https://aparte.example/preferences/{{1}}", false],
    ["http://aparte.example/preferences/{{1}}", false],
  ])("is told by its whole address: %s", (url, expected) => {
    expect(isPreferenceUrl(url, page)).toBe(expected);
  });

  it("stands below the same address with or without a stroke at its end", () => {
    expect(preferencePageOf("https://aparte.example/")).toBe(page);
    expect(isPreferenceUrl(preferenceUrl(page), page)).toBe(true);
  });

  it("names its value, under the template and on each card", () => {
    expect(preferenceKeys(shape, page)).toEqual(["button1.1"]);
    expect(preferenceKeys({ ...shape, buttons: [], cards }, page)).toEqual(["card0.button0.1", "card1.button0.1"]);
    expect(preferenceKeys({ ...shape, buttons: [order] }, page)).toEqual([]);
  });

  it("asks nobody for its value and shows no token, and leaves all other values as they are", () => {
    const closed = withoutPreferenceHoles(shape, page);
    expect(valueProblems(closed, {}).map(({ key }) => key)).toEqual(["body.1", "button0.1"]);
    const bubble = renderTemplate(closed, { "body.1": "Ada", "button0.1": "7", "button1.1": "a-token" });
    expect(bubble.buttons.map(({ url }) => url)).toEqual(["https://shop.example/7", page]);
    expect(JSON.stringify(bubble)).not.toContain("a-token");
    expect(preferenceKeys(withoutPreferenceHoles({ ...shape, cards }, page), page)).toEqual([]);
    expect(withoutPreferenceHoles(shape, "https://other.example/preferences/")).toEqual(shape);
  });
});
