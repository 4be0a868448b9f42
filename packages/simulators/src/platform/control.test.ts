import { afterEach, beforeEach, expect, it } from "vitest";
import type { FastifyInstance } from "fastify";
import { VirtualClock } from "./clock.ts";
import { mountControl } from "./control.ts";
import { applyFaults } from "./fault-hooks.ts";
import { Faults } from "./faults.ts";
import { Ledger } from "./ledger.ts";
import { createServer, listen } from "./server.ts";

let app: FastifyInstance;
let url: string;
let ledger: Ledger;

beforeEach(async () => {
  const clock = new VirtualClock();
  const faults = new Faults();
  ledger = new Ledger(clock);
  app = createServer();
  applyFaults(app, faults);
  mountControl(app, { clock, ledger, faults, identity: () => ({ app_id: "1" }), reset: () => undefined });
  app.post("/things", (request) => {
    ledger.record("thing", { body: request.body });
    return { ok: true };
  });
  url = `http://localhost:${await listen(app)}`;
});
afterEach(() => app.close());

const post = (path: string, body: unknown) =>
  fetch(url + path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
const get = async (path: string): Promise<unknown> => (await fetch(url + path)).json();

it("names the identity and lists what was accepted with its arrival time", async () => {
  await post("/things", { a: 1 });
  expect(await get("/_sim/identity")).toEqual({ app_id: "1" });
  expect(await get("/_sim/ledger")).toEqual([
    { seq: 1, kind: "thing", body: { a: 1 }, arrived_at: expect.stringMatching(/^\d{4}-.*Z$/u) },
  ]);
});

it("drops the socket before or after a request is applied", async () => {
  await post("/_sim/faults", {
    match: { method: "POST", path: "^/things", times: 1 },
    action: { kind: "drop_before" },
  });
  await expect(post("/things", {})).rejects.toThrow("fetch failed");
  expect(ledger.all()).toHaveLength(0);
  await post("/_sim/faults", { match: { times: 1 }, action: { kind: "drop_after" } });
  await expect(post("/things", {})).rejects.toThrow("fetch failed");
  expect(ledger.all()).toHaveLength(1);
  expect((await post("/things", {})).status).toBe(200);
});

it("answers another status from the nth request on, and stops when the rule is lifted", async () => {
  const action = { kind: "status", status: 503, body: { error: "busy" }, headers: { "retry-after": "3" } };
  const added = await post("/_sim/faults", { match: { nth: 2 }, action });
  const { id } = (await added.json()) as { id: number };
  expect((await post("/things", {})).status).toBe(200);
  const struck = await post("/things", {});
  expect([struck.status, struck.headers.get("retry-after"), await struck.json()]).toEqual([
    503,
    "3",
    { error: "busy" },
  ]);
  expect(await get("/_sim/faults")).toMatchObject([{ id, seen: 2, struck: 1 }]);
  expect((await fetch(`${url}/_sim/faults/${id}`, { method: "DELETE" })).status).toBe(204);
  expect((await post("/things", {})).status).toBe(200);
  expect((await fetch(`${url}/_sim/faults/${id}`, { method: "DELETE" })).status).toBe(404);
});

it("refuses a rule it does not understand, naming the reason", async () => {
  const refused = await post("/_sim/faults", { match: { path: "(" }, action: { kind: "drop_after" } });
  expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining("not a regular expression")]);
  expect((await post("/_sim/faults", { action: { kind: "explode" } })).status).toBe(400);
});

it("moves the clock and goes back to the start on reset", async () => {
  const moved = (await (await post("/_sim/clock", { now: "2027-01-01T00:00:00Z" })).json()) as { iso: string };
  expect(moved.iso).toMatch(/^2027-01-01T00:00/u);
  await post("/_sim/clock", { advance_ms: 86_400_000 });
  expect(await get("/_sim/clock")).toMatchObject({ iso: expect.stringMatching(/^2027-01-02/u) });
  expect((await post("/_sim/clock", { advance_ms: -1 })).status).toBe(400);
  await post("/things", {});
  await post("/_sim/reset", {});
  expect(await get("/_sim/ledger")).toEqual([]);
  expect(await get("/_sim/clock")).not.toMatchObject({ iso: expect.stringMatching(/^2027/u) });
});

it("takes the next free port when the wished one is taken, below 32768", async () => {
  const port = Number(new URL(url).port);
  const second = createServer();
  const taken = await listen(second, { port });
  await second.close();
  expect(taken).toBeGreaterThan(port);
  expect(taken).toBeLessThan(32_768);
});
