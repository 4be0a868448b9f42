import { eventNames } from "@aparte/core/events.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { named, readNotices, writeNotices, type Notice } from "./wake.ts";

const notice: fc.Arbitrary<Notice> = fc.record({
  name: fc.constantFrom(...eventNames),
  workspaceId: fc.uuid(),
  contactId: fc.option(fc.uuid()),
});

const oneOf = (name: Notice["name"], workspaceId = "w"): Notice => ({ name, workspaceId, contactId: null });

describe("a notice of news", () => {
  it("says once what happened to whom", () => {
    fc.assert(
      fc.property(fc.array(notice, { minLength: 1, maxLength: 30 }), (notices) => {
        const read = readNotices(writeNotices([...notices, ...notices]));
        expect(new Set(read?.map((one) => JSON.stringify(one)))).toEqual(
          new Set(notices.map((one) => JSON.stringify(one))),
        );
      }),
    );
  });

  it("names nobody when there would be more to say than Postgres carries", () => {
    const many = Array.from({ length: 2_000 }, (_, place) => oneOf("message.received", `w${place}`));
    expect(writeNotices(many)).toBe("");
    fc.assert(
      fc.property(fc.array(notice, { maxLength: 200 }), (notices) => {
        expect(Buffer.byteLength(writeNotices(notices))).toBeLessThan(8_000);
      }),
    );
  });

  it.each(["", "hello", "message.received", "message.received w", "message.unheard_of w -", "policy.changed w -\n"])(
    "that is not understood (%j) may mean anything",
    (payload) => {
      expect(readNotices(payload)).toBeNull();
    },
  );

  it("is taken by those whom it is about", () => {
    const isAbout = named(["contact.merged", "policy.changed"]);
    expect(isAbout(oneOf("policy.changed"))).toBe(true);
    expect(isAbout(oneOf("message.received"))).toBe(false);
  });
});
