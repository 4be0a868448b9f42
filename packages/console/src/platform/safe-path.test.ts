import fc from "fast-check";
import { expect, test } from "vitest";
import { safePath } from "./safe-path.ts";

const origin = "https://aparte.test";

test.each([
  ["/", "/"],
  ["/connect?user_code=ABCD2345", "/connect?user_code=ABCD2345"],
  ["/?status=PAUSED#templates", "/?status=PAUSED#templates"],
])("%s is a place of ours", (wanted, path) => {
  expect(safePath(wanted, origin)).toBe(path);
});

test.each(["//evil.test", "/\\evil.test", "https://evil.test/", "javascript:alert(1)", "connect", "", undefined, 7])(
  "%s leads to the start page",
  (wanted) => {
    expect(safePath(wanted, origin)).toBe("/");
  },
);

test("whatever is asked for, the browser stays here", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("/", "\\", "a", ".", ":", "?", "#", "@", " ", "\t", "\n") }),
      (text) => {
        expect(new URL(safePath(text, origin), origin).origin).toBe(origin);
      },
    ),
  );
});
