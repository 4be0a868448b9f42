import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contentHash, logKey, sessionsOf } from "./log-entry.ts";

describe("sessionsOf", () => {
  const at = (hours: number): { at: string } => ({
    at: new Date(Date.UTC(2026, 10, 22) + hours * 3_600_000).toISOString(),
  });

  it("begins another session after more than 24 quiet hours, counted from the message before", () => {
    const sessions = sessionsOf([at(0), at(20), at(44), at(68.1), at(69)]);
    expect(sessions.map(({ messages }) => messages.length)).toEqual([3, 2]);
    expect(sessions[0]).toMatchObject({ startedAt: at(0).at, endedAt: at(44).at });
  });

  it("keeps every message once and in order, wherever it stood in the list", () => {
    const hours = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 40 });
    fc.assert(
      fc.property(hours, (list) => {
        const sessions = sessionsOf(list.map(at));
        const sorted = list.toSorted((a, b) => a - b).map((hour) => at(hour).at);
        expect(sessions.flatMap(({ messages }) => messages.map((one) => one.at))).toEqual(sorted);
        for (const [index, session] of sessions.entries()) {
          const before = sessions[index - 1];
          const gap = before ? Date.parse(session.startedAt) - Date.parse(before.endedAt) : Number.POSITIVE_INFINITY;
          expect(gap).toBeGreaterThan(24 * 3_600_000);
        }
      }),
    );
  });
});

describe("logKey", () => {
  const start = "2026-11-22T08:14:00Z";
  const session = { workspaceId: "w", kind: "session", channelId: "c", contactId: "p", subject: start } as const;

  it("is 32 characters that every CRM keeps apart and no path misreads", () => {
    fc.assert(
      fc.property(fc.string(), (contactId) => {
        expect(logKey({ ...session, contactId })).toMatch(/^k2_[a-z2-7]{29}$/);
      }),
    );
  });

  it("is the same for the same entry, however its start is written, and another for any other", () => {
    expect(logKey(session)).toBe("k2_igdhrjmecnbyzhhemapaokyulkagz");
    expect(logKey({ ...session, subject: "2026-11-22T09:14:00.000+01:00" })).toBe(logKey(session));
    const others = [
      { ...session, workspaceId: "x" },
      { ...session, channelId: "x" },
      { ...session, channelId: null },
      { ...session, contactId: "x" },
      { ...session, kind: "message" } as const,
      { ...session, kind: "consent" } as const,
      { ...session, subject: "2026-11-22T08:14:01Z" },
      { ...session, workspaceId: "w,c", channelId: "" },
    ];
    expect(new Set([session, ...others].map(logKey)).size).toBe(9);
  });
});

it("contentHash tells its parts apart", () => {
  expect(contentHash("a", "b")).toBe(contentHash("a", "b"));
  expect(new Set([contentHash("a", "b"), contentHash("ab"), contentHash("b", "a")]).size).toBe(3);
});
