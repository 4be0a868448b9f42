import { expect, test } from "vitest";
import { insert, nextVariable, wrap } from "./text-edits.ts";

test("a mark goes around the words, not their spaces, and away again", () => {
  const marked = wrap({ text: "say it loud now", start: 4, end: 12 }, "*");
  expect(marked).toEqual({ text: "say *it loud* now", start: 5, end: 12 });
  expect(wrap(marked, "*")).toEqual({ text: "say it loud now", start: 4, end: 11 });
  expect(wrap({ text: "", start: 0, end: 0 }, "_")).toEqual({ text: "__", start: 1, end: 1 });
});

test("a variable replaces what is selected", () => {
  expect(insert({ text: "Hi NAME, welcome", start: 3, end: 7 }, "{{first_name}}")).toEqual({
    text: "Hi {{first_name}}, welcome",
    start: 17,
    end: 17,
  });
});

test("the next variable is one that is free", () => {
  expect(nextVariable("{{1}} and {{2}}")).toBe("3");
  expect(nextVariable("{{value_1}}", "value")).toBe("value_2");
});
