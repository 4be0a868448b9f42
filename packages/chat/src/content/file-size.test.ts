import { describe, expect, test } from "vitest";
import { fileSize, playTime, typeLabel } from "./file-size.ts";

describe("a file", () => {
  test.each([
    [0, "0 kB"],
    [10, "1 kB"],
    [184_320, "184 kB"],
    [999_600, "1 MB"],
    [2_411_724, "2.4 MB"],
    [16_777_216, "17 MB"],
  ])("of %i bytes has %s", (bytes, words) => {
    expect(fileSize(bytes, "en").replaceAll(/\s/g, " ")).toBe(words);
  });

  test.each([
    ["plan.pdf", "application/pdf", "PDF"],
    [null, "image/jpeg; x=1", "JPEG"],
    ["no ending", "application/vnd.ms-excel", "MS-EXCEL"],
  ])("called %j of type %s is a %s", (name, type, label) => {
    expect(typeLabel(name, type)).toBe(label);
  });
});

test.each([
  [0, "0:00"],
  [14.9, "0:14"],
  [125, "2:05"],
  [3723, "1:02:03"],
])("%d seconds are %s", (seconds, words) => {
  expect(playTime(seconds)).toBe(words);
});
