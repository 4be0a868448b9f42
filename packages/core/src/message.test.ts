import fc from "fast-check";
import { expect, it } from "vitest";
import { higherState, messageStates, providerStates, stateRank, tickOf } from "./message.ts";

it("ends in the same state whatever the order and repetition of statuses", () => {
  const statuses = fc.array(fc.constantFrom(...providerStates), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(statuses, fc.infiniteStream(fc.nat()), (list, random) => {
      const shuffled = [...list, ...list].toSorted(() => (random.next().value ?? 0) - (random.next().value ?? 0));
      const end = list.reduce(higherState, "accepted" as const);
      expect(shuffled.reduce(higherState, "accepted" as const)).toBe(end);
    }),
  );
});

it("does not let a late failure undo a delivery, nor a late sent undo a failure", () => {
  expect(higherState("delivered", "failed")).toBe("delivered");
  expect(higherState("failed", "sent")).toBe("failed");
  expect(higherState("sent", "failed")).toBe("failed");
});

it("never shows fewer ticks for a higher state", () => {
  const order = ["clock", "unconfirmed", "one", "failed", "two", "blue", "played"];
  const shown = messageStates
    .filter((state) => state !== "received")
    .map((state) => order.indexOf(tickOf(state) ?? ""));
  expect(shown).toEqual(shown.toSorted((a, b) => a - b));
  expect(stateRank("played")).toBe(messageStates.length - 1);
});
