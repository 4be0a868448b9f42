import type { ConsentView } from "@aparte/core/consent.ts";
import { messageStates, stateRank, type MessageState, type MessageView } from "@aparte/core/message.ts";
import type { ConversationSnapshot, LiveUpdate } from "@aparte/core/record-view.ts";
import { windowAt } from "@aparte/core/window.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { message, noConsent, optedIn, optedOut, record } from "../gallery/people.ts";
import { mergeOlder, mergeUpdate } from "./merge-update.ts";

const start = record({ messages: [message("in", "10:00", "Hello"), message("out", "10:05", "Hi")] }).conversation;
const base = Date.parse("2026-11-24T10:00:00Z");
const at = (minutes: number): string => new Date(base + minutes * 60_000).toISOString();

const outStates = messageStates.filter((state) => state !== "received");

/** One message in the states of its life: everything but the state follows from its id. */
function lived(number: number, state: MessageState, attempt: number): MessageView {
  return message("out", at(number + attempt * 100), `message ${number}`, {
    id: `m${number}`,
    state,
    deliveredAt: stateRank(state) >= stateRank("delivered") ? at(number + 1) : null,
    readAt: stateRank(state) >= stateRank("read") ? at(number + 2) : null,
    failure: state === "failed" ? { code: "messaging.undeliverable", details: null } : null,
  });
}

const anyMessage = fc
  .tuple(fc.integer({ min: 0, max: 4 }), fc.constantFrom(...outStates), fc.integer({ min: 0, max: 1 }))
  .map(([number, state, attempt]) => lived(number, state, attempt));

/** A ledger as it grows: what it says follows from how much of it was read. */
const anyConsent: fc.Arbitrary<ConsentView> = fc
  .integer({ min: 0, max: 9 })
  .map((entries) => ({ ...([noConsent, optedIn, optedOut("Stop", at(entries))][entries % 3] ?? noConsent), entries }));

const anyWindow = fc
  .tuple(fc.option(fc.integer({ min: 0, max: 99 })), fc.boolean())
  .map(([minutes, later]) => windowAt(minutes === null ? null : at(minutes), new Date(at(later ? 3000 : 120))));

const anyUpdate: fc.Arbitrary<LiveUpdate> = fc.record(
  { messages: fc.array(anyMessage, { maxLength: 3 }), consent: anyConsent, window: anyWindow },
  { requiredKeys: ["messages"] },
);

const after = (updates: readonly LiveUpdate[], snapshot: ConversationSnapshot = start) =>
  updates.reduce(mergeUpdate, snapshot);

describe("the live stream", () => {
  it("ends the same in any order and with any repetition", () => {
    const shuffled = fc
      .array(anyUpdate, { maxLength: 8 })
      .chain((updates) =>
        fc.tuple(
          fc.constant(updates),
          fc.shuffledSubarray([...updates, ...updates], { minLength: updates.length * 2 }),
        ),
      );
    fc.assert(
      fc.property(shuffled, fc.boolean(), ([updates, other], hasOlder) => {
        const snapshot = { ...start, hasOlder };
        expect(after(other, snapshot)).toEqual(after(updates, snapshot));
      }),
    );
  });

  it("never takes a tick back within an attempt", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...outStates), { minLength: 1 }), (states) => {
        let rank = -1;
        let snapshot = start;
        for (const state of states) {
          snapshot = mergeUpdate(snapshot, { messages: [lived(3, state, 0)] });
          const shown = snapshot.messages.find((one) => one.id === "m3");
          const next = shown ? stateRank(shown.state) : -1;
          expect(next).toBeGreaterThanOrEqual(rank);
          rank = next;
        }
      }),
    );
  });

  it("never takes back an edit, a deletion or a file, whatever arrives late", () => {
    const file = { id: "f", mimeType: "image/png", size: null, problem: null } as const;
    const written = (text: string, editedAt: string | null) => message("in", at(3), text, { id: "m3", editedAt });
    const life = [
      { ...written("first", null), files: [{ ...file, state: "waiting" as const }] },
      { ...written("first", null), files: [{ ...file, state: "ready" as const }] },
      { ...written("second", at(4)), files: [{ ...file, state: "ready" as const }] },
      { ...written("", at(4)), content: { kind: "deleted" as const }, files: [{ ...file, state: "ready" as const }] },
    ];
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.infiniteStream(fc.nat()), (length, chance) => {
        const known = life.slice(0, length);
        const shuffled = known.toSorted(() => ((chance.next().value ?? 0) % 2) - 0.5);
        const shown = after(shuffled.map((one) => ({ messages: [one] }))).messages.find(({ id }) => id === "m3");
        expect(shown?.content).toEqual(known.at(-1)?.content);
        expect(shown?.files[0]?.state).toBe(length === 1 ? "waiting" : "ready");
      }),
    );
  });

  it("leaves out what speaks of another message: that one's own news brings it", () => {
    const reaction = message("in", at(9), { kind: "reaction", emoji: "👍" });
    expect(mergeUpdate(start, { messages: [reaction] })).toEqual(start);
  });

  it("shows a message that is sent again as on its way", () => {
    const failed = mergeUpdate(start, { messages: [lived(1, "failed", 0)] });
    const again = mergeUpdate(failed, { messages: [lived(1, "queued", 1)] });
    expect(again.messages.find((one) => one.id === "m1")).toMatchObject({ state: "queued", failure: null });
  });

  it("keeps messages in the order in which they were said", () => {
    const updates = [{ messages: [lived(4, "sent", 0)] }, { messages: [lived(2, "sent", 0)] }];
    expect(after(updates).messages.map((one) => one.id)).toEqual(["in-10:00", "m2", "m4", "out-10:05"]);
  });

  it("does not show a message of a page that is not loaded", () => {
    const early = message("out", "08:00", "Good morning");
    expect(mergeUpdate({ ...start, hasOlder: true }, { messages: [early] }).messages).toEqual(start.messages);
    expect(mergeUpdate(start, { messages: [early] }).messages[0]).toEqual(early);
  });

  it("leaves what an update does not speak of as it was", () => {
    expect(mergeUpdate(start, { messages: [] })).toEqual(start);
  });
});

it("an older page goes in front, without what is already there", () => {
  const page = [message("out", "08:00", "Good morning"), ...start.messages.slice(0, 1)];
  const merged = mergeOlder({ ...start, hasOlder: true }, { messages: page, hasOlder: false });
  expect(merged.messages.map((one) => one.id)).toEqual(["out-08:00", "in-10:00", "out-10:05"]);
  expect(merged.hasOlder).toBe(false);
});
