import { describe, expect, it } from "vitest";
import { files, isTest, read } from "./sources.ts";

const readme = "packages/whatsapp/README.md";

/** The rows of the table of capabilities: what, the tests that are named, where people meet it. */
function rows(): { readonly capability: string; readonly tests: readonly string[]; readonly screen: string }[] {
  const [, table = ""] = read(readme).split("## Capabilities");
  return table
    .split("\n")
    .filter((line) => line.startsWith("|") && !/^\|[ -]+\|/.test(line) && !line.startsWith("| capability"))
    .map((line) => {
      const [, capability = "", tests = "", screen = ""] = line.split("|").map((cell) => cell.trim());
      return { capability, tests: tests.split(/\s+/).filter(Boolean), screen };
    });
}

describe("the table of WhatsApp's capabilities", () => {
  it("names for each a test that exists, and a screen", () => {
    const all = rows();
    expect(all.length).toBeGreaterThan(25);
    expect(all.filter(({ capability, tests, screen }) => !capability || tests.length === 0 || !screen)).toEqual([]);
    const named = all.flatMap(({ tests }) => tests);
    expect(named.filter((file) => !isTest(file) || !files.includes(file))).toEqual([]);
  });

  it("knows every test of the package, and every contract with Meta", () => {
    const named = new Set(rows().flatMap(({ tests }) => tests));
    const known = files.filter((file) => isTest(file) && /^(packages\/whatsapp\/|test\/contract\/whatsapp)/.test(file));
    // They try how we speak to Meta, not what Meta offers.
    const others =
      /(signature|graph-versions|calls|whatsapp-admin|template-wire|template-admin|template-library)\.test\.ts$/;
    expect(known.length).toBeGreaterThan(15);
    expect(known.filter((file) => !named.has(file) && !others.test(file))).toEqual([]);
  });
});
