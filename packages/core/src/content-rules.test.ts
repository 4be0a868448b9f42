import { describe, expect, it } from "vitest";
import { contentProblems } from "./content-rules.ts";
import type { FreeContent, InteractiveAction } from "./message-content.ts";

function interactive(action: InteractiveAction, change: Partial<Extract<FreeContent, { kind: "interactive" }>> = {}) {
  return { kind: "interactive", header: null, body: "Choose", footer: null, action, ...change } as const;
}

const rows = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `r${index}`, title: `Row ${index}`, description: null }));
const button = (id: string, title = `Button ${id}`) => ({ id, title });
const image = { kind: "media", media: "image", fileId: "f", fileName: null, caption: null, voice: false } as const;

describe("contentProblems", () => {
  it.each<[string, FreeContent]>([
    ["text at its limit, accents and emoji", { kind: "text", text: "é👍".repeat(1365) }],
    ["an image with a caption", { ...image, caption: "x".repeat(1024) }],
    ["a place at the edge of the map", { kind: "location", latitude: -90, longitude: 180, name: null, address: null }],
    [
      "ten rows in two sections",
      interactive({
        type: "list",
        button: "Open",
        sections: [
          { title: "A", rows: rows(5) },
          { title: "B", rows: rows(10).slice(5) },
        ],
      }),
    ],
    ["three buttons", interactive({ type: "buttons", buttons: [button("1"), button("2"), button("3")] })],
    ["a link", interactive({ type: "link", button: "Open", url: "https://example.com/a?b=1" })],
    ["a family emoji", { kind: "reaction", emoji: "👨‍👩‍👧" }],
    ["a taken-back reaction", { kind: "reaction", emoji: null }],
  ])("lets pass %s", (_, content) => {
    expect(contentProblems(content)).toEqual([]);
  });

  it.each<[string, string, FreeContent]>([
    ["text", "missing", { kind: "text", text: " \n" }],
    ["text", "too_long", { kind: "text", text: "x".repeat(4097) }],
    ["caption", "too_long", { ...image, caption: "x".repeat(1025) }],
    ["caption", "invalid", { ...image, media: "audio", caption: "x" }],
    ["latitude", "out_of_range", { kind: "location", latitude: 90.1, longitude: 0, name: null, address: null }],
    ["longitude", "out_of_range", { kind: "location", latitude: 0, longitude: Number.NaN, name: null, address: null }],
    ["name", "missing", { kind: "location", latitude: 0, longitude: 0, name: null, address: "Rue 1" }],
    ["cards", "too_few", { kind: "contacts", cards: [] }],
    ["emoji", "invalid", { kind: "reaction", emoji: "👍👍" }],
    ["emoji", "invalid", { kind: "reaction", emoji: "a" }],
    ["buttons", "too_many", interactive({ type: "buttons", buttons: ["1", "2", "3", "4"].map((id) => button(id)) })],
    ["buttons.1.title", "not_unique", interactive({ type: "buttons", buttons: [button("1", "A"), button("2", "A")] })],
    ["buttons.1.id", "not_unique", interactive({ type: "buttons", buttons: [button("1", "A"), button("1", "B")] })],
    ["buttons.0.title", "too_long", interactive({ type: "buttons", buttons: [button("1", "x".repeat(21))] })],
    ["rows", "too_many", interactive({ type: "list", button: "Open", sections: [{ title: null, rows: rows(11) }] })],
    [
      "sections.1.title",
      "missing",
      interactive({
        type: "list",
        button: "Open",
        sections: [
          { title: "A", rows: rows(1) },
          { title: null, rows: rows(2).slice(1) },
        ],
      }),
    ],
    ["url", "invalid", interactive({ type: "link", button: "Open", url: "javascript:alert(1)" })],
    [
      "header",
      "invalid",
      interactive(
        { type: "list", button: "Open", sections: [{ title: null, rows: rows(1) }] },
        { header: { type: "image", fileId: "f" } },
      ),
    ],
    [
      "header",
      "missing",
      interactive({ type: "product_list", catalogId: "1", sections: [{ title: "A", productIds: ["p"] }] }),
    ],
    ["footer", "invalid", interactive({ type: "contact_request" }, { footer: "x" })],
    ["button", "invalid", interactive({ type: "flow", button: "Book 📅", flowId: "1", screen: null })],
    [
      "sections.0.products",
      "too_few",
      interactive(
        {
          type: "product_list",
          catalogId: "1",
          sections: [
            { title: "A", productIds: [] },
            { title: "B", productIds: ["p"] },
          ],
        },
        { header: { type: "text", text: "x" } },
      ),
    ],
    [
      "sections.1.rows",
      "too_few",
      interactive({
        type: "list",
        button: "Open",
        sections: [
          { title: "A", rows: rows(1) },
          { title: "B", rows: [] },
        ],
      }),
    ],
    ["name", "missing", { kind: "location", latitude: 0, longitude: 0, name: " ", address: "1 Rue X" }],
    ["body", "too_long", interactive({ type: "location_request" }, { body: "x".repeat(1025) })],
  ])("names %s: %s", (field, rule, content) => {
    expect(contentProblems(content)).toMatchObject([{ field, rule }]);
  });
});
