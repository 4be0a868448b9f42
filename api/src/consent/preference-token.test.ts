import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createVault } from "../platform/crypto.ts";
import { preferenceToken, readPreferenceToken } from "./preference-token.ts";

const ours = { vault: createVault(Buffer.alloc(32, 1).toString("base64")) };
const theirs = { vault: createVault(Buffer.alloc(32, 2).toString("base64")) };
const holder = fc.record({
  workspaceId: fc.uuid(),
  contactId: fc.uuid(),
  version: fc.integer({ min: 1, max: 65_535 }),
});

describe("the token of a preference page", () => {
  it("names its holder to us, and to nobody with another key", () => {
    fc.assert(
      fc.property(holder, (whose) => {
        const token = preferenceToken(ours, whose);
        expect(token).toMatch(/^[\w-]{68}$/);
        expect(readPreferenceToken(ours, token)).toEqual(whose);
        expect(readPreferenceToken(theirs, token)).toBeNull();
      }),
    );
  });

  it("has one spelling, and no sign of it can be another", () => {
    fc.assert(
      fc.property(holder, fc.nat(67), fc.constantFrom("A", "Z", "a", "z", "0", "9", "-", "_"), (whose, place, sign) => {
        const token = preferenceToken(ours, whose);
        const changed = token.slice(0, place) + sign + token.slice(place + 1);
        expect(readPreferenceToken(ours, changed)).toEqual(changed === token ? whose : null);
      }),
    );
  });

  it("is nothing else that somebody may send", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary-ascii", maxLength: 90 }), (text) => {
        expect(readPreferenceToken(ours, text)).toBeNull();
      }),
    );

    const token = preferenceToken(ours, {
      workspaceId: crypto.randomUUID(),
      contactId: crypto.randomUUID(),
      version: 1,
    });
    for (const text of [
      "",
      `${token}A`,
      token.slice(1),
      `${token}=`,
      ` ${token}`,
      `${token}\n`,
      `${token}%00`,
      "__proto__",
    ]) {
      expect(readPreferenceToken(ours, text)).toBeNull();
    }
  });
});
