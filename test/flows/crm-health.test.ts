import { randomUUID } from "node:crypto";
import { defaultCrmSettings, type CrmSettings } from "@aparte/core/crm-settings.ts";
import { until } from "@aparte/launch/until.ts";
import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connectHubSpot, contactRef, timelineOf } from "../support/hubspot.ts";
import { post, startWorld, type World } from "../support/world.ts";

let world: World;
let sql: postgres.Sql;
let connectionId = "";
beforeAll(async () => {
  world = await startWorld();
  sql = postgres(world.database.url, { max: 1 });
  await post(`${world.hubspot.url}/_sim/behaviour`, { allow_unique_properties: false, oauth_app_burst: 1000 });
  connectionId = await connectHubSpot(world);
});
beforeEach(async () => {
  await fetch(`${world.hubspot.url}/_sim/faults`, { method: "DELETE" });
});
afterAll(async () => {
  await sql?.end();
  await world?.close();
});

const rules = (settings: Partial<CrmSettings>) => ({ ...defaultCrmSettings, ...settings });
const deal = () => ({ ...contactRef(world, "301002"), type: "deal" as const });

const call = (method: string, path: string, body?: unknown) =>
  fetch(`${world.hubspot.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${world.hubspot.identity.access_token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

const says = (text: string) =>
  world.inbound({ from: "4915123456789", profile_name: "Max", type: "text", text: { body: text } });

/** The records on which the one entry stands. */
async function standsOn(): Promise<string[]> {
  const [log] = await sql<{ stands_on: { id: string }[] }[]>`select stands_on from crm_logs order by id limit 1`;
  return (log?.stands_on ?? []).map(({ id }) => id);
}

const entryOf = async () => {
  const [entry, ...others] = await timelineOf(world, "101002");
  expect(others).toEqual([]);
  return { id: entry?.id ?? "", body: entry?.properties["hs_communication_body"] ?? "" };
};

describe("the rules", () => {
  it("are tested on a real record, with the reason for each", async () => {
    const tested = await world.manager.crm.testRules.query({ connectionId, ref: deal() });
    expect(tested).toMatchObject({
      ok: true,
      associations: [
        { ref: { type: "contact", id: "101002" }, name: "Maximilian Krämer-Schönfeldt", why: "own" },
        { ref: { type: "deal", id: "301002" }, name: "Yearly service contract 2027", why: "opened" },
        { ref: { type: "company", id: "201002" }, why: "primary_company" },
      ],
    });
    const wider = rules({ deals: "open", tickets: "open", company: "none" });
    const ref = contactRef(world, "101002");
    const open = await world.manager.crm.testRules.query({ connectionId, ref, settings: wider });
    expect(open.ok && open.associations.map(({ why, ref: { id } }) => `${why} ${id}`)).toEqual([
      "own 101002",
      "open_deal 301002",
      "open_ticket 401002",
    ]);
    const missing = { ...contactRef(world, "999999") };
    expect(await world.manager.crm.testRules.query({ connectionId, ref: missing })).toMatchObject({
      refused: "crm.record_not_found",
    });
    await expect(world.rep.crm.testRules.query({ connectionId, ref })).rejects.toThrow(/role/);
  });

  it("say where an entry stands: one entry, on the records of which somebody worked and those that the admin wants", async () => {
    await world.rep.crm.openRecord.mutate({ ref: deal() });
    await says("Hallo");
    await until("it stands on all three", async () => (await standsOn()).join() === "101002,301002,201002");
    await entryOf();
    const saved = await world.admin.crm.saveSettings.mutate({
      connectionId,
      settings: rules({ deals: "none", company: "none", tickets: "open" }),
    });
    expect(saved).toEqual({ ok: true });
    expect(await world.manager.crm.settings.query()).toMatchObject([{ connectionId, settings: { tickets: "open" } }]);
    await says("Noch etwas");
    await until("it has moved", async () => (await standsOn()).join() === "101002,401002");
    const { id } = await entryOf();
    const associated = await call("GET", `/crm/objects/2026-09/communications/${id}?associations=deals,tickets`);
    expect(await associated.json()).toMatchObject({ associations: { tickets: { results: [{ id: "401002" }] } } });
  });
});

describe("the comparison with the CRM", () => {
  const compared = async () => {
    const before = (await health()).drift?.at;
    await world.manager.crm.checkDrift.mutate({ connectionId });
    const drift = await until("it was compared", async () => {
      const now = (await health()).drift;
      return now !== null && now.at !== before && now;
    });
    await until("all is mended", async () => (await health()).waiting === 0);
    return drift;
  };

  it("finds nothing while nobody touched anything", async () => {
    await until("it is written", async () => (await health()).waiting === 0);
    expect(await compared()).toMatchObject({ checked: 1, missing: 0, changed: 0, doubled: 0 });
  });

  it("mends what somebody changed, puts back what was taken off, and removes doubles", async () => {
    const { id, body } = await entryOf();
    const url = `/crm/objects/2026-09/communications/${id}`;
    await call("PATCH", url, { properties: { hs_communication_body: "<p>Something else</p>" } });
    expect(await compared()).toMatchObject({ changed: 1 });
    expect(await entryOf()).toEqual({ id, body });
    await call("DELETE", `${url}/associations/tickets/401002`);
    expect(await compared()).toMatchObject({ changed: 1 });
    expect(await standsOn()).toEqual(["101002", "401002"]);
    const key = await sql`select log_key from crm_logs`;
    const double = await call("POST", "/crm/objects/2026-09/communications", {
      properties: {
        hs_communication_channel_type: "WHATS_APP",
        hs_communication_logged_from: "CRM",
        hs_communication_body: body,
        hs_timestamp: new Date().toISOString(),
        aparte_log_key: key[0]?.["log_key"],
      },
      associations: [
        { to: { id: "101002" }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 81 }] },
      ],
    });
    expect(double.status).toBe(201);
    expect(await timelineOf(world, "101002")).toHaveLength(2);
    expect(await compared()).toMatchObject({ doubled: 1, changed: 0 });
    expect(await entryOf()).toEqual({ id, body });
  });

  it("notes what somebody deleted and leaves it deleted, until a repair is asked for", async () => {
    const { id } = await entryOf();
    await call("DELETE", `/crm/objects/2026-09/communications/${id}`);
    expect(await compared()).toMatchObject({ missing: 1 });
    expect((await health()).gone).toBe(1);
    expect(await timelineOf(world, "101002")).toHaveLength(0);
    expect(await world.manager.crm.repair.mutate({ connectionId, gone: true })).toEqual({ ok: true, count: 1 });
    await until("it is back", async () => (await health()).waiting === 0);
    expect((await health()).gone).toBe(0);
    expect(await timelineOf(world, "101002")).toHaveLength(1);
  });
});

async function health() {
  const [only] = await world.manager.crm.health.query();
  if (!only) throw new Error("There is no connection.");
  return only;
}

describe("the health of a connection", () => {
  it("tells what waits, what was refused and why, and goes on when it is repaired", async () => {
    expect(await health()).toMatchObject({ state: "connected", waiting: 0, failed: [], logMode: "read_back" });
    expect((await health()).lastSyncedAt).toMatch(/Z$/);
    expect((await health()).usage.burst).toMatchObject({ max: 1000 });
    expect((await health()).incoming).toMatchObject({ pollFailures: 0, mirror: { on: false }, erasuresAsked: 0 });
    await post(`${world.hubspot.url}/_sim/faults`, {
      match: { path: "/communications" },
      action: { kind: "status", status: 403, body: { status: "error", category: "MISSING_SCOPES", message: "no" } },
    });
    await says("Refused words");
    await until("it was refused", async () => (await health()).failed.length > 0);
    expect((await health()).failed).toEqual([{ reason: "crm.permission_missing", count: 1 }]);
    await fetch(`${world.hubspot.url}/_sim/faults`, { method: "DELETE" });
    const nobody = { connectionId, contactId: randomUUID() };
    expect(await world.manager.crm.repair.mutate({ ...nobody, gone: false })).toMatchObject({
      refused: "contacts.not_found",
    });
    expect(await world.manager.crm.repair.mutate({ connectionId })).toEqual({ ok: true, count: 1 });
    await until("it is there", async () => (await entryOf()).body.includes("Refused words"));
    expect((await health()).failed).toEqual([]);
  });

  it("tells since when the CRM is away", async () => {
    await post(`${world.hubspot.url}/_sim/faults`, { match: {}, action: { kind: "status", status: 503, body: {} } });
    await says("While you were away");
    const away = await until("it is told", async () => (await health()).unreachableSince !== null && health());
    expect(away).toMatchObject({ waiting: 1 });
    expect(away.oldestWaitingAt).toMatch(/Z$/);
    await fetch(`${world.hubspot.url}/_sim/faults`, { method: "DELETE" });
    await until("it is caught up with", async () => (await entryOf()).body.includes("While you were away"), 60_000);
    await until("nothing waits", async () => (await health()).waiting === 0);
    expect((await health()).unreachableSince).toBeNull();
  });
});
