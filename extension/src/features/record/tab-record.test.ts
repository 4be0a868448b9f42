import { fakeBrowser } from "../../testing/browser.ts";
import { describe, expect, it, vi } from "vitest";
import { followTab, forgetTab, isUpToDate, noteRecord } from "./tab-record.ts";

const ana = { crm: "hubspot", account: "42", type: "contact", id: "101" } as const;
const bruno = { ...ana, id: "102" };
const both = (ref: typeof ana | typeof bruno) => ({
  page: ref,
  browser: ref,
  address: `https://crm.example/${ref.id}`,
});

describe("the record of a tab", () => {
  it("is what page and browser agree on", async () => {
    expect(await noteRecord(7, both(ana))).toBe(true);
    const seen: unknown[] = [];
    followTab(7, (ref) => seen.push(ref));
    await vi.waitFor(() => expect(seen).toEqual([ana]));
    await noteRecord(7, both(bruno));
    expect(seen).toEqual([ana, bruno]);
  });

  it.each([
    ["the page names another record", { page: bruno, browser: ana, address: "" }],
    ["the page names a record where the browser sees none", { page: ana, browser: null, address: "" }],
    ["the page names none on a record", { page: null, browser: ana, address: "" }],
    ["the page names the same id of another account", { page: { ...ana, account: "43" }, browser: ana, address: "" }],
  ])("is none when %s", async (_, claims) => {
    await noteRecord(7, both(ana));
    expect(await noteRecord(7, claims)).toBe(false);
    expect(await fakeBrowser.storage.session.get(null)).not.toHaveProperty("record:7", expect.anything());
  });

  it("is none, in agreement, on a page without one", async () => {
    expect(await noteRecord(7, { page: null, browser: null, address: "" })).toBe(true);
  });

  it("does not reach other tabs, and goes with its tab", async () => {
    const seen: unknown[] = [];
    followTab(8, (ref) => seen.push(ref));
    await vi.waitFor(() => expect(seen).toEqual([null]));
    await noteRecord(7, both(ana));
    expect(seen).toEqual([null]);
    await noteRecord(8, both(ana));
    await forgetTab(8);
    expect(seen.at(-1)).toBeNull();
  });

  it("is out of date from the moment the tab stands elsewhere", async () => {
    const { id = 0 } = await fakeBrowser.tabs.create({ url: both(ana).address });
    await noteRecord(id, both(ana));
    expect(await isUpToDate(id)).toBe(true);
    await fakeBrowser.tabs.update(id, { url: both(bruno).address });
    expect(await isUpToDate(id)).toBe(false);
    await noteRecord(id, both(bruno));
    expect(await isUpToDate(id)).toBe(true);
  });
});
