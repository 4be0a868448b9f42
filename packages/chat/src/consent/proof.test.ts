import type { ConsentEntry } from "@aparte/core/consent.ts";
import { expect, test } from "vitest";
import { message } from "../../gallery/people.ts";
import { proofMessage } from "./proof.ts";

const stop = message("in", "10:00", " Stop please ");
const event = { method: "keyword", wording: "Stop please", occurredAt: "2026-11-24T10:00:00.000Z" } as ConsentEntry;

test("the proof is the message in which the person said it, then", () => {
  expect(proofMessage(event, [message("in", "09:00", "Stop please"), stop])).toBe(stop);
});

test("there is none when it was said elsewhere, by us, or is not loaded", () => {
  expect(proofMessage({ ...event, method: "phone_call" }, [stop])).toBeNull();
  expect(proofMessage(event, [{ ...stop, direction: "out" }])).toBeNull();
  expect(proofMessage(event, [])).toBeNull();
});
