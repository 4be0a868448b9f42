import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isOwnPage, pageOf, toBackground, toPage, toPanel } from "./messages.ts";
import { toLook } from "./page-hooks.ts";

const self = { id: "extension", origin: "chrome-extension://extension" };
const isKnown = (origin: string): boolean => origin === "https://app.hubspot.com";
const contentScript = {
  id: self.id,
  origin: "https://app.hubspot.com",
  frameId: 0,
  tab: { id: 7, url: "https://app.hubspot.com/contacts/42/record/0-1/101" },
};
const panel = { id: self.id, origin: self.origin, frameId: 5, tab: contentScript.tab };

describe("who is speaking", () => {
  it("knows the content script by what the browser says of it", () => {
    expect(pageOf(contentScript, self, isKnown)).toEqual(contentScript.tab);
    expect(isOwnPage(contentScript, self)).toBe(false);
  });

  it("knows the panel, which shares the tab but not the origin", () => {
    expect(isOwnPage(panel, self)).toBe(true);
    expect(pageOf(panel, self, isKnown)).toBeNull();
  });

  it.each([
    ["another extension", { ...contentScript, id: "other" }],
    ["a frame inside the page", { ...contentScript, frameId: 3 }],
    ["another site", { ...contentScript, origin: "https://app.hubspot.com.example.org" }],
    ["a sender without an origin", { ...contentScript, origin: undefined }],
    ["a tab whose address is hidden", { ...contentScript, tab: { id: 7 } }],
    ["nobody", {}],
  ])("refuses %s", (_, sender) => {
    expect(pageOf(sender, self, isKnown)).toBeNull();
    expect(isOwnPage(sender, self)).toBe(false);
  });

  it("does not take another extension's page for its own", () => {
    expect(isOwnPage({ ...panel, id: "other" }, self)).toBe(false);
    expect(isOwnPage({ ...panel, origin: "chrome-extension://other" }, self)).toBe(false);
  });
});

describe("what is said", () => {
  it.each([
    { kind: "address_seen", address: "https://app.hubspot.com/contacts/42/record/0-1/101" },
    { kind: "launcher_moved", top: 0.25 },
    { kind: "sign_in" },
  ])("reads %j", (message) => {
    expect(toBackground(message)).toEqual(message);
  });

  it.each([
    { kind: "address_seen" },
    { kind: "address_seen", address: 101 },
    { kind: "address_seen", address: null },
    { kind: "address_seen", address: "https://example.org", record: "hubspot:42:contact:101" },
    { kind: "launcher_moved", top: 1.01 },
    { kind: "launcher_moved", top: Number.NaN },
    { kind: "launcher_moved", top: "0.5" },
    { kind: "sign_in", address: null },
    { kind: "fetch", url: "https://example.org" },
  ])("refuses %j", (message) => {
    expect(toBackground(message)).toBeNull();
  });

  it("refuses everything else without failing", () => {
    fc.assert(
      fc.property(fc.anything(), (message) => {
        expect(toBackground(message)).toBeNull();
        expect(toPage(message)).toBeNull();
        expect(toPanel(message)).toBeNull();
      }),
    );
  });

  it("passes on the kind alone to page and panel", () => {
    expect(toPage({ kind: "open_panel", html: "<img>" })).toEqual({ kind: "open_panel" });
    expect(toPage({ kind: "leave", tab: 7 })).toEqual({ kind: "leave" });
    expect(toPanel({ kind: "panel_shown", contactId: "1" })).toEqual({ kind: "panel_shown" });
    expect(toPanel({ kind: "open_panel" })).toBeNull();
  });

  it("reads hooks only as lists of texts, and an answer only as texts", () => {
    const hooks = { name: ["h1"], preview: [] };
    expect(toPage({ kind: "look", hooks })).toEqual({ kind: "look", hooks });
    for (const strange of [undefined, null, {}, { name: "h1", preview: [] }, { name: ["h1"], preview: [1] }]) {
      expect(toPage({ kind: "look", hooks: strange })).toBeNull();
    }
    expect(toLook({ name: "h1", preview: 7 })).toEqual({ name: "h1", preview: null });
    expect(toLook(undefined)).toBeNull();
  });
});
