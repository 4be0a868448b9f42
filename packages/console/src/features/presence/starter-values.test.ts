import fc from "fast-check";
import { expect, test } from "vitest";
import { startersOf, starterValues } from "./starter-values.ts";

test("any starters that were read come back the same, in their order", () => {
  const command = fc.record({ name: fc.stringMatching(/^[a-z0-9_]{1,32}$/), description: fc.string() });
  const starters = fc.record({
    prompts: fc.array(fc.string(), { maxLength: 4 }),
    commands: fc.array(command, { maxLength: 30 }),
  });
  fc.assert(
    fc.property(starters, (one) => {
      expect(startersOf(starterValues(one))).toEqual(one);
    }),
  );
});

test("a command may be typed as people know it", () => {
  const values = { "commands.0.name": " /Help ", "commands.0.description": "Talk to us" };
  expect(startersOf(values).commands).toEqual([{ name: "help", description: "Talk to us" }]);
});
