import type { CrmName } from "@aparte/core/crm-record.ts";
import { until } from "@aparte/launch/until.ts";
import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connectHubSpot, contactRef } from "../support/hubspot.ts";
import { connectSalesforce, createSObject, salesforceRef } from "../support/salesforce.ts";
import { post, startWorld, type World } from "../support/world.ts";

let world: World;
let sql: postgres.Sql;
let lead = "";
beforeAll(async () => {
  world = await startWorld();
  sql = postgres(world.database.url, { max: 1 });
  await post(`${world.hubspot.url}/_sim/behaviour`, { oauth_app_burst: 5000 });
  lead = await createSObject(world, "Lead", { LastName: "Weber", Company: "Weber", MobilePhone: "+4915123456789" });
  await connectHubSpot(world);
  await connectSalesforce(world);
  await Promise.all([open("hubspot"), open("salesforce")]);
});
beforeEach(async () => {
  for (const crm of ["hubspot", "salesforce"] as const) {
    await fetch(`${world[crm].url}/_sim/faults`, { method: "DELETE" });
  }
});
afterAll(async () => {
  await sql?.end();
  await world?.close();
});

const tokenPath: Readonly<Record<CrmName, string>> = { hubspot: "/oauth/[^/]+/token$", salesforce: "/oauth2/token$" };

const open = (crm: CrmName) =>
  world.rep.crm.openRecord.mutate({
    ref: crm === "hubspot" ? contactRef(world, "101002") : salesforceRef(world, "lead", lead),
  });

async function refreshes(crm: CrmName): Promise<number> {
  const answer = await fetch(`${world[crm].url}/_sim/ledger`);
  const entries = (await answer.json()) as { kind: string }[];
  return entries.filter(({ kind }) => kind === "oauth.refresh_token" || kind === "oauth.client_credentials").length;
}

/** The CRM's clock goes on; ours does not, so that its refusal is the only sign. */
const expire = (crm: CrmName) => post(`${world[crm].url}/_sim/clock`, { advance_ms: 3 * 3_600_000 });

describe("a call that is still under way while an admin connects anew", () => {
  it("does not end the new connection when the CRM refuses its old token", async () => {
    const hubspot = async () => (await world.admin.crm.connections.query()).find(({ crm }) => crm === "hubspot");
    const before = await hubspot();
    await post(`${world.hubspot.url}/_sim/faults`, {
      match: { path: "/crm/objects/[^/]+/contacts/101002", times: 1 },
      action: { kind: "delay", ms: 3_000 },
    });
    const late = open("hubspot");
    await until("the call is under way", async () => {
      const answer = await fetch(`${world.hubspot.url}/_sim/faults`);
      return ((await answer.json()) as { struck: number }[]).some(({ struck }) => struck > 0);
    });
    await world.admin.crm.disconnect.mutate({ connectionId: before?.id ?? "" });
    await connectHubSpot(world);
    expect(await late).toMatchObject({ state: "unavailable" });
    expect(await hubspot()).toMatchObject({ id: before?.id, state: "connected", problem: null });
    expect((await open("hubspot")).state).toBe("ready");
  });
});

describe.each(["hubspot", "salesforce"] as const)("a token of %s that the CRM no longer takes", (crm) => {
  it("is exchanged once for a hundred calls, and none of them notices", async () => {
    const before = await refreshes(crm);
    await expire(crm);
    const views = await Promise.all(Array.from({ length: 100 }, () => open(crm)));
    expect(new Set(views.map(({ state }) => state))).toEqual(new Set(["ready"]));
    expect(await refreshes(crm)).toBe(before + 1);
  });

  it("is exchanged again when nobody was left to store what the exchange brought", async () => {
    await expire(crm);
    // The CRM gives the tokens away, and the answer is lost: what a process leaves behind that dies just then.
    await post(`${world[crm].url}/_sim/faults`, {
      match: { path: tokenPath[crm], times: 1 },
      action: { kind: "drop_after" },
    });
    expect(await open(crm)).toMatchObject({ state: "unavailable", reason: "crm.unreachable" });
    expect(await open(crm)).toMatchObject({ state: "ready" });
    expect(await open(crm)).toMatchObject({ state: "ready" });
  });

  it("ends the connection when the grant was taken back; what waits is not lost", async () => {
    const connection = (await world.rep.crm.connections.query()).find((candidate) => candidate.crm === crm);
    await takeGrantBack(crm);
    await world.inbound({ from: "4915123456789", profile_name: "M", type: "text", text: { body: `While ${crm}` } });
    const began = performance.now();
    await until("the connection has ended", async () => {
      const found = await world.rep.crm.connections.query();
      return found.some(({ id, problem }) => id === connection?.id && problem === "crm.connection_ended");
    });
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(await open(crm)).toMatchObject({ reason: "crm.connection_ended" });
    expect(await sql`select state from crm_logs where connection_id = ${connection?.id ?? ""}`).toEqual([
      { state: "waiting" },
    ]);
    await giveGrantAgain(crm);
    const again = crm === "hubspot" ? await connectHubSpot(world) : await connectSalesforce(world);
    expect(again).toBe(connection?.id);
    await until("it is written", async () => {
      const [log] = await sql`select state from crm_logs where connection_id = ${again}`;
      return log?.["state"] === "written";
    });
  });
});

/** Somebody in the CRM removes the app: neither its tokens nor its grant are taken any more. */
async function takeGrantBack(crm: CrmName): Promise<void> {
  await expire(crm);
  const refusal = { error: "invalid_grant", error_description: "expired access/refresh token" };
  await post(`${world[crm].url}/_sim/faults`, {
    match: { path: tokenPath[crm] },
    action: { kind: "status", status: 400, body: refusal },
  });
}

const giveGrantAgain = (crm: CrmName) => fetch(`${world[crm].url}/_sim/faults`, { method: "DELETE" });
