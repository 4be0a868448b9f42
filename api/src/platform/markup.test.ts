import fc from "fast-check";
import { expect, it } from "vitest";
import { markup } from "./markup.ts";

const signs = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&amp;": "&" };

it("never lets a value begin a tag, end an attribute or write an entity", () => {
  fc.assert(
    fc.property(fc.string(), (value) => {
      const { html } = markup`<a title="${value}">${value}</a>`;
      const inside = /^<a title="([^]*)">([^]*)<\/a>$/.exec(html)?.slice(1) ?? [];
      expect(inside).toHaveLength(2);
      for (const text of inside) {
        expect(text).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/);
        expect(Object.entries(signs).reduce((all, [entity, sign]) => all.replaceAll(entity, sign), text)).toBe(value);
      }
    }),
  );
});

it("takes pieces as they are, lists of them one after the other, and nothing for null", () => {
  const items = ["a", "<b>"].map((text) => markup`<li>${text}</li>`);
  expect(markup`<ul>${items}</ul>${null}`).toEqual({ html: "<ul><li>a</li><li>&lt;b&gt;</li></ul>" });
});
