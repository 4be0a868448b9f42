import { afterEach, beforeEach, expect, it } from "vitest";
import { DEMO_CONTACT_ID } from "../demo/demo-ids.ts";
import { startTestOrg } from "../test-org.ts";
import type { TestOrg } from "../test-org.ts";

const CONTACT = "/services/data/v67.0/sobjects/Contact";
const MINUTE_MS = 60_000;

let org: TestOrg;
beforeEach(async () => {
  org = await startTestOrg();
});
afterEach(() => org.sim.close());

const iso = (minutes: number) => new Date(org.clock.now() + minutes * MINUTE_MS).toISOString();
const ask = (kind: string, window: Record<string, string> = { start: iso(-60), end: iso(0) }) =>
  org.call("GET", `${CONTACT}/${kind}?${new URLSearchParams(window).toString()}`);

it("tells which records changed, once the minute is over", async () => {
  await org.call("PATCH", `${CONTACT}/${DEMO_CONTACT_ID}`, { Title: "Owner" });
  expect((await ask("updated")).body["ids"]).toEqual([]);
  await org.clock.advance(MINUTE_MS);
  const { status, body } = await ask("updated");
  expect([status, body["ids"]]).toEqual([200, [DEMO_CONTACT_ID]]);
  expect(body["latestDateCovered"]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00\.000\+0000$/u);
  expect((await ask("updated", { start: iso(-60), end: iso(-30) })).body["ids"]).toEqual([]);
});

it("tells which were deleted and are not back", async () => {
  await org.call("DELETE", `${CONTACT}/${DEMO_CONTACT_ID}`);
  await org.clock.advance(MINUTE_MS);
  expect((await ask("deleted")).body).toEqual({
    deletedRecords: [{ id: DEMO_CONTACT_ID, deletedDate: expect.stringMatching(/\+0000$/u) }],
    earliestDateAvailable: expect.any(String),
    latestDateCovered: expect.any(String),
  });
  expect((await ask("updated")).body["ids"]).toEqual([]);
});

it.each([
  ["no start", { end: "2026-11-22T09:00:00Z" }, "MISSING_ARGUMENT"],
  ["no end", { start: "2026-11-22T09:00:00Z" }, "MISSING_ARGUMENT"],
  ["no date", { start: "yesterday", end: "2026-11-22T09:00:00Z" }, "INVALID_REPLICATION_DATE"],
  ["less than a minute", { start: "2026-11-22T09:00:05Z", end: "2026-11-22T09:00:55Z" }, "INVALID_REPLICATION_DATE"],
  ["the far past", { start: "2020-01-01T00:00:00Z", end: "2026-11-22T09:00:00Z" }, "INVALID_REPLICATION_DATE"],
])("refuses a window of %s", async (_what, window, code) => {
  for (const kind of ["updated", "deleted"]) {
    const { status, list } = await ask(kind, window);
    expect([status, list[0]?.errorCode]).toEqual([400, code]);
  }
});
