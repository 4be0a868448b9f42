import { fakeBrowser } from "../../testing/browser.ts";
import { beforeEach, describe, expect, it } from "vitest";
import { signOut, storedSession } from "../../platform/session.ts";
import { createMemory, forgetOldMemory } from "./memory.ts";

const ana = "hubspot:42:contact:101";
const day = 24 * 60 * 60 * 1000;
const start = Date.parse("2026-11-22T10:00:00Z");
const stored = async (): Promise<string> => JSON.stringify(await fakeBrowser.storage.local.get(null));

beforeEach(() =>
  storedSession.write({
    server: "https://wa.example.com",
    token: "t",
    user: { id: "u1", name: "Léa Martin", email: "lea@example.com" },
  }),
);

describe("drafts", () => {
  it("come back beside the record they were written for, and beside no other", async () => {
    await createMemory("u1", ana).save("draft c1", "Hello Ana");
    expect(await createMemory("u1", ana).load("draft c1")).toBe("Hello Ana");
    expect(await createMemory("u1", "hubspot:42:contact:102").load("draft c1")).toBe("");
    expect(await createMemory("u1", "hubspot:43:contact:101").load("draft c1")).toBe("");
    expect(await createMemory("u1", ana).load("draft c2")).toBe("");
  });

  it("are not shown to the next person at this browser", async () => {
    await createMemory("u1", ana).save("draft c1", "Hello Ana");
    expect(await createMemory("u2", ana).load("draft c1")).toBe("");
  });

  it("leave no trace once they are sent", async () => {
    const memory = createMemory("u1", ana);
    await memory.save("draft c1", "Hello Ana");
    await memory.save("draft c1", "");
    expect(await stored()).not.toContain("Hello Ana");
  });

  it("are forgotten after 30 days without a touch", async () => {
    let time = start;
    const memory = createMemory("u1", ana, () => time);
    await memory.save("draft old", "old words");
    time += 29 * day;
    expect(await memory.load("draft old")).toBe("old words");
    await memory.save("draft new", "new words");
    time += day;
    expect(await memory.load("draft old")).toBe("");
    await forgetOldMemory(time);
    expect(await stored()).not.toContain("old words");
    expect(await memory.load("draft new")).toBe("new words");
  });

  it("are not written any more after the person has signed out", async () => {
    const memory = createMemory("u1", ana);
    await memory.save("draft c1", "Hello Ana");
    await signOut(async () => Response.json({}));
    await memory.save("draft c1", "Hello Ana, again");
    expect(await stored()).not.toContain("Hello Ana");
  });
});
