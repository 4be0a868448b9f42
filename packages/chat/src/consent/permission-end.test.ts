import { windowAt } from "@aparte/core/window.ts";
import { expect, test } from "vitest";
import { noConsent, now, optedIn } from "../../gallery/people.ts";
import { permissionEnd } from "./permission-end.ts";

const open = windowAt("2026-11-24T10:00:00Z", now);
const closed = windowAt(null, now);

test("a consent is told to its last day, a reply to the minute, what has no end not at all", () => {
  expect(permissionEnd("marketing", { consent: optedIn, window: closed }, now, "en-GB")).toBe("2 October 2028");
  expect(permissionEnd("service", { consent: noConsent, window: open }, now, "en-GB")).toMatch(/^Wednesday.* 10:00$/);
  expect(permissionEnd("service", { consent: noConsent, window: closed }, now, "en-GB")).toBeNull();
  expect(permissionEnd("utility", { consent: noConsent, window: open }, now, "en-GB")).toBeNull();
});

test("a window that has closed meanwhile allows no reply", () => {
  const later = new Date("2026-11-25T10:00:01Z");
  expect(permissionEnd("service", { consent: noConsent, window: open }, later, "en-GB")).toBeNull();
});
