import { fakeBrowser } from "../testing/browser.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changeSettings, defaultSettings, readSettings, serverOrigin, watchSettings } from "./settings.ts";

describe("the server that a person means", () => {
  it.each([
    ["wa.example.com", "https://wa.example.com"],
    [" https://wa.example.com/ ", "https://wa.example.com"],
    ["https://wa.example.com:8443/trpc?x=1", "https://wa.example.com:8443"],
    ["http://localhost:4100", "http://localhost:4100"],
    ["localhost:4100", "http://localhost:4100"],
    ["https://localhost:4100", "https://localhost:4100"],
    ["http://127.0.0.1:4100", "http://127.0.0.1:4100"],
  ])("%s is %s", (typed, origin) => {
    expect(serverOrigin(typed)).toBe(origin);
  });

  it.each([
    "",
    "   ",
    "http://wa.example.com",
    "javascript:alert(1)",
    "javascript://x",
    "ftp://wa.example.com",
    "https://a:b@example.com",
  ])("%j is none", (typed) => {
    expect(serverOrigin(typed)).toBeNull();
  });

  it("is stable: what was understood once is understood the same again", () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl(), fc.string(), fc.domain()), (typed) => {
        const origin = serverOrigin(typed);
        if (origin !== null) expect(serverOrigin(origin)).toBe(origin);
      }),
    );
  });
});

describe("stored settings", () => {
  it("are the default ones until someone chooses", async () => {
    expect(await readSettings()).toEqual(defaultSettings);
    await changeSettings({ theme: "dark" });
    await changeSettings({ locale: "fr" });
    expect(await readSettings()).toEqual({ ...defaultSettings, theme: "dark", locale: "fr" });
  });

  it("replace what does not parse, value by value", async () => {
    await fakeBrowser.storage.local.set({ settings: { serverUrl: "http://wa.example.com", theme: "dark", locale: 7 } });
    expect(await readSettings()).toEqual({ ...defaultSettings, theme: "dark" });
    await fakeBrowser.storage.local.set({ settings: "broken" });
    expect(await readSettings()).toEqual(defaultSettings);
  });

  it("tell whoever follows them", async () => {
    const seen: string[] = [];
    const stop = watchSettings((settings) => seen.push(settings.theme));
    await changeSettings({ theme: "light" });
    stop();
    await changeSettings({ theme: "dark" });
    expect(seen).toEqual(["light"]);
  });
});
