import { expect, test } from "vitest";
import { message } from "../gallery/people.ts";
import { timeline, type Row } from "./timeline.ts";

const drawn = (rows: readonly Row[]): string[] =>
  rows.map((row) => {
    if (row.kind !== "message") return row.kind === "unread" ? `unread ${row.count}` : "day";
    return `${row.message.id}${row.first ? " first" : ""}${row.last ? " last" : ""}`;
  });

test("runs of one side within three minutes share a tail", () => {
  const rows = timeline(
    [
      message("in", "10:00", "a"),
      message("in", "10:02", "b"),
      message("in", "10:06", "c"),
      message("out", "10:07", "d"),
      message("out", "10:08", "e", { author: "Another colleague" }),
    ],
    null,
  );
  expect(drawn(rows)).toEqual([
    "day",
    "in-10:00 first",
    "in-10:02 last",
    "in-10:06 first last",
    "out-10:07 first last",
    "out-10:08 first last",
  ]);
});

test("each day has its pill, and a run ends with it", () => {
  const before = new Date(2026, 10, 23, 23, 59).toISOString();
  const after = new Date(2026, 10, 24, 0, 1).toISOString();
  const rows = timeline([message("in", before, "a"), message("in", after, "b")], null);
  expect(drawn(rows)).toEqual(["day", `in-${before} first last`, "day", `in-${after} first last`]);
  expect(new Set(rows.map((row) => row.key)).size).toBe(4);
});

test("one divider stands before the first message of the person that was not seen", () => {
  const messages = [
    message("in", "10:00", "a"),
    message("out", "10:01", "ours, which needs no reading"),
    message("in", "10:02", "b"),
    message("in", "10:03", "c"),
  ];
  expect(drawn(timeline(messages, "2026-11-24T10:00:00Z"))).toEqual([
    "day",
    "in-10:00 first last",
    "out-10:01 first last",
    "unread 2",
    "in-10:02 first",
    "in-10:03 last",
  ]);
  expect(drawn(timeline(messages, null))).not.toContain("unread 3");
  expect(drawn(timeline(messages, "2026-11-24T10:03:00Z"))).not.toContain("unread 1");
});
