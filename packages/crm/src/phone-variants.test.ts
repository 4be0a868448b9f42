import { describe, expect, it } from "vitest";
import { phoneVariants } from "./phone-variants.ts";

describe("phoneVariants", () => {
  it.each([
    ["+5511912345678", "+551112345678"],
    ["+5215512345678", "+525512345678"],
    ["+5491123456789", "+541123456789"],
  ])("knows that %s and %s are one telephone", (long, short) => {
    expect(phoneVariants(long)).toEqual([long, short]);
    expect(phoneVariants(short)).toEqual([short, long]);
  });

  it.each(["+4915123456789", "+33612345678", "+12025550123"])("leaves %s alone", (number) => {
    expect(phoneVariants(number)).toEqual([number]);
  });
});
