import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { errorOf, openSimulator } from "../testing/open-simulator.ts";
import type { OpenSimulator } from "../testing/open-simulator.ts";

type Json = Record<string, unknown>;

let sim: OpenSimulator;
let account: string;
beforeAll(async () => {
  sim = await openSimulator();
  account = `/v26.0/${sim.identity.waba_id}`;
});
afterAll(() => sim.close());
beforeEach(() => sim.post("/_sim/reset"));

const fields = async (...names: string[]) => (await sim.get(`${account}?fields=${names.join(",")}`)).body;

describe("an account", () => {
  it("says what is in the way of sending, and what helps", async () => {
    const steer = (change: Json) => sim.post(`/_sim/accounts/${sim.identity.waba_id}`, change);
    expect((await fields("health_status")).health_status).toMatchObject({ can_send_message: "AVAILABLE" });
    await steer({ verified: false });
    expect((await fields("health_status")).health_status).toMatchObject({ can_send_message: "LIMITED" });
    await steer({ has_payment_method: false });
    const blocked = (await fields("health_status", "primary_funding_id")) as { health_status: { entities: Json[] } };
    expect(blocked).not.toHaveProperty("primary_funding_id");
    expect(blocked.health_status).toMatchObject({ can_send_message: "BLOCKED" });
    expect(blocked.health_status.entities).toContainEqual(
      expect.objectContaining({ entity_type: "WABA", errors: [expect.objectContaining({ error_code: 141_006 })] }),
    );
    const [, unregistered] = sim.identity.phone_numbers;
    const number = (await sim.get(`/v26.0/${unregistered?.phone_number_id}?fields=health_status`)).body;
    expect(number.health_status).toMatchObject({
      entities: expect.arrayContaining([
        expect.objectContaining({ entity_type: "PHONE_NUMBER", can_send_message: "BLOCKED" }),
      ]),
    });
  });

  it("counts what it sent and what was delivered, in steps and by dimension", async () => {
    await sim.hear("Hi");
    await sim.send({ type: "text", text: { body: "Hello" } });
    await sim.advance(5 * 60_000);
    const now = Number((await sim.get("/_sim/clock")).body.now) / 1000;
    const range = `.start(${Math.floor(now) - 3600}).end(${Math.floor(now) + 3600})`;
    const { analytics } = await fields(`analytics${range}.granularity(HALF_HOUR).phone_numbers([])`);
    expect(analytics).toMatchObject({ granularity: "HALF_HOUR" });
    const { data_points: points } = analytics as { data_points: Json[] };
    expect(points).toHaveLength(4);
    expect(points).toContainEqual(expect.objectContaining({ sent: 1, delivered: 1 }));
    const dimensions = `.granularity(DAILY).dimensions(["COUNTRY","PRICING_CATEGORY"])`;
    const { pricing_analytics } = await fields(`pricing_analytics${range}${dimensions}`);
    expect(pricing_analytics).toMatchObject({
      data: [{ data_points: [{ volume: 1, country: "FR", pricing_category: "SERVICE" }] }],
    });
  });

  it("has a name and a time zone that can be changed, and refuses to change nothing", async () => {
    expect((await sim.post(account, { name: "Lumen" })).body).toMatchObject({ success: true });
    expect(await fields("name")).toMatchObject({ name: "Lumen" });
    expect(errorOf(await sim.post(account, {}))).toMatchObject({ status: 400, code: 100 });
    expect(errorOf(await sim.post(account, { name: "x".repeat(101) }))).toMatchObject({ code: 100 });
  });

  it("lets users do tasks, and lists who may do what on either side", async () => {
    const { business_id, waba_id } = sim.identity;
    const users = () => sim.get(`${account}/assigned_users?business=${business_id}`);
    await sim.post(`${account}/assigned_users`, { user: "4567890123456789", tasks: ["MANAGE_TEMPLATES"] });
    expect((await users()).body).toMatchObject({
      data: [{ user_type: "SYSTEM_USER" }, { id: "4567890123456789", tasks: ["MANAGE_TEMPLATES"] }],
      summary: { total_count: 2 },
    });
    expect(errorOf(await sim.get(`${account}/assigned_users`))).toMatchObject({ code: 100 });
    expect(errorOf(await sim.post(`${account}/assigned_users`, { user: "1", tasks: ["FLY"] }))).toMatchObject({
      code: 100,
    });
    const { id } = (await sim.get("/v26.0/me")).body;
    const assigned = await sim.get(`/v26.0/${String(id)}/assigned_whatsapp_business_accounts`);
    expect(assigned.body.data).toMatchObject([{ id: waba_id, permissions: ["FULL_CONTROL"] }]);
    await sim.del(`${account}/assigned_users?user=4567890123456789`);
    expect((await users()).body).toMatchObject({ summary: { total_count: 1 } });
  });

  it("remembers what was done to it", async () => {
    await sim.post(account, { name: "Lumen" });
    await sim.post(`${account}/subscribed_apps`);
    const activities = async (query = "") => (await sim.get(`${account}/activities${query}`)).body.data as Json[];
    expect((await activities()).map(({ activity_type }) => activity_type)).toEqual([
      "WEBHOOK_CONFIGURED",
      "ACCOUNT_UPDATED",
    ]);
    expect(await activities("?activity_type=ACCOUNT_UPDATED")).toHaveLength(1);
    expect(await activities("?until=2020-01-01T00:00:00Z")).toEqual([]);
  });

  it("has one catalogue, and timetables", async () => {
    await sim.post(`${account}/product_catalogs`, { catalog_id: "100" });
    await sim.post(`${account}/product_catalogs`, { catalog_id: "200" });
    expect((await sim.get(`${account}/product_catalogs`)).body.data).toMatchObject([{ id: "200" }]);
    expect(errorOf(await sim.del(`${account}/product_catalogs?catalog_id=100`))).toMatchObject({ subcode: 33 });
    const schedule = { name: "Open", schedule_type: "BUSINESS_HOURS", start_time: "09:00", end_time: "17:00" };
    await sim.post(`${account}/schedules`, schedule);
    await sim.post(`${account}/schedules`, { ...schedule, name: "Shut", is_active: false });
    const filtering = encodeURIComponent(JSON.stringify([{ field: "status", operator: "EQUAL", value: "ACTIVE" }]));
    expect((await sim.get(`${account}/schedules?filtering=${filtering}`)).body.data).toMatchObject([{ name: "Open" }]);
    expect(errorOf(await sim.post(`${account}/schedules`, { ...schedule, end_time: "25:00" }))).toMatchObject({
      code: 100,
    });
  });
});
