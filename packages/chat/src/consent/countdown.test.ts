import fc from "fast-check";
import { expect, test } from "vitest";
import { fullTime, passed, secondsLeft, type Countdown } from "./countdown.ts";

const after = (steps: readonly (readonly [number, boolean])[]): Countdown =>
  steps.reduce((countdown, [milliseconds, held]) => passed(countdown, milliseconds, held), fullTime);

test("ten seconds are left at first, and none after ten", () => {
  expect(secondsLeft(fullTime)).toBe(10);
  expect(secondsLeft(after([[9_001, false]]))).toBe(1);
  expect(secondsLeft(after([[10_000, false]]))).toBe(0);
});

test("while somebody holds it, it does not run", () => {
  const held = after([
    [4_000, false],
    [12_000, true],
  ]);
  expect(secondsLeft(held)).toBe(6);
  expect(secondsLeft(passed(held, 1_000, false))).toBe(5);
});

test("it is over before the API refuses to take anything back, however it is held", () => {
  const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 3_000 }), fc.boolean()));
  fc.assert(
    fc.property(steps, (list) => {
      const whole = list.reduce((sum, [milliseconds]) => sum + milliseconds, 0);
      const running = list.reduce((sum, [milliseconds, held]) => sum + (held ? 0 : milliseconds), 0);
      const over = after(list).left === 0;
      expect(over).toBe(running >= 10_000 || whole >= 25_000);
    }),
  );
});
