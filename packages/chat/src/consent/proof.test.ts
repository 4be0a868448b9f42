import { expect, test } from "vitest";
import { ledger, message } from "../../gallery/people.ts";
import { proofMessage } from "./proof.ts";

const [agreed] = ledger;
if (!agreed) throw new Error("the gallery's ledger is empty");
const stop = message("in", "10:00", "Stop please");
const entry = { ...agreed, evidence: { messageId: stop.id } };

test("the proof is the message that the entry names", () => {
  expect(proofMessage(entry, [message("in", "09:00", "Stop please"), stop])).toBe(stop);
});

test("there is none when it was said elsewhere, is a message of ours, or is not loaded", () => {
  expect(proofMessage(agreed, [stop])).toBeNull();
  expect(proofMessage(entry, [{ ...stop, direction: "out" }])).toBeNull();
  expect(proofMessage(entry, [])).toBeNull();
});
