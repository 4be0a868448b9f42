import { describe, expect, it } from "vitest";
import { regionOf } from "./region.ts";

describe("regionOf", () => {
  it.each([
    ["DE", "DE"],
    ["de", "DE"],
    ["Germany", "DE"],
    [" germany ", "DE"],
    ["Allemagne", "DE"],
    ["México", "MX"],
    ["mexico", "MX"],
    ["Côte d’Ivoire", "CI"],
    ["Brésil", "BR"],
    ["United States", "US"],
    ["UK", "GB"],
    ["Vereinigtes Königreich", "GB"],
  ])("knows %j", (country, region) => {
    expect(regionOf(country)).toBe(region);
  });

  it.each(["", "Europe", "EU", "ZZ", "world", "DEU Germany", "somewhere", "UK and Ireland"])(
    "guesses nothing for %j",
    (text) => {
      expect(regionOf(text)).toBeNull();
    },
  );
});
