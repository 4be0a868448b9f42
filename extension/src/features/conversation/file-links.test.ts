import { refused } from "@aparte/core/result.ts";
import { describe, expect, it } from "vitest";
import { createFileLinks } from "./file-links.ts";

/** A server whose links last a minute each, and a clock that the test turns. */
function scene() {
  let time = Date.parse("2026-11-22T10:00:00Z");
  let next: "link" | "refuse" | "lose" = "link";
  const asked: string[] = [];
  const fileUrl = createFileLinks(
    async ({ fileId, download }) => {
      asked.push(`${fileId}${download ? " to save" : ""}`);
      if (next === "lose") throw new TypeError("no connection");
      if (next === "refuse") return refused("media.not_found");
      const expiresAt = new Date(time + 60_000).toISOString();
      return { ok: true, url: `https://files.example/${fileId}/${asked.length}`, expiresAt };
    },
    () => time,
  );
  return {
    fileUrl,
    asked,
    pass: (seconds: number) => (time += seconds * 1000),
    set: (what: typeof next) => (next = what),
  };
}

describe("the address of a file", () => {
  it("is asked for once, however many ask at the same time, and kept for its use", async () => {
    const { fileUrl, asked } = scene();
    const [a, b] = await Promise.all([fileUrl("a", "show"), fileUrl("a", "show")]);
    expect(a).toEqual(b);
    await fileUrl("a", "download");
    await fileUrl("b", "show");
    expect(asked).toEqual(["a", "a to save", "b"]);
  });

  it("is asked for again shortly before it ends", async () => {
    const { fileUrl, asked, pass } = scene();
    await fileUrl("a", "show");
    pass(29);
    await fileUrl("a", "show");
    expect(asked).toHaveLength(1);
    pass(2);
    expect(await fileUrl("a", "show")).toMatchObject({ ok: true, url: "https://files.example/a/2" });
  });

  it("is asked for again when it was refused or the server was not reached", async () => {
    const { fileUrl, asked, set } = scene();
    set("refuse");
    expect(await fileUrl("a", "show")).toMatchObject({ refused: "media.not_found" });
    set("lose");
    await expect(fileUrl("a", "show")).rejects.toThrow("no connection");
    set("link");
    expect(await fileUrl("a", "show")).toMatchObject({ ok: true });
    expect(asked).toHaveLength(3);
  });
});
