import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { pageStyle } from "./preference-style.ts";

function coloursIn(css: string): Map<string, string> {
  return new Map(
    [...css.matchAll(/--([\w-]+): (light-dark\([^;]+\));/g)].map(([, name = "", value = ""]) => [name, value]),
  );
}

it("has the product's colours under the product's names", () => {
  const files = ["../../../packages/ui/src/tokens.css", "../../../packages/console/src/console.css"];
  const product = coloursIn(files.map((file) => readFileSync(new URL(file, import.meta.url), "utf8")).join("\n"));
  const own = coloursIn(pageStyle);
  expect(own.size).toBeGreaterThan(10);
  for (const [name, value] of own) expect([name, value]).toEqual([name, product.get(name)]);
});
