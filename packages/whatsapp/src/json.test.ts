import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readJson } from "./json.ts";

function nested(depth: number): string {
  return "[".repeat(depth) + "]".repeat(depth);
}

describe("reading a stranger's JSON", () => {
  it("reads what JSON.parse reads, as text or as bytes", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5, stringUnit: "grapheme" }), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!text.includes("\\u0000") && !/\d{16}/.test(text));
        expect(readJson(text)).toEqual({ problem: null, value: JSON.parse(text) });
        expect(readJson(Buffer.from(text))).toEqual(readJson(text));
      }),
    );
  });

  it("keeps every digit of a long whole number and leaves other numbers alone", () => {
    expect(
      readJson('{"id":91000000000000000017,"n":-90071992547409931,"small":7,"big":1e30,"part":0.12345678901234567}'),
    ).toEqual({
      problem: null,
      value: {
        id: "91000000000000000017",
        n: "-90071992547409931",
        small: 7,
        big: 1e30,
        part: Number("0.12345678901234567"),
      },
    });
  });

  it("replaces what a database refuses, in values and in keys, and leaves emoji whole", () => {
    expect(readJson('{"a\\u0000":"b\\u0000c","x":"\\ud800","\\udc00":"\\ud83d\\ude00","raw":"\uD800"}').value).toEqual({
      "a\uFFFD": "b\uFFFDc",
      x: "\uFFFD",
      "\uFFFD": "😀",
      raw: "\uFFFD",
    });
  });

  it("replaces a lone surrogate that came unescaped", () => {
    expect(readJson('"\uD800 \u{1F600}"').value).toBe("\uFFFD \u{1F600}");
  });

  it("gives a key named __proto__ no power", () => {
    const { value } = readJson('{"__proto__":{"polluted":true},"\\u0000":1}');
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(value).not.toHaveProperty("polluted");
  });

  it.each(["", "{", "nope", "{'a':1}", '{"a":1}x', '"\u0000"', "NaN", "\uFEFF{}"])("refuses %j", (text) => {
    expect(readJson(text).problem).toBe("not_json");
  });

  it("reads 64 levels and refuses more, however many", () => {
    expect(readJson(nested(64)).problem).toBeNull();
    for (const depth of [65, 2_000_000]) expect(readJson(nested(depth)).problem).toBe("too_deep");
    expect(readJson(`{"id":91000000000000000017,"deep":${nested(1_000_000)}}`).problem).toBe("too_deep");
  });
});
