import { preferenceKeys } from "@aparte/core/preference-button.ts";
import { emptyDefinition, shapeOf, type TemplateDefinition } from "@aparte/core/template-definition.ts";
import { expect, test } from "vitest";
import {
  addButton,
  addCard,
  addPreferenceButton,
  moveButton,
  removeButton,
  removeCard,
  tidy,
  withCategory,
} from "./definition-change.ts";

const links: TemplateDefinition = {
  ...emptyDefinition,
  body: "Hello {{name}}, have a look.",
  buttons: [
    { type: "url", text: "A", url: "https://a.example/{{1}}" },
    { type: "url", text: "B", url: "https://b.example/{{1}}" },
    { type: "quick_reply", text: "C" },
  ],
  samples: { "body.name": "Ana", "button0.1": "a", "button1.1": "b", "body.gone": "x" },
};
const texts = ({ buttons }: TemplateDefinition) => buttons.map((button) => ("text" in button ? button.text : ""));

test("samples follow their buttons", () => {
  const moved = moveButton(links, null, 0, 1);
  expect(texts(moved)).toEqual(["B", "A", "C"]);
  expect(moved.samples).toMatchObject({ "button0.1": "b", "button1.1": "a", "body.name": "Ana" });
  const removed = removeButton(links, null, 0);
  expect(texts(removed)).toEqual(["B", "C"]);
  expect(removed.samples).toEqual({ "body.name": "Ana", "body.gone": "x", "button0.1": "b" });
  expect(moveButton(links, null, 2, 1)).toBe(links);
});

test("a new button keeps quick replies together", () => {
  const added = addButton(links, null, "copy_code");
  expect(added.buttons.map(({ type }) => type)).toEqual(["url", "url", "copy_code", "quick_reply"]);
  expect(addButton(links, null, "quick_reply").buttons.at(-1)).toEqual({ type: "quick_reply", text: "" });
});

test("the preference button comes complete, and before quick replies", () => {
  const page = "https://aparte.example/preferences/";
  const start = { ...links, category: "MARKETING", buttons: links.buttons.slice(1), samples: {} } as const;
  const added = addPreferenceButton(start, null, { page, text: "Preferences" });
  expect(texts(added)).toEqual(["B", "Preferences", "C"]);
  expect(preferenceKeys(shapeOf(added), page)).toEqual(["button1.1"]);
  expect(tidy(added).samples).toEqual({ "button1.1": "example" });
  const cards = addCard({ ...links, buttons: [] });
  const onCard = addPreferenceButton(cards, 1, { page, text: "Preferences" });
  expect(preferenceKeys(shapeOf(onCard), page)).toEqual(["card1.button0.1"]);
});

test("a carousel has two cards at least, each with the parts of the first", () => {
  const two = addCard({ ...links, buttons: [] });
  expect(two.cards).toHaveLength(2);
  const linked = addButton(addButton(two, 0, "url"), 1, "url");
  const three = addCard({ ...linked, samples: { "card0.button0.1": "a", "card1.button0.1": "b" } });
  expect(three.cards[2]?.buttons.map(({ type }) => type)).toEqual(["url", "quick_reply"]);
  const fewer = removeCard(three, 0);
  expect(fewer.cards).toHaveLength(2);
  expect(fewer.samples).toEqual({ "card0.button0.1": "b" });
  expect(removeCard(fewer, 0)).toMatchObject({ cards: [], samples: {} });
});

test("samples of holes that are gone are left out", () => {
  expect(tidy({ ...links, name: " visit " })).toMatchObject({ name: "visit" });
  expect(Object.keys(tidy(links).samples)).toEqual(["body.name", "button0.1", "button1.1"]);
});

test("sign-in codes have parts of their own", () => {
  const code = withCategory(links, "AUTHENTICATION");
  expect(code).toMatchObject({ body: "", buttons: [], authentication: { otpType: "copy_code" } });
  expect(withCategory(code, "UTILITY").authentication).toBeNull();
});
