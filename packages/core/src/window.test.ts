import { expect, it } from "vitest";
import { windowAt } from "./window.ts";

it("is open for 24 hours after the person's last message, to the millisecond", () => {
  const last = "2026-11-22T10:00:00.000Z";
  expect(windowAt(last, new Date("2026-11-23T09:59:59.999Z"))).toEqual({
    state: "open",
    closesAt: "2026-11-23T10:00:00.000Z",
  });
  expect(windowAt(last, new Date("2026-11-23T10:00:00.000Z"))).toEqual({ state: "closed", lastInboundAt: last });
  expect(windowAt(null, new Date())).toEqual({ state: "closed", lastInboundAt: null });
});
