import { until } from "@aparte/launch/until.ts";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectHubSpot, contactRef, timelineOf } from "../support/hubspot.ts";
import { callSalesforce, connectSalesforce, createSObject, recordsOf, salesforceRef } from "../support/salesforce.ts";
import { post, startWorld, type World } from "../support/world.ts";

let world: World;
let sql: postgres.Sql;
let salesforce = "";
let lead = "";
const burst = 40;
beforeAll(async () => {
  world = await startWorld();
  sql = postgres(world.database.url, { max: 1 });
  await post(`${world.hubspot.url}/_sim/behaviour`, { oauth_app_burst: burst });
  await connectHubSpot(world);
  salesforce = await connectSalesforce(world);
  lead = await createSObject(world, "Lead", { LastName: "Weber", Company: "Weber", MobilePhone: "+4915123456789" });
});
afterAll(async () => {
  await sql?.end();
  await world?.close();
});

const says = (from: string, text: string) =>
  world.inbound({ from, profile_name: "Somebody", type: "text", text: { body: text } });

const openLead = () => world.rep.crm.openRecord.mutate({ ref: salesforceRef(world, "lead", lead) });

const pace = async (crm: string) => {
  const [row] = await sql`
    select p.pace, c.paused_until, c.background_paused_until from crm_pace p
    join crm_connections c using (workspace_id) where c.id = p.connection_id and c.crm = ${crm}`;
  return row as { pace: { day: { used: number; max: number } }; background_paused_until: string | null };
};

const health = async () => {
  const found = await world.manager.crm.health.query();
  return found.find(({ connectionId }) => connectionId === salesforce);
};

describe("a CRM's limits", () => {
  it("are never reached, however much there is to write: no call is turned away", async () => {
    const days = Array.from({ length: 25 }, (_, day) => Math.floor(Date.now() / 1000) - day * 100_000);
    for (const timestamp of days) await says33("Un jour", timestamp);
    await until("all have arrived", async () => {
      const [row] = await sql`select count(*)::int as n from messaging_messages`;
      return row?.["n"] === days.length;
    });
    await world.rep.crm.openRecord.mutate({ ref: contactRef(world, "101003") });
    await until("all are written", async () => (await timelineOf(world, "101003")).length === days.length, 60_000);
    expect(await turnedAway()).toBe(0);
  }, 90_000);

  it("leave a share of the day to people, and the rest to nobody", async () => {
    expect(await openLead()).toMatchObject({ state: "ready" });
    // The customer's other programs use the day up to the share that is kept for people.
    await post(`${world.salesforce.url}/_sim/behaviour`, { daily_api_requests: 200 });
    while ((await left()) > 38);
    expect(await openLead()).toMatchObject({ state: "ready" });
    await says("4915123456789", "Guten Tag");
    await until("entries rest", async () => (await health())?.rests?.why === "kept_for_people");
    const written = recordsOf(world, "WA_Conversation__c").filter(({ values }) => values["Lead__c"] === lead);
    expect(written).toEqual([]);
    expect(await openLead()).toMatchObject({ state: "ready" });
    const { max } = (await pace("salesforce")).pace.day;
    await until("people wait as well", async () => {
      const view = await openLead();
      return view.state === "unavailable" && view.reason === "crm.limit_reached";
    });
    expect((await health())?.rests?.why).toBe("day_used_up");
    const { used } = (await pace("salesforce")).pace.day;
    expect(used).toBeLessThanOrEqual(max * 0.95);
    expect(used).toBeGreaterThan(max * 0.9);
  });
});

/** One call of another program; how many the day has left. */
async function left(): Promise<number> {
  const limits = await callSalesforce(world.salesforce, { method: "GET", path: "/limits" });
  return (limits as { DailyApiRequests: { Remaining: number } }).DailyApiRequests.Remaining;
}

const says33 = (text: string, timestamp: number) =>
  world.inbound({ from: "33612345678", profile_name: "Léa", type: "text", text: { body: text }, timestamp });

/** Calls that HubSpot answered with 429. */
async function turnedAway(): Promise<number> {
  const [row] = await sql`select count(*)::int as n from crm_logs where last_error = 'rate_limited'`;
  return row?.["n"] ?? -1;
}
