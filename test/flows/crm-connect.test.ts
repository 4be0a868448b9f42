import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { approve, comeBack } from "../support/crm-consent.ts";
import { connectHubSpot, contactRef, writesTo } from "../support/hubspot.ts";
import { people, post, startWorld, type World } from "../support/world.ts";

let world: World;
let sql: postgres.Sql;
beforeAll(async () => {
  world = await startWorld();
  sql = postgres(world.database.url, { max: 1 });
});
beforeEach(async () => {
  await fetch(`${world.hubspot.url}/_sim/faults`, { method: "DELETE" });
});
afterAll(async () => {
  await sql?.end();
  await world?.close();
});

const begin = async () => {
  const begun = await world.admin.crm.connectUrl.mutate({ crm: "hubspot" });
  if (!begun.ok) throw new Error(begun.refused);
  return begun.url;
};
const demo = () => contactRef(world, world.hubspot.identity.demo_contact_id);
const failed = () => `${world.origin}/?crm=failed&reason=crm.oauth_failed`;

describe("connecting HubSpot", () => {
  it("fails in plain words without a person who began it, without a code, and with a state that was used", async () => {
    expect(await world.rep.crm.openRecord.mutate({ ref: demo() })).toMatchObject({ reason: "crm.not_connected" });
    const callback = `${world.origin}/oauth/hubspot/callback`;
    expect(await comeBack(world, `${callback}?code=x&state=unknown`)).toBe(failed());
    expect(await comeBack(world, callback)).toBe(failed());
    // Somebody else's browser must not connect their CRM to this workspace.
    expect(await comeBack(world, await approve(await begin()), people.rep)).toBe(failed());
    const denied = new URL(await begin()).searchParams.get("state") ?? "";
    expect(await comeBack(world, `${callback}?error=access_denied&state=${denied}`)).toBe(failed());
    const back = await approve(await begin());
    await sql`update crm_oauth_states set expires_at = now()`;
    expect(await comeBack(world, back)).toBe(failed());
    expect(await world.admin.crm.connections.query()).toEqual([]);
  });

  it("ends in the console with the account's own name, and keeps its tokens to itself", async () => {
    const id = await connectHubSpot(world);
    expect(await world.rep.crm.connections.query()).toEqual([
      {
        id,
        crm: "hubspot",
        account: String(world.hubspot.identity.portal_id),
        accountName: world.hubspot.identity.hub_domain,
        uiDomain: world.hubspot.identity.ui_domain,
        loginUrl: null,
        state: "connected",
        connectedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        problem: null,
        logMode: "unique",
      },
    ]);
    expect(await sql`select * from crm_oauth_states`).toHaveLength(0);
  });

  it("refreshes once for a hundred calls, and again after the answer was lost", async () => {
    await post(`${world.hubspot.url}/_sim/behaviour`, { oauth_app_burst: 1000 });
    await sql`update crm_connections set refresh_at = now(), access_expires_at = now()`;
    const before = await writesTo(world, "oauth.refresh_token");
    const views = await Promise.all(
      Array.from({ length: 100 }, () => world.rep.crm.openRecord.mutate({ ref: demo() })),
    );
    expect(new Set(views.map(({ state }) => state))).toEqual(new Set(["ready"]));
    expect(await writesTo(world, "oauth.refresh_token")).toBe(before + 1);

    // Work in the background may refresh before the rep does: whoever it is loses the answer, as long as there is the fault.
    await post(`${world.hubspot.url}/_sim/faults`, {
      match: { path: "/oauth/[^/]+/token$" },
      action: { kind: "drop_after" },
    });
    await sql`update crm_connections set refresh_at = now(), access_expires_at = now()`;
    expect(await world.rep.crm.openRecord.mutate({ ref: demo() })).toMatchObject({ reason: "crm.unreachable" });
    await fetch(`${world.hubspot.url}/_sim/faults`, { method: "DELETE" });
    expect(await world.rep.crm.openRecord.mutate({ ref: demo() })).toMatchObject({ state: "ready" });
  });

  it("goes on with the old token while somebody else is refreshing", async () => {
    await sql`update crm_connections set refresh_at = now()`;
    const locker = postgres(world.database.url, { max: 1 });
    try {
      await locker.begin(async (tx) => {
        await tx`select 1 from crm_connections for no key update`;
        expect(await world.rep.crm.openRecord.mutate({ ref: demo() })).toMatchObject({ state: "ready" });
      });
    } finally {
      await locker.end();
    }
  });

  it("says that the connection ended when the customer took the right away", async () => {
    await post(`${world.hubspot.url}/_sim/faults`, {
      match: { path: "/crm/objects/", times: 1 },
      action: {
        kind: "status",
        status: 401,
        body: { status: "error", category: "INVALID_AUTHENTICATION", message: "no" },
      },
    });
    expect(await world.rep.crm.openRecord.mutate({ ref: demo() })).toMatchObject({ reason: "crm.connection_ended" });
    expect(await world.rep.crm.openRecord.mutate({ ref: demo() })).toMatchObject({ reason: "crm.connection_ended" });
    expect(await world.rep.crm.connections.query()).toMatchObject([
      { state: "ended", problem: "crm.connection_ended" },
    ]);
    const [{ id: before } = { id: "" }] = await world.rep.crm.connections.query();
    expect(await connectHubSpot(world)).toBe(before);
    expect(await world.rep.crm.openRecord.mutate({ ref: demo() })).toMatchObject({ state: "ready" });
  });

  it("gives the right back when an admin disconnects, and forgets the tokens", async () => {
    const [connection] = await world.rep.crm.connections.query();
    const connectionId = connection?.id ?? "";
    expect(await world.admin.crm.disconnect.mutate({ connectionId })).toEqual({ ok: true });
    expect(await writesTo(world, "oauth.revoke")).toBe(1);
    expect(await sql`select length(access_token) + length(refresh_token) as kept from crm_connections`).toEqual([
      { kept: 0 },
    ]);
    expect(await world.rep.crm.openRecord.mutate({ ref: demo() })).toMatchObject({ reason: "crm.not_connected" });
    expect(await world.admin.crm.disconnect.mutate({ connectionId })).toMatchObject({ refused: "crm.not_connected" });
    expect(await sql`select count(*)::int as n from crm_links`).toEqual([{ n: 1 }]);
    const loginUrl = "https://login.salesforce.com.evil.test";
    expect(await world.admin.crm.connectUrl.mutate({ crm: "salesforce", loginUrl })).toMatchObject({
      refused: "crm.oauth_failed",
    });
  });
});
