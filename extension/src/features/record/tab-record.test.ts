import { fakeBrowser } from "../../testing/browser.ts";
import { describe, expect, it, vi } from "vitest";
import { followTab, forgetTab, noteRecord } from "./tab-record.ts";

const address = (id: number): string => `https://app.hubspot.com/contacts/42/record/0-1/${id}`;
const key = (id: number): string => `hubspot:42:contact:${id}`;

describe("the record of a tab", () => {
  it("is what page and browser agree on", async () => {
    expect(await noteRecord({ id: 7, url: address(101) }, key(101))).toBe(true);
    const seen: unknown[] = [];
    followTab(7, (ref) => seen.push(ref));
    const ana = { crm: "hubspot", account: "42", type: "contact", id: "101" };
    await vi.waitFor(() => expect(seen).toEqual([ana]));
    await noteRecord({ id: 7, url: address(102) }, key(102));
    expect(seen).toEqual([ana, { ...ana, id: "102" }]);
  });

  it.each([
    ["the page names another record", address(101), key(102)],
    ["the page names a record on a page without one", "https://app.hubspot.com/reports/42", key(101)],
    ["the page names none on a record", address(101), null],
    ["the tab is elsewhere", "https://app.hubspot.com.example.org/contacts/42/record/0-1/101", key(101)],
  ])("is none when %s", async (_, url, claimed) => {
    await noteRecord({ id: 7, url: address(101) }, key(101));
    expect(await noteRecord({ id: 7, url }, claimed)).toBe(false);
    expect(await fakeBrowser.storage.session.get(null)).not.toHaveProperty("record:7", expect.anything());
  });

  it("is none, in agreement, on a page without one", async () => {
    expect(await noteRecord({ id: 7, url: "https://app.hubspot.com/reports/42" }, null)).toBe(true);
  });

  it("does not reach other tabs, and goes with its tab", async () => {
    const seen: unknown[] = [];
    followTab(8, (ref) => seen.push(ref));
    await vi.waitFor(() => expect(seen).toEqual([null]));
    await noteRecord({ id: 7, url: address(101) }, key(101));
    expect(seen).toEqual([null]);
    await noteRecord({ id: 8, url: address(101) }, key(101));
    await forgetTab(8);
    expect(seen.at(-1)).toBeNull();
  });
});
