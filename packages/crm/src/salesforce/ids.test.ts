import { describe, expect, it } from "vitest";
import { isIdOf, isUserId, longId, refOf } from "./ids.ts";

describe("longId", () => {
  it.each([
    ["001D000000IRFma", "001D000000IRFmaIAH"],
    ["a00D0000008pQSN", "a00D0000008pQSNIA2"],
    ["001D000000IRFmaIAH", "001D000000IRFmaIAH"],
    ["", ""],
  ])("of %s is %s", (id, long) => {
    expect(longId(id)).toBe(long);
  });
});

describe("refOf", () => {
  it("tells the type by the first characters, and writes the long id", () => {
    expect(refOf("acme", "003D000000IRFma")).toEqual({
      crm: "salesforce",
      account: "acme",
      type: "contact",
      id: "003D000000IRFmaIAH",
    });
    expect(refOf("acme", "005D000000IRFma")).toBeNull();
    expect(refOf("acme", "")).toBeNull();
  });
});

describe("ids", () => {
  it("belong to one type", () => {
    expect(isIdOf("contact", "003D000000IRFma")).toBe(true);
    expect(isIdOf("lead", "003D000000IRFma")).toBe(false);
    expect(isIdOf("contact", "003D000000IRFm")).toBe(false);
    expect(isIdOf("contact", "003D000000IRF'a")).toBe(false);
    expect([isUserId("005D000000IRFma"), isUserId("00GD000000IRFma")]).toEqual([true, false]);
  });
});
