import { contentProblems } from "@aparte/core/content-rules.ts";
import type { FreeContent } from "@aparte/core/message-content.ts";
import { loadWords } from "@aparte/i18n/i18n.ts";
import { expect, test } from "vitest";
import { problemWords } from "./problem-words.ts";

const buttons = (...titles: string[]): FreeContent => ({
  kind: "interactive",
  header: null,
  body: "Which day?",
  footer: null,
  action: { type: "buttons", buttons: titles.map((title, place) => ({ id: String(place), title })) },
});

test.each([
  [buttons("Thursday", "This is longer than a button may be"), "Text of the button: At most 20 characters."],
  [buttons("Friday", "Friday"), "Text of the button: This is there twice; use other words."],
  [buttons(), "Buttons: At least 1 is needed."],
  [{ kind: "text", text: " " } satisfies FreeContent, "Text: Fill this in."],
  [
    { kind: "location", latitude: Number.NaN, longitude: 2, name: null, address: null } satisfies FreeContent,
    "Place: This is not a place on the map.",
  ],
])("a problem is told with its field and its rule", async (content, words) => {
  const [problem] = contentProblems(content);
  expect(problem && problemWords(problem, await loadWords("en"))).toBe(words);
});

test("a field without a name of its own is the message", async () => {
  const problem = { field: "flowId", rule: "missing", limit: null } as const;
  expect(problemWords(problem, await loadWords("en"))).toBe("Message: Fill this in.");
});
