import { fakeBrowser } from "../../testing/browser.ts";
import { describe, expect, it } from "vitest";
import { chosenIn, subjectKey, type Subject } from "./subject.ts";

const ref = { crm: "salesforce", account: "acme--uat.sandbox", type: "lead", id: "00QD000000AnKKbMAN" } as const;
const record: Subject = { kind: "record", ref, number: "+493090182011" };

describe("what was chosen in a window", () => {
  it.each([record, { ...record, number: null }, { kind: "number" as const, number: "+5511912345678" }])(
    "is read back: %j",
    async (subject) => {
      await chosenIn(3).write(subject);
      expect(await chosenIn(3).read()).toEqual(subject);
      expect(await chosenIn(4).read()).toBeNull();
    },
  );

  it.each([null, "x", { kind: "record" }, { kind: "record", ref: { ...ref, crm: "other" } }, { kind: "number" }])(
    "is nothing when something else stands there: %j",
    async (value) => {
      await fakeBrowser.storage.session.set({ "chosen:3": value });
      expect(await chosenIn(3).read()).toBeNull();
    },
  );
});

it("a record is the same subject whichever of its numbers is open, and never the same as the number alone", () => {
  expect(subjectKey(record)).toBe(subjectKey({ ...record, number: null }));
  expect(subjectKey(record)).not.toBe(subjectKey({ kind: "number", number: "+493090182011" }));
});
