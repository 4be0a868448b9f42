import { loadWords } from "@aparte/i18n/i18n.ts";
import { WordsProvider } from "@aparte/i18n/words-context.tsx";
import { createElement, type ComponentType } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { lazyPart } from "./lazy-part.tsx";

async function drawn(Part: ComponentType<object>): Promise<string> {
  const words = await loadWords("en");
  const Page = () => WordsProvider({ words, children: createElement(Part) });
  return renderToStaticMarkup(createElement(Page));
}

it("draws what was fetched", async () => {
  const part = lazyPart(async () => () => createElement("p", null, "Here"));
  expect(await drawn(await part.fetch())).toBe("<p>Here</p>");
});

it("says that code is missing, and finds it when it is there again", async () => {
  let away = true;
  const part = lazyPart(async () => {
    if (away) throw new Error("no such chunk");
    return () => createElement("p", null, "Here");
  });
  const missing = await drawn(await part.fetch());
  expect(missing).toContain("Load it again");
  away = false;
  expect(await drawn(await part.fetch())).toBe("<p>Here</p>");
});
