import { expect, test } from "vitest";
import { message } from "../gallery/people.ts";
import { newsBetween } from "./news.ts";

const hello = message("in", "10:00", "Hello");
const sent = message("out", "10:05", "Hi", { state: "sent" });
const ids = (...[before, after]: Parameters<typeof newsBetween>) => newsBetween(before, after).map((one) => one.id);

test("a new message of the person is news once, ours is not", () => {
  const answer = message("in", "10:10", "Thanks");
  const own = message("out", "10:11", "You are welcome", { state: "queued" });
  expect(ids([hello, sent], [hello, sent, answer, own])).toEqual([answer.id]);
  expect(ids([hello, sent, answer, own], [hello, sent, answer, own])).toEqual([]);
});

test("a page of older messages is no news", () => {
  expect(ids([hello, sent], [message("in", "09:00", "Earlier"), hello, sent])).toEqual([]);
});

test("a failure is news when it happens, not when it is loaded", () => {
  const failed = { ...sent, state: "failed" } as const;
  expect(ids([hello, sent], [hello, failed])).toEqual([sent.id]);
  expect(ids([hello, failed], [hello, failed])).toEqual([]);
  expect(ids([hello], [failed, hello])).toEqual([]);
});
